import { importJWK } from 'jose'
import { z } from 'zod'
import { parseWitnessPolicy, type WitnessPolicy } from '../audit/checkpoint/witness-policy.ts'
import { NO_SIGN_IN, type SignInSettings } from '../console/sign-in/settings.ts'
import type { PrivateJwk, PublicJwk } from '../model/party.ts'
import type { CheckpointSigner, Keyring, PartyKeyRegister } from '../ports/keys.ts'
import { createKeyring } from '../pseudonym/keyring.ts'
import { parseKeyring } from '../pseudonym/keyring-text.ts'
import { createCheckpointSigner } from '../storage/log/checkpoint-signer.ts'
import { parseSignInSettings } from './console/sign-in-settings.ts'
import { LIMIT_SETTINGS, limitShape, pickLimits } from './limit-settings.ts'
import { MAIL_SETTINGS } from './mail/mail-settings.ts'
import { openPartyKeys } from './party-keys.ts'
import { findAddressFault, isLoopback, isNamedAfterAnother } from './public-address.ts'
import { isCheckOpen, SETTINGS, type Settings } from './settings.ts'

/**
 * Every setting that the Worker needs, all of them secrets of the platform, with why it exists. A test holds `docs/operating.md` against
 * this list. Some of `SETTINGS` count here too and have the same defaults: SLUIS_MODE, SLUIS_APPROVAL_HOURS, SLUIS_ANSWER_MS,
 * SLUIS_HEARTBEAT_MINUTES, SLUIS_CONTACT, SLUIS_OPEN_CHECK, SLUIS_OPEN_CHECKS_PER_MINUTE and every limit of an hour (`LIMIT_SETTINGS`). They are no secret and can stand under
 * `[vars]` in `wrangler.toml`.
 */
export const WORKER_SETTINGS = {
  ISSUER: { why: 'the public address: tokens and DPoP proofs are bound to it, so it cannot come from a Host header' },
  KEYRING: {
    why: 'master secrets that pseudonyms and match tokens come from; kept apart from the database, which identifies nobody without them',
  },
  LOG_KEY: {
    why: 'signs the checkpoints of the log and names its origin; one log has one key, so never give it to a second gateway',
  },
  TOKEN_KEY: { why: 'signs access tokens; a new one makes every token that is out invalid and harms nothing else' },
  PARTY_KEYS: {
    why: 'public keys of the parties, to know senders by and to seal to recipients; a value holds 5 KB, so more parties go into PARTY_KEYS_2, PARTY_KEYS_3 and so on',
  },
} as const satisfies Record<string, { why: string }>

/** Settings of the Worker that may be absent; a test holds `docs/operating.md` against them too. */
export const OPTIONAL_WORKER_SETTINGS = {
  WITNESS_POLICY: {
    why: 'the text of a witness policy (C2SP tlog-policy), whose witnesses are asked to cosign each checkpoint; may be absent, and then nobody is asked',
  },
  SIGN_IN: {
    why: 'the JSON text with the OpenID providers at which the people of each party sign in to the console, as in the file of SLUIS_SIGN_IN; may be absent, and then nobody can',
  },
} as const satisfies Record<string, { why: string }>

export interface WorkerSettings {
  readonly issuer: string
  readonly keyring: Keyring
  readonly signer: CheckpointSigner
  readonly tokenKey: PrivateJwk
  readonly partyKeys: PartyKeyRegister
  /** Absent: nobody is asked to cosign. */
  readonly witnessPolicy?: WitnessPolicy
  readonly mode: Settings['mode']
  readonly approvalHours: number
  readonly limits: Settings['limits']
  readonly answerIntervalMs: number
  readonly heartbeatMinutes: number
  readonly isCheckOpen: boolean
  readonly openChecksPerMinute: number
  readonly operatorContact?: string
  readonly signIn: SignInSettings
}

/** The origin in the text of a log key, without parsing the key; the empty string when there is none. */
export const originOf = (logKey: string | undefined): string => logKey?.split('+')[2] ?? ''

/** Settings from the bindings of a Worker. A value that is missing or does not fit is named, never shown. */
export async function parseWorkerSettings(
  environment: Readonly<Record<string, unknown>>,
): Promise<{ ok: true; settings: WorkerSettings } | { ok: false; faults: readonly string[] }> {
  const faults: string[] = []
  /** Every `parse` below throws errors whose message quotes nothing of the text. */
  const read = async <Value>(
    name: string,
    parse: (text: string) => Value | Promise<Value>,
  ): Promise<Value | undefined> => {
    const text = environment[name]
    try {
      if (typeof text !== 'string') throw new SyntaxError('is missing; give it to the Worker as a secret')
      return await parse(text.trim())
    } catch (error) {
      faults.push(`setting ${name}: ${error instanceof Error ? error.message : 'does not fit'}`)
      return undefined
    }
  }
  const issuer = await read('ISSUER', parseIssuer)
  const keyring = await read('KEYRING', (text) => createKeyring(parseKeyring(text)))
  const signer = await read('LOG_KEY', (text) => createCheckpointSigner({ privateKey: text }))
  const tokenKey = await read('TOKEN_KEY', parseTokenKey)
  const continued = Object.keys(environment).filter((name) => /^PARTY_KEYS_\d+$/.test(name))
  const keySets = await Promise.all(['PARTY_KEYS', ...continued].map((name) => read(name, parseKeySets)))
  const partyKeys = await read('PARTY_KEYS', () => openPartyKeys(mergeKeySets(keySets)))
  const witnessPolicy = environment.WITNESS_POLICY === undefined ? undefined : readWitnessPolicy(environment, faults)
  const shared = sharedSettings.safeParse(environment)
  const signIn = readSignIn(environment, shared.data?.SLUIS_MODE ?? 'production', faults)
  const addressFault = issuer && shared.data && findAddressFault(issuer, shared.data.SLUIS_MODE)
  if (addressFault) faults.push(`setting ISSUER: ${addressFault}`)
  if (issuer && signer && !isLoopback(issuer) && isNamedAfterAnother(signer.origin, issuer))
    faults.push(
      `setting LOG_KEY: is that of a log with another address, \`${signer.origin}\`; set ISSUER to the address that the log is named after, or give the key of another log`,
    )
  for (const { path } of shared.error?.issues ?? []) {
    const name = path[0] as keyof typeof sharedSettings.shape
    const mend = name in LIMIT_SETTINGS ? 'a whole number from 1' : MENDS[name as keyof typeof MENDS]
    faults.push(`setting ${name}: does not fit; write ${mend}`)
  }
  for (const name of Object.keys(MAIL_SETTINGS).filter((name) => environment[name] !== undefined))
    faults.push(
      `setting ${name}: a Worker hands no mail in; remove it, or run the gateway on Node for mail about inboxes`,
    )
  const isComplete = issuer && keyring && signer && tokenKey && partyKeys && shared.success
  if (!isComplete || faults.length > 0) return { ok: false, faults: [...new Set(faults)] }
  const {
    SLUIS_MODE,
    SLUIS_APPROVAL_HOURS,
    SLUIS_ANSWER_MS,
    SLUIS_HEARTBEAT_MINUTES,
    SLUIS_CONTACT,
    SLUIS_OPEN_CHECK,
    SLUIS_OPEN_CHECKS_PER_MINUTE,
  } = shared.data
  return {
    ok: true,
    settings: {
      issuer,
      keyring,
      signer,
      tokenKey,
      partyKeys,
      ...(witnessPolicy && { witnessPolicy }),
      mode: SLUIS_MODE,
      approvalHours: SLUIS_APPROVAL_HOURS,
      limits: pickLimits(shared.data),
      answerIntervalMs: SLUIS_ANSWER_MS,
      heartbeatMinutes: SLUIS_HEARTBEAT_MINUTES,
      signIn,
      isCheckOpen: isCheckOpen(SLUIS_OPEN_CHECK, SLUIS_MODE),
      openChecksPerMinute: SLUIS_OPEN_CHECKS_PER_MINUTE,
      ...(SLUIS_CONTACT !== undefined && { operatorContact: SLUIS_CONTACT }),
    },
  }
}

const sharedSettings = z.object({
  SLUIS_MODE: SETTINGS.SLUIS_MODE.schema,
  SLUIS_APPROVAL_HOURS: SETTINGS.SLUIS_APPROVAL_HOURS.schema,
  ...limitShape,
  SLUIS_ANSWER_MS: SETTINGS.SLUIS_ANSWER_MS.schema,
  SLUIS_HEARTBEAT_MINUTES: SETTINGS.SLUIS_HEARTBEAT_MINUTES.schema,
  SLUIS_CONTACT: SETTINGS.SLUIS_CONTACT.schema,
  SLUIS_OPEN_CHECK: SETTINGS.SLUIS_OPEN_CHECK.schema,
  SLUIS_OPEN_CHECKS_PER_MINUTE: SETTINGS.SLUIS_OPEN_CHECKS_PER_MINUTE.schema,
})
const MENDS = {
  SLUIS_MODE: '`development` or `production`',
  SLUIS_APPROVAL_HOURS: 'a whole number of hours from 1 to 720',
  SLUIS_ANSWER_MS: 'a whole number of milliseconds from 0 to 10000',
  SLUIS_HEARTBEAT_MINUTES: 'a whole number of minutes from 1 to 1440',
  SLUIS_CONTACT: 'an e-mail address',
  SLUIS_OPEN_CHECK: '`yes` or `no`',
  SLUIS_OPEN_CHECKS_PER_MINUTE: 'a whole number from 1 to 1000000',
} as const satisfies Record<Exclude<keyof typeof sharedSettings.shape, keyof typeof LIMIT_SETTINGS>, string>

function parseIssuer(text: string): string {
  const { data } = SETTINGS.SLUIS_ISSUER.schema.safeParse(text)
  if (data === undefined)
    throw new SyntaxError('is not the public address of the gateway; write it without path and without trailing slash')
  return data
}

const tokenKeySchema = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
  kid: z.string(),
  use: z.literal('sig'),
})

async function parseTokenKey(text: string): Promise<PrivateJwk> {
  const { data } = tokenKeySchema.safeParse(parseJson(text))
  const unfit = () =>
    new SyntaxError('is not a private Ed25519 key as a JSON Web Key with `kid` and `use` `sig`; give the whole key')
  if (!data) throw unfit()
  await importJWK(data, 'EdDSA').catch(() => {
    throw unfit()
  })
  return { ...data, alg: 'EdDSA' }
}

/** Its faults carry line and column of the secret, and nothing of its text. */
function readWitnessPolicy(
  { WITNESS_POLICY: text }: Readonly<Record<string, unknown>>,
  faults: string[],
): WitnessPolicy | undefined {
  const reading = parseWitnessPolicy(typeof text === 'string' ? text : '', 'setting WITNESS_POLICY')
  if (reading.ok) return reading.policy
  faults.push(...reading.faults)
  return undefined
}

/** Faults name the member of the secret, and nothing of its text. */
function readSignIn(
  { SIGN_IN: text }: Readonly<Record<string, unknown>>,
  mode: Settings['mode'],
  faults: string[],
): SignInSettings {
  if (text === undefined) return NO_SIGN_IN
  const parsed = parseSignInSettings(typeof text === 'string' ? text : '', 'setting SIGN_IN', mode)
  if (parsed.ok) return parsed.settings
  faults.push(...parsed.faults)
  return NO_SIGN_IN
}

type KeySets = Readonly<Record<string, readonly PublicJwk[]>>

const keySetsSchema = z.record(
  z.string(),
  z.array(
    z.intersection(
      z.record(z.string(), z.string()),
      z.object({ kty: z.string(), kid: z.string(), use: z.enum(['sig', 'enc']) }),
    ),
  ),
)

function parseKeySets(text: string): KeySets {
  const { data } = keySetsSchema.safeParse(parseJson(text))
  if (!data)
    throw new SyntaxError(
      'is not a JSON object of party to list of public JSON Web Keys; give every key `kty`, `kid` and `use`',
    )
  return data
}

function mergeKeySets(parts: readonly (KeySets | undefined)[]): ReadonlyMap<string, readonly PublicJwk[]> {
  const entries = parts.flatMap((part) => Object.entries(part ?? {}))
  const merged = new Map(entries)
  // Which of two lists counts must not depend on their order: a key that was taken out of one would live on in the other.
  if (merged.size !== entries.length)
    throw new SyntaxError('names a party that another setting names too; keep all keys of a party together')
  return merged
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The engine's own message quotes a stretch of the text.
    return undefined
  }
}
