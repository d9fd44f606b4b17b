import { readFileSync } from 'node:fs'
import type { PrivateJwk, PublicJwk } from '../model/party.ts'

/**
 * Parses the JSON of a file.
 * @param text the content, when the caller has read it already
 * @throws Error that names the file and quotes nothing of it: the message of the engine would, and the content may be a key
 */
export function readJsonFile(path: string, text: string = readFileSync(path, 'utf8')): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${path}: is not JSON; restore the file`)
  }
}

/**
 * The keys of a JWK Set file (RFC 7517 §5). An `expires` of the set, as `sluis party keys` writes it, is that of each key without one.
 * @param text the content, when the caller has read it already
 * @throws Error that names the file
 */
export function readJwkSet(path: string, text?: string): readonly (PublicJwk | PrivateJwk)[] {
  const { keys, expires } = Object(readJsonFile(path, text)) as { keys?: unknown; expires?: unknown }
  const isKey = (key: unknown): boolean =>
    key instanceof Object && 'kty' in key && 'kid' in key && 'use' in key && (key.use === 'sig' || key.use === 'enc')
  if (!Array.isArray(keys) || !keys.every(isKey)) {
    throw new Error(`${path}: is not a JWK Set whose keys have kty, kid and use, which is sig or enc; restore the file`)
  }
  return expires === undefined ? keys : keys.map((key) => ({ expires, ...key }))
}
