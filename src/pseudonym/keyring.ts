import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { type Secret, secret } from '../model/secret.ts'
import { KEY_USES, type KeyPath, type Keyring, type KeyUse } from '../ports/keys.ts'
import { formatLengthPrefixed } from './length-prefixed.ts'

/** Part of every derivation. Another value changes every key, and so all pseudonyms and tokens. */
const KEY_SCHEME_VERSION = '2'
const KEY_BYTES = 32
/** A master secret is never shorter than the keys derived from it. */
export const MASTER_SECRET_BYTES = 32
/** A domain needs some twenty keys and a party two; beyond this the oldest are derived again. */
const MAX_KEYS_IN_MEMORY = 4096

/** Uses that an epoch can be assigned. `padding` and `own` follow `match`, and every epoch serves `check`. */
export const SERVED_USES = ['match', 'pseudonym', 'reference', 'idempotency'] as const satisfies readonly KeyUse[]
export type ServedUse = (typeof SERVED_USES)[number]

export interface KeyEpoch {
  /** A positive whole number; a higher one is newer. */
  readonly epoch: number
  /** RFC 3339 full-date; absent when it was not recorded. */
  readonly created?: string
  /** Empty once it is retired from every use. */
  readonly uses: readonly ServedUse[]
  /** The master secret. For an epoch without uses only its check key, which identifies the epoch and no other key. */
  readonly secret: Secret
}

/** Contents of a keyring. */
export interface KeyringMaterial {
  readonly epochs: readonly KeyEpoch[]
}

/**
 * A keyring whose master secrets are in memory. A key is HKDF-SHA-256 without salt, whose info is an unambiguous encoding of the
 * product's name, the scheme's version, use, domain, family and epoch. A key is derived once, and so is its HMAC state.
 *
 * An epoch that is retired from every use still serves `check`, so that it can be told from a lost one.
 *
 * @throws RangeError when an epoch is not a positive whole number or is listed twice, a secret is too short, or a use has no epoch
 * @see RFC 5869 §2
 */
export function createKeyring({ epochs }: KeyringMaterial): Keyring {
  const held = new Map(epochs.map((entry) => [entry.epoch, entry]))
  verifyEpochs(epochs, held.size)
  const newestFirst = [...held.values()].sort((a, b) => b.epoch - a.epoch)
  const served = new Map(
    KEY_USES.map((use) => {
      const list = newestFirst.filter((entry) => doesServe(entry, use)).map(({ epoch }) => epoch)
      if (list.length === 0) throw new RangeError(`keyring: no epoch serves ${use}; restore the one that does`)
      return [use, Object.freeze(list)] as const
    }),
  )

  const known = new Map<string, Mac>()
  const macAt = (path: KeyPath): Mac => {
    const entry = held.get(path.epoch)
    if (entry === undefined) throw new RangeError('keyring: an epoch is missing; restore its secret')
    if (!doesServe(entry, path.use)) {
      throw new RangeError(`keyring: epoch ${path.epoch} was retired from ${path.use}; use an epoch that serves it`)
    }
    const name = JSON.stringify([path.use, path.domain, path.family, path.epoch])
    const met = known.get(name)
    if (met) return met
    // The stored secret of a retired epoch is its check key itself.
    const mac = createMac(entry.uses.length === 0 ? entry.secret : deriveKey(entry.secret, path))
    if (known.size >= MAX_KEYS_IN_MEMORY) known.delete(known.keys().next().value!)
    known.set(name, mac)
    return mac
  }

  return Object.freeze({
    epochs: (use: KeyUse) => served.get(use)!,
    async mac(path: KeyPath, messages: readonly Uint8Array[]) {
      const mac = macAt(path)
      return messages.map((message) => mac(message))
    },
  })
}

/** HMAC-SHA-256 under one key. Like a `Secret`, it cannot be printed. */
type Mac = (message: Uint8Array) => Uint8Array

// Scratch state: a copy of the initial state hashes each message and is then wiped.
const WORKING_COPY = hmac.create(sha256, new Uint8Array(KEY_BYTES))

/** The HMAC state before the message depends on the key alone; cached, it saves half of the work of a short message. */
function createMac(key: Secret): Mac {
  const keyed = hmac.create(sha256, key.reveal())
  return (message) => keyed._cloneInto(WORKING_COPY).update(message).digest()
}

/** The key at a path of the tree derived from a master secret. */
export function deriveKey(master: Secret, { use, domain, family, epoch }: KeyPath): Secret {
  const info = formatLengthPrefixed(['sluis', KEY_SCHEME_VERSION, use, domain, family, String(epoch)])
  return secret(hkdf(sha256, master.reveal(), undefined, info, KEY_BYTES))
}

/** Path of the check key of an epoch. */
export const checkPath = (epoch: number): KeyPath => ({ use: 'check', domain: '', family: '', epoch })

function doesServe({ uses }: KeyEpoch, use: KeyUse): boolean {
  if (use === 'check') return true
  return uses.includes(use === 'padding' || use === 'own' ? 'match' : use)
}

function verifyEpochs(epochs: readonly KeyEpoch[], different: number): void {
  for (const { epoch, secret: master } of epochs) {
    if (!Number.isSafeInteger(epoch) || epoch < 1) {
      throw new RangeError('keyring: an epoch is not a positive whole number; number epochs from 1')
    }
    if (master.reveal().length < MASTER_SECRET_BYTES) {
      throw new RangeError(
        `keyring: the secret of epoch ${epoch} is too short; use at least ${MASTER_SECRET_BYTES} random bytes`,
      )
    }
  }
  if (different !== epochs.length) {
    throw new RangeError('keyring: an epoch is listed twice; give every epoch one secret')
  }
}
