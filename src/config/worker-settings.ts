import { importJWK } from 'jose'
import { z } from 'zod'
import type { CheckpointSigner, Keyring, PartyKeys } from '../ports.ts'
import { createKeyring, parseKeyring } from '../pseudonym/keyring.ts'
import { createCheckpointSigner } from '../storage/checkpoint-signer.ts'
import type { PrivateJwk, PublicJwk } from '../types.ts'
import { createPartyKeys } from './party-keys.ts'
import { SETTINGS } from './settings.ts'

/** Every setting of the Worker, all of them secrets of the platform, with why it exists. A test holds the README against this list. */
export const WORKER_SETTINGS = {
  ISSUER: { why: 'the public address: tokens and DPoP proofs are bound to it, so it cannot come from a Host header' },
  KEYRING: { why: 'master secrets that pseudonyms and match tokens come from; kept apart from the database, which identifies nobody without them' },
  LOG_KEY: { why: 'signs the checkpoints of the log and names its origin; one log has one key, so never give it to a second gateway' },
  TOKEN_KEY: { why: 'signs access tokens; a new one makes every token that is out invalid and harms nothing else' },
  PARTY_KEYS: { why: 'public keys of the parties, to know senders by and to seal to recipients; a value holds 5 KB, so more parties go into PARTY_KEYS_2, PARTY_KEYS_3 and so on' },
} as const satisfies Record<string, { why: string }>

export interface WorkerSettings {
  readonly issuer: string
  readonly keyring: Keyring
  readonly signer: CheckpointSigner
  readonly tokenKey: PrivateJwk
  readonly partyKeys: PartyKeys
}

/** The origin that a log key names, without a look at the key itself; the empty string when it names none. */
export const originOf = (logKey: string | undefined): string => logKey?.split('+')[2] ?? ''

/** Settings from the bindings of a Worker. A value that is missing or does not fit is named, never shown. */
export async function parseWorkerSettings(
  environment: Readonly<Record<string, unknown>>,
): Promise<{ ok: true; settings: WorkerSettings } | { ok: false; faults: readonly string[] }> {
  const faults: string[] = []
  const read = async <Value>(name: string, parse: (text: string) => Value | Promise<Value>) => {
    const text = environment[name]
    if (typeof text !== 'string' || text === '') {
      faults.push(`setting ${name}: is missing; make it with \`sluis worker secrets\` and store it as a secret of the Worker`)
      return undefined
    }
    try {
      return await parse(text)
    } catch (error) {
      // Only errors that were written for this purpose have a message that quotes nothing.
      const isOurs = error instanceof SyntaxError || error instanceof RangeError || error instanceof UnfitSetting
      faults.push(`setting ${name}: ${isOurs ? error.message : 'does not fit; make it with `sluis worker secrets`'}`)
      return undefined
    }
  }
  const issuer = await read('ISSUER', parseIssuer)
  const keyring = await read('KEYRING', (text) => createKeyring(parseKeyring(text)))
  const signer = await read('LOG_KEY', (text) => createCheckpointSigner({ privateKey: text.trim() }))
  const tokenKey = await read('TOKEN_KEY', parseTokenKey)
  const more = Object.keys(environment).filter((name) => /^PARTY_KEYS_\d+$/.test(name))
  const keySets = new Map<string, readonly PublicJwk[]>()
  for (const name of ['PARTY_KEYS', ...more]) {
    await read(name, (text) => {
      for (const [party, keys] of parsePartyKeys(text)) {
        if (keySets.has(party)) throw new UnfitSetting('names a party that another setting names too; keep one of them')
        keySets.set(party, keys)
      }
    })
  }
  if (!issuer || !keyring || !signer || !tokenKey || faults.length > 0) return { ok: false, faults }
  return { ok: true, settings: { issuer, keyring, signer, tokenKey, partyKeys: createPartyKeys(keySets) } }
}
