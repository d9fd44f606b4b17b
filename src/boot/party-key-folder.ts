import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PublicJwk } from '../model/party.ts'
import type { PartyKeyRegister } from '../ports/keys.ts'
import { readJwkSet } from './json-file.ts'
import { openPartyKeys } from './party-keys.ts'

const ENDING = '.jwks.json'

/** Result of reading the public keys of the parties again; a refused set changes nothing, and is reported once. */
export type KeyRefresh =
  | { readonly status: 'unchanged' | 'taken' }
  | { readonly status: 'refused'; readonly reason: string }

/** Records what a register would change, before it counts. @throws when it cannot; then the next refresh tries again */
export type RecordKeys = (register: PartyKeyRegister) => Promise<unknown>

/** Public keys of the parties in a folder that may change while the gateway runs. */
export interface PartyKeyFolder {
  /** Always the keys that were taken last. */
  readonly register: PartyKeyRegister
  /** Names of what is in the folder and no key set, as far as is known since it was read last; hidden files left out. */
  misnamed(): readonly string[]
  /** Reads the folder again. Every file counts, or none: a key that moves from one client to another is never at both or at neither. */
  refresh(record: RecordKeys): Promise<KeyRefresh>
}

/**
 * One JWK Set (RFC 7517 §5) for each client, in a file named after it.
 * @throws Error that names the file or the party and quotes nothing of a key
 */
export async function openPartyKeyFolder(folder: string): Promise<PartyKeyFolder> {
  let known: string | undefined
  let misnamed: readonly string[] = []
  const read = () => {
    const names = existsSync(folder) ? readdirSync(folder).sort() : []
    misnamed = names.filter((name) => !name.endsWith(ENDING) && !name.startsWith('.'))
    const texts = readTexts(folder, names)
    return { texts, all: JSON.stringify([texts, misnamed]) }
  }
  const open = (texts: ReturnType<typeof readTexts>) =>
    openPartyKeys(
      new Map(
        texts.map(([name, text]): [string, readonly PublicJwk[]] => [
          name.slice(0, -ENDING.length),
          readJwkSet(join(folder, name), text),
        ]),
      ),
    )
  const first = read()
  let current = await open(first.texts)
  known = first.all
  return {
    register: {
      clients: () => current.clients(),
      find: (party, use) => current.find(party, use),
      thumbprints: (party, use) => current.thumbprints(party, use),
    },
    misnamed: () => misnamed,
    async refresh(record) {
      let candidate: PartyKeyRegister
      try {
        const { texts, all } = read()
        if (all === known) return { status: 'unchanged' }
        known = all
        candidate = await open(texts)
      } catch (error) {
        return { status: 'refused', reason: error instanceof Error ? error.message : 'cannot be read' }
      }
      try {
        await record(candidate)
      } catch (error) {
        known = undefined
        throw error
      }
      current = candidate
      return { status: 'taken' }
    },
  }
}

const readTexts = (folder: string, names: readonly string[]): readonly (readonly [name: string, text: string])[] =>
  names.filter((name) => name.endsWith(ENDING)).map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const)
