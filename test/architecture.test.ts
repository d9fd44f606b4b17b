import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

/** From the inside out. A file imports from its own room and from rooms further in; rooms of one layer do not know each other. */
const LAYERS: readonly (readonly string[])[] = [
  ['errors', 'model', 'ports', 'encoding'],
  ['report', 'policy', 'pseudonym', 'audit'],
  ['exchange'],
  ['review', 'synthetic'],
  ['storage', 'auth', 'delivery', 'mail', 'witness'],
  ['http'],
  ['console'],
  ['boot'],
  ['worker'],
  ['cli'],
]
const FIRST_OUTER_LAYER = 4
const ENTRANCES = ['boot/node.ts', 'worker.ts', 'cli/']

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  .map((name) => {
    const path = join('src', name)
    const text = readFileSync(path, 'utf8')
    const imports = [
      ...text.matchAll(/^(?:import|export)\s[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|import\('([^']+)'\)/gm),
    ]
    return { path, room: roomOf(path), text, imports: imports.map((match) => (match[1] ?? match[2] ?? match[3])!) }
  })

function roomOf(path: string): string {
  return relative('src', path).split('/')[0]!.replace(/\.ts$/, '')
}

const layerOf = (room: string) => LAYERS.findIndex((rooms) => rooms.includes(room))

describe('architecture', () => {
  test('every file of src has a room', () => {
    expect(files.filter(({ room }) => layerOf(room) === -1).map(({ path }) => path)).toEqual([])
  })

  test('files import from rooms further in only', () => {
    const outward = files.flatMap(({ path, room, imports }) =>
      imports
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => roomOf(normalize(join(dirname(path), specifier))))
        .filter(
          (target) =>
            target !== room && layerOf(target) >= layerOf(room) && !(layerOf(room) === 0 && layerOf(target) === 0),
        )
        .map((target) => `${path} imports ${target}`),
    )
    expect(outward).toEqual([])
  })

  test('the core imports no platform and no framework', () => {
    const platform = /^(hono|drizzle-orm|better-sqlite3|jose|nodemailer|@hono\/|node:|cloudflare:)/
    const inCore = files
      .filter(({ room }) => layerOf(room) < FIRST_OUTER_LAYER)
      .flatMap(({ path, imports }) =>
        imports.filter((specifier) => platform.test(specifier)).map((specifier) => `${path} imports ${specifier}`),
      )
    expect(inCore).toEqual([])
  })

  test('the Worker reaches no package that runs on Node alone', () => {
    const onNodeAlone = /^(better-sqlite3|nodemailer|@hono\/node-server|esbuild|oidc-provider)/
    const reached = new Set<string>()
    const reach = (path: string) => {
      if (reached.has(path)) return
      reached.add(path)
      const { text = '' } = files.find((file) => file.path === path) ?? {}
      for (const [, specifier] of text.matchAll(/^(?:import|export)\s(?!type\s)[^'"]*?from\s+'(\.[^']+)'/gm))
        reach(normalize(join(dirname(path), specifier!)))
    }
    reach('src/worker.ts')
    expect(reached.size).toBeGreaterThan(300)
    const found = files.flatMap(({ path, text }) =>
      reached.has(path)
        ? [...text.matchAll(/^(?:import|export)\s(?!type\s)[^'"]*?from\s+'([^'.][^']*)'/gm)]
            .filter(([, specifier]) => onNodeAlone.test(specifier!))
            .map(([, specifier]) => `${path} imports ${specifier}`)
        : [],
    )
    expect(found).toEqual([])
  })

  test('only the entrances use clock, chance, environment and console', () => {
    const ambient =
      /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\.env\b|\bconsole\.(?:log|info|warn|error|debug|table)\b|\bgetRandomValues\b|\brandomUUID\b|\brandomBytes\(/
    // Shows programs to readers; what is between backticks does not run here.
    const shown = 'src/http/pages/first-call.ts'
    const found = files
      .map(({ path, text }) => ({ path, text: path === shown ? text.replaceAll(/`[^`]*`/g, '') : text }))
      .filter(({ path }) => !ENTRANCES.some((entrance) => path.startsWith(`src/${entrance}`)))
      .flatMap(({ path, text }) =>
        text.split('\n').flatMap((line, index) => (ambient.test(line) ? [`${path}:${index + 1}`] : [])),
      )
    expect(found).toEqual([])
  })

  test('no command imports another command', () => {
    const commands = files.filter(({ text }) => /^export const \w+(: Command\b| = defineCommand\()/m.test(text))
    expect(commands.length).toBeGreaterThan(20)
    const paths = new Set(commands.map(({ path }) => path))
    const importers = files
      .filter(({ path }) => path !== join('src', 'cli', 'commands.ts'))
      .flatMap(({ path, imports }) =>
        imports
          .filter((specifier) => specifier.startsWith('.'))
          .map((specifier) => normalize(join(dirname(path), specifier)))
          .filter((target) => paths.has(target))
          .map((target) => `${path} imports ${target}`),
      )
    expect(importers).toEqual([])
  })

  test('no file imports itself through others, types included', () => {
    expect(findCircles()).toEqual([])
  })

  test('no folder of src, test and policies holds more than 25 files', () => {
    expect(['src', 'test', 'policies'].flatMap(listFullFolders)).toEqual([])
  })

  test('no file of src has much more than 300 lines', () => {
    expect(files.filter(({ text }) => text.split('\n').length > 320).map(({ path }) => path)).toEqual([])
  })
})

/** Groups of files that import each other, directly or through others (strongly connected components, Tarjan 1972). */
function findCircles(): readonly (readonly string[])[] {
  const targetsOf = new Map(
    files.map(({ path, imports }) => [
      path,
      imports
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => normalize(join(dirname(path), specifier))),
    ]),
  )
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const stack: string[] = []
  const circles: string[][] = []
  const visit = (path: string): void => {
    order.set(path, order.size)
    lowest.set(path, order.get(path)!)
    stack.push(path)
    for (const target of targetsOf.get(path)!) {
      if (!targetsOf.has(target)) continue
      if (!order.has(target)) visit(target)
      if (stack.includes(target)) lowest.set(path, Math.min(lowest.get(path)!, lowest.get(target)!))
    }
    if (lowest.get(path) !== order.get(path)) return
    const circle = stack.splice(stack.indexOf(path))
    if (circle.length > 1 || targetsOf.get(path)!.includes(path)) circles.push(circle.sort())
  }
  for (const path of targetsOf.keys()) if (!order.has(path)) visit(path)
  return circles
}

function listFullFolders(root: string): readonly string[] {
  const folders = [
    root,
    ...readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name)),
  ]
  return folders.filter(
    (folder) => readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()).length > 25,
  )
}
