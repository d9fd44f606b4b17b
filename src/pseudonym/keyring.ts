import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { formatBase64Url, parseBase64Url } from '../encoding.ts'
import type { Keyring, KeyUse } from '../ports.ts'
import { type Secret, secret } from '../secret.ts'
import { frame } from './framing.ts'

/** Part of every derivation. Another value is another key for everything: all pseudonyms and all tokens change. */
const KEY_SCHEME_VERSION = '1'
const KEY_BYTES = 32
/** A master secret is never shorter than the keys that come from it. */
const MASTER_SECRET_MIN_BYTES = 32

/** What a keyring is made from: one master secret an epoch. */
export interface KeyringMaterial {
  /** The epoch that new tokens and pseudonyms are made under; one of `epochs`. */
  readonly currentEpoch: number
  /** Epoch, a positive whole number, to master secret, at least 32 bytes. */
  readonly epochs: ReadonlyMap<number, Secret>
}

/**
 * Derives keys from master secrets: HKDF-SHA-256 without salt, whose info is an unambiguous framing of the product's name,
 * the scheme's version, the use, the domain and the epoch. Derived keys are kept in memory, so that a key costs one derivation.
 *
 * @throws RangeError when an epoch is not a positive whole number, a secret is too short, or the current epoch is not held
 * @see RFC 5869 §2
 */
export function createKeyring({ currentEpoch, epochs }: KeyringMaterial): Keyring {
  const masters = new Map(epochs)
  for (const [epoch, master] of masters) {
    if (!Number.isSafeInteger(epoch) || epoch < 1) {
      throw new RangeError('keyring: an epoch is not a positive whole number; number epochs from 1')
    }
    if (master.reveal().length < MASTER_SECRET_MIN_BYTES) {
      throw new RangeError(
        `keyring: the secret of epoch ${epoch} is too short; use at least ${MASTER_SECRET_MIN_BYTES} random bytes`,
      )
    }
  }
  if (!masters.has(currentEpoch)) {
    throw new RangeError(
      'keyring: the current epoch has no secret; add one for it or name an epoch that is in the keyring',
    )
  }

  const derived = new Map<string, Secret>()
  return Object.freeze({
    currentEpoch,
    derive(use: KeyUse, domain: string, epoch: number): Secret {
      const master = masters.get(epoch)
      if (master === undefined) throw new RangeError(`keyring: epoch ${epoch} is not held; restore its secret`)
      const path = ['sluis', KEY_SCHEME_VERSION, use, domain, String(epoch)]
      const name = JSON.stringify(path)
      const known = derived.get(name)
      if (known !== undefined) return known
      const key = secret(hkdf(sha256, master.reveal(), undefined, frame(path), KEY_BYTES))
      derived.set(name, key)
      return key
    },
  })
}

const fileSchema = z.strictObject({
  version: z.literal(1),
  currentEpoch: z.int().min(1),
  epochs: z.array(z.strictObject({ epoch: z.int().min(1), secret: z.string() })).min(1),
})

/** The JSON form of a keyring, epochs in rising order. The result holds the secrets in the clear. */
export function formatKeyring({ currentEpoch, epochs }: KeyringMaterial): string {
  const list = [...epochs]
    .sort(([a], [b]) => a - b)
    .map(([epoch, master]) => ({ epoch, secret: formatBase64Url(master.reveal()) }))
  return `${JSON.stringify({ version: 1, currentEpoch, epochs: list }, null, 2)}\n`
}

/**
 * Reads `{ "version": 1, "currentEpoch": 1, "epochs": [{ "epoch": 1, "secret": "<base64url without padding>" }] }`.
 *
 * @throws SyntaxError that names the member that is wrong and never quotes the text
 */
export function parseKeyring(text: string): KeyringMaterial {
  const parsed = fileSchema.safeParse(parseJson(text))
  if (!parsed.success) {
    // Only the places: the messages of a schema validator may quote what they read.
    const places = parsed.error.issues.map((issue) =>
      issue.path.length === 0 ? 'the whole text' : issue.path.join('.'),
    )
    throw new SyntaxError(
      `keyring: ${places.join(', ')} does not fit; write version 1, currentEpoch and epochs with epoch and secret`,
    )
  }
  const epochs = new Map<number, Secret>()
  for (const [index, entry] of parsed.data.epochs.entries()) {
    if (epochs.has(entry.epoch)) {
      throw new SyntaxError(`keyring: epochs.${index}.epoch is there twice; give every epoch one secret`)
    }
    epochs.set(entry.epoch, parseSecret(entry.secret, index))
  }
  if (!epochs.has(parsed.data.currentEpoch)) {
    throw new SyntaxError('keyring: currentEpoch is not among epochs; add its secret or name another epoch')
  }
  return { currentEpoch: parsed.data.currentEpoch, epochs }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The engine's own message quotes a stretch of the text, so it is neither repeated nor passed on as the cause.
    throw new SyntaxError('keyring: not JSON; restore the text from its backup')
  }
}

function parseSecret(text: string, index: number): Secret {
  let bytes: Uint8Array
  try {
    bytes = parseBase64Url(text)
  } catch {
    throw new SyntaxError(`keyring: epochs.${index}.secret is not base64url; write it without padding (RFC 4648 §5)`)
  }
  if (bytes.length < MASTER_SECRET_MIN_BYTES) {
    throw new SyntaxError(
      `keyring: epochs.${index}.secret is too short; use at least ${MASTER_SECRET_MIN_BYTES} random bytes`,
    )
  }
  return secret(bytes)
}
