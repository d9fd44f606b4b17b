import type { IdentifierKind } from '../model/identifier.ts'
import type { KeyPath, Keyring } from '../ports/keys.ts'
import type { CanonicalIdentifiers } from './canonicalise/identifiers.ts'
import { formatLengthPrefixed } from './length-prefixed.ts'
import { findYears, listTraits, type Trait } from './own-traits.ts'

/**
 * Own codes: what a party finds its own reports about a person by, when that person asks what was shared. A code is the HMAC of one
 * value under a key of the sender. Linking never reads them: they are too weak to tell two people apart.
 *
 * Every mention has the same number of bytes, under a key stream of its own. So equal values of two mentions are different bytes,
 * and the database alone shows neither which reports have a name in common nor how much is known of anybody.
 */

/** A false agreement of two codes has a chance of one in a million million; as a number a code is exact. */
const CODE_BYTES = 5
/** A full name, a date, every number and contact; of more values the first are kept. */
const MAX_CODES = 23
/** The year of birth, and once more when nothing but the year is known. */
const YEAR_CODES = 2
const BYTES = 1 + (YEAR_CODES + MAX_CODES) * CODE_BYTES
const STREAM_BYTES = 32
const STREAM_PARTS = Math.ceil(BYTES / STREAM_BYTES)

/** Whose codes, and of which match epoch. */
export interface CodePlace {
  readonly sender: string
  readonly epoch: number
}

/** The codes of one mention, readable. */
export interface OwnCodes {
  readonly codes: ReadonlySet<number>
  /** 0 where there is none. */
  readonly year: number
  readonly openYear: number
}

/** A person who is searched for, under one epoch. */
export interface OwnQuestion {
  /** Code to trait, each once. */
  readonly traits: ReadonlyMap<number, Trait>
  readonly year: number
  readonly openYear: number
  readonly isYearOpen: boolean
}

/** The own codes of a mention as they are stored: the same number of bytes for every mention. */
export async function formOwnCodes(
  keyring: Keyring,
  place: CodePlace,
  { id, identifiers }: { readonly id: string; readonly identifiers: CanonicalIdentifiers },
): Promise<Uint8Array> {
  const { traits, year, openYear, isYearOpen } = await deriveOwnQuestion(keyring, place, identifiers)
  const codes = [...traits.keys()].slice(0, MAX_CODES)
  const bytes = new Uint8Array(BYTES)
  bytes[0] = codes.length
  for (const [position, code] of [year, isYearOpen ? openYear : 0, ...codes].entries()) {
    writeCode(bytes, position, code)
  }
  const [stream] = await deriveStreams(keyring, place, [id])
  return bytes.map((byte, index) => byte ^ stream![index]!)
}

/**
 * Reads stored codes of mentions of one sender and epoch, in order. A mention from before there were codes, or of which they were
 * removed, has none.
 */
export async function readOwnCodes(
  keyring: Keyring,
  place: CodePlace,
  mentions: readonly { readonly id: string; readonly ownCodes: Uint8Array }[],
): Promise<readonly OwnCodes[]> {
  const written = mentions.filter(({ ownCodes }) => ownCodes.length === BYTES).map(({ id }) => id)
  const streams = await deriveStreams(keyring, place, written)
  const streamOf = new Map(written.map((id, index) => [id, streams[index]!]))
  return mentions.map(({ id, ownCodes }) => {
    const stream = streamOf.get(id)
    return stream === undefined ? NO_CODES : parseCodes(ownCodes.map((byte, index) => byte ^ stream[index]!))
  })
}

/** What a person who is searched for would have as codes under one epoch. */
export async function deriveOwnQuestion(
  keyring: Keyring,
  place: CodePlace,
  identifiers: CanonicalIdentifiers,
): Promise<OwnQuestion> {
  const listed = listTraits(identifiers)
  const { year, isOpen } = findYears(identifiers)
  const messages = [
    ...listed.map(({ label, text }) => [label, text]),
    ...(year === undefined
      ? []
      : [
          ['year', year],
          ['open-year', year],
        ]),
  ]
  const macs = await keyring.mac(pathOf(place, 'code'), messages.map(formatLengthPrefixed))
  const codes = macs.map((mac) => readCode(mac, 0))
  return {
    traits: new Map(listed.map((trait, index) => [codes[index]!, trait])),
    year: codes[listed.length] ?? 0,
    openYear: codes[listed.length + 1] ?? 0,
    isYearOpen: isOpen,
  }
}

/**
 * The kinds that a mention and a person who is searched for have in common, when that is enough to show the mention to its own
 * sender: a number or contact of the person; two names; a name with an address or a date of birth, or with a year where one side
 * knows no more; or everything that either side has. So a search with what was reported always finds the report.
 *
 * @returns undefined when it is not enough
 */
export function findAgreement(
  { traits, year, openYear, isYearOpen }: OwnQuestion,
  { codes, ...known }: OwnCodes,
): ReadonlySet<IdentifierKind> | undefined {
  const shared = [...traits].flatMap(([code, trait]) => (codes.has(code) ? [trait] : []))
  const isSameYear = year !== 0 && year === known.year && (isYearOpen || known.openYear === openYear)
  const count = (group: Trait['group']) => shared.filter((trait) => trait.group === group).length
  const isAll = shared.length > 0 && (shared.length === traits.size || shared.length === codes.size)
  const isEnough = count('own') > 0 || count('name') + (count('beside') > 0 || isSameYear ? 1 : 0) > 1 || isAll
  return isEnough ? new Set(shared.flatMap(({ kinds }) => kinds)) : undefined
}

const NO_CODES: OwnCodes = { codes: new Set(), year: 0, openYear: 0 }

function parseCodes(bytes: Uint8Array): OwnCodes {
  const at = (position: number) => readCode(bytes, 1 + position * CODE_BYTES)
  return {
    codes: new Set(Array.from({ length: bytes[0]! }, (_, index) => at(YEAR_CODES + index))),
    year: at(0),
    openYear: at(1),
  }
}

const pathOf = ({ sender, epoch }: CodePlace, family: 'code' | 'stream'): KeyPath => ({
  use: 'own',
  domain: sender,
  family,
  epoch,
})

async function deriveStreams(keyring: Keyring, place: CodePlace, ids: readonly string[]): Promise<Uint8Array[]> {
  const messages = ids.flatMap((id) =>
    Array.from({ length: STREAM_PARTS }, (_, part) => formatLengthPrefixed([id, String(part)])),
  )
  const macs = await keyring.mac(pathOf(place, 'stream'), messages)
  return ids.map((_, index) => {
    const stream = new Uint8Array(STREAM_PARTS * STREAM_BYTES)
    for (let part = 0; part < STREAM_PARTS; part++) stream.set(macs[index * STREAM_PARTS + part]!, part * STREAM_BYTES)
    return stream
  })
}

/** Big-endian. */
function readCode(bytes: Uint8Array, start: number): number {
  let code = 0
  for (let offset = 0; offset < CODE_BYTES; offset++) code = code * 256 + bytes[start + offset]!
  return code
}

function writeCode(bytes: Uint8Array, position: number, code: number): void {
  let rest = code
  for (let offset = CODE_BYTES - 1; offset >= 0; offset--) {
    bytes[1 + position * CODE_BYTES + offset] = rest % 256
    rest = Math.floor(rest / 256)
  }
}
