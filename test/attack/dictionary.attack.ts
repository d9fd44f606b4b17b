import { createHash, createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { REGISTRATION } from '../../bench/linker.ts'
import { formatHex, formatUtf8 } from '../../src/encoding/bytes.ts'
import type { Keyring } from '../../src/ports/keys.ts'
import { formatLengthPrefixed } from '../../src/pseudonym/length-prefixed.ts'
import { deriveMatchKeys } from '../../src/pseudonym/match-keys.ts'
import { BSN_COUNT, bsnAt } from '../../src/synthetic/numbers.ts'
import { keyringOf, openAttacked, report, selectRecords } from './attacked-gateway.ts'
import { readFiles, readMentionTokens } from './stolen-database.ts'

/**
 * Dictionary attack: there are so few citizen service numbers that a thief hashes all of them in seconds and looks which of
 * the hashes stand in the database. Without the key none may. With it all must be found: else the attack itself would be
 * broken and prove nothing.
 */

const DOMAIN = 'comensha-registratie'
const ALL_BSNS = Array.from({ length: BSN_COUNT }, (_, n) => bsnAt(n))
const SAMPLE = 400
/** So many bytes of a hash in the database are a hit; a match token has as many. */
const NEEDLE = 16

test('with all code and the whole database, but without the key, no citizen service number is found', async () => {
  const linker = await openAttacked()
  const records = selectRecords({ people: 4000, seed: 11 }, SAMPLE, ({ bsn }) => bsn !== '')
  for (const record of records) await linker.link(record)
  const stored = new Set(records.map(({ bsn }) => bsn))
  const content = readFiles(linker.databasePath)
  const tokens = new Set(
    readMentionTokens(linker.databasePath).flatMap((own) => own.map(({ token }) => formatHex(token))),
  )

  const { hashes, found } = findUnkeyed(content)
  const foundByCode = new Set<string>()
  for (const master of GUESSED_MASTERS) {
    for (const bsn of await findByTokens(keyringOf(master), tokens)) foundByCode.add(bsn)
  }
  const withKey = await findByTokens(linker.gateway.keyring, tokens)
  report(
    'dictionary',
    `${found.size} of ${stored.size} stored BSNs found by ${hashes} unkeyed or badly keyed hashes of all ${BSN_COUNT}, ` +
      `${foundByCode.size} by the gateway's own code under ${GUESSED_MASTERS.length} guessed master secrets; ` +
      `${withKey.size} of ${stored.size} with the key`,
  )
  expect(found.size + foundByCode.size).toBe(0)
  expect(withKey).toEqual(stored)
})

/** What a careless operator could have used for a master secret, and what a careless programmer could have left in. */
const GUESSED_MASTERS = [
  new Uint8Array(32),
  new Uint8Array(32).fill(1),
  new Uint8Array(32).fill(255),
  Uint8Array.from({ length: 32 }, (_, place) => place),
  new Uint8Array(createHash('sha256').update('sluis').digest()),
]

async function findByTokens(keyring: Keyring, tokens: ReadonlySet<string>): Promise<Set<string>> {
  const found = new Set<string>()
  for (const bsn of ALL_BSNS) {
    const derived = await deriveMatchKeys(keyring, DOMAIN, 1, { bsn: [bsn] })
    if (derived.tokens.some(({ token }) => tokens.has(formatHex(token)))) found.add(bsn)
  }
  return found
}

/** Looks for every hash as it is, as hexadecimal and as base64, at every byte of the database. */
function findUnkeyed(content: Buffer): { hashes: number; found: ReadonlySet<string> } {
  const bsnByNeedle = new Map<string, string>()
  let hashes = 0
  for (const bsn of ALL_BSNS) {
    for (const digest of hashInEveryWay(bsn)) {
      hashes++
      for (const encoding of ['latin1', 'hex', 'base64'] as const) {
        bsnByNeedle.set(digest.toString(encoding).slice(0, NEEDLE), bsn)
      }
    }
  }
  const found = new Set<string>()
  const text = content.toString('latin1')
  for (let place = 0; place + NEEDLE <= text.length; place++) {
    const bsn = bsnByNeedle.get(text.slice(place, place + NEEDLE))
    if (bsn) found.add(bsn)
  }
  return { hashes, found }
}

const HASHES = ['md5', 'sha1', 'sha256', 'sha512']
const GUESSED_KEYS = [
  '',
  'sluis',
  'match',
  'bsn',
  DOMAIN,
  REGISTRATION[0],
  new Uint8Array(32),
  formatLengthPrefixed([DOMAIN]),
]

function* hashInEveryWay(bsn: string): Generator<Buffer> {
  for (const message of [
    formatUtf8(bsn),
    formatUtf8(`bsn:${bsn}`),
    formatLengthPrefixed([bsn]),
    formatLengthPrefixed(['bsn', bsn]),
  ]) {
    for (const hash of HASHES) yield createHash(hash).update(message).digest()
    for (const key of GUESSED_KEYS) yield createHmac('sha256', key).update(message).digest()
  }
}
