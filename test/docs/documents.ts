import { readdirSync, readFileSync } from 'node:fs'

/** A page of the documentation. */
export interface Document {
  /** From the root of the project. */
  readonly path: string
  readonly text: string
}

/** A fenced block of shell commands. */
export interface ShellBlock {
  readonly path: string
  /** Line in the page of the first command. */
  readonly line: number
  /** Without comments. */
  readonly commands: readonly string[]
}

const PATHS = [
  'README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  'policies/LEESMIJ.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
]

/** Every page of the documentation, the README first. */
export const DOCUMENTS: readonly Document[] = PATHS.map((path) => ({ path, text: readFileSync(path, 'utf8') }))

/** The page at a path. @throws Error when it is not one of the documents */
export function documentAt(path: string): Document {
  const found = DOCUMENTS.find((document) => document.path === path)
  if (!found) throw new Error(`${path} is not a page of the documentation`)
  return found
}

/** The fenced `sh` blocks of a page, in its order. */
export function shellBlocks({ path, text }: Document): ShellBlock[] {
  return [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map((match) => ({
    path,
    line: text.slice(0, match.index).split('\n').length + 1,
    commands: match[1]!
      .split('\n')
      .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
      .filter((line) => line !== ''),
  }))
}
