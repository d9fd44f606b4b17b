import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Vectors that others wrote; they lie beside the project and are not part of it (origins in their ORIGIN.md). */
const folder = new URL('../../../shared/vectors/', import.meta.url).pathname

export const hasVectors = existsSync(folder)
/** Ends the name of a suite, so that a skipped one says why. */
export const vectorsNote = hasVectors ? '' : ' (skipped: the shared vectors are not on this machine)'

export const readVector = <Vector>(path: string): Vector =>
  JSON.parse(readFileSync(join(folder, path), 'utf8')) as Vector

/** Every JSON file under a folder of the vectors, with its path as name. */
export function readVectors<Vector>(path: string): { name: string; vector: Vector }[] {
  return readdirSync(join(folder, path), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ name, vector: readVector<Vector>(join(path, name)) }))
}
