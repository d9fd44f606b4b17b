import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The rule files of a folder, by path relative to the working folder.
 * @throws Error when the folder cannot be read
 */
export function readPolicyFolder(folder: string): { path: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml') || name.endsWith('.yml'))
    .sort()
    .map((name) => ({ path: join(folder, name), text: decodeLoosely(readFileSync(join(folder, name))) }))
}

// Wrong bytes become U+FFFD and are reported by the loader with their position; throwing here would hide all other faults.
const decodeLoosely = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
