import { expect, test } from 'vitest'
import type { Linker } from '../../bench/linker.ts'
import { dataOf } from '../../bench/people.ts'
import { createPartyKeys } from '../../src/boot/party-keys.ts'
import { generateEncryptionKey } from '../../src/delivery/keys.ts'
import { openSealed } from '../../src/delivery/open.ts'
import { createSealer } from '../../src/delivery/seal.ts'
import { parseUtf8 } from '../../src/encoding/bytes.ts'
import type { Json } from '../../src/encoding/json.ts'
import type { Content } from '../../src/exchange/content.ts'
import { runPipeline } from '../../src/exchange/pipeline.ts'
import type { PrivateJwk } from '../../src/model/party.ts'
import { createChance } from '../../src/synthetic/names/chance.ts'
import type { GeneratedRecord } from '../../src/synthetic/record.ts'
import { openAttacked, report, selectRecords } from './attacked-gateway.ts'

/**
 * Collusion: two recipients lay everything they got about the same people side by side. What the reports themselves say is
 * the same for both and no secret between them; nothing that the gateway adds may tell which persons are the same.
 */

const PEOPLE = 400
const RECIPIENTS = {
  comensha: {
    purpose: 'registratie-mensenhandel',
    legalBasis: 'wpg-bpg-4-2-comensha',
    circumstance: 'verwerkt-onder-wpg-8',
  },
  'nationaal-rapporteur': {
    purpose: 'rapportage-mensenhandel',
    legalBasis: 'wpg-bpg-4-3-nationaal-rapporteur',
    circumstance: 'verwerkt-onder-wpg-8-9-10ac-of-13',
  },
} as const
type Recipient = keyof typeof RECIPIENTS
/** Of a report itself, so that both see it: words, values, duties and the hash of the rules. */
const OF_THE_REPORT = new Set(['data', 'assessments', 'duties', 'generalised', 'policyHash', 'at'])

test('two recipients of the same people have nothing in common that the reports do not hold', async () => {
  const linker = await openAttacked()
  // One record a person: somebody reported twice would be told by the count, which is the payload's own.
  const records = [
    ...new Map(
      selectRecords({ people: PEOPLE, seed: 14 }, PEOPLE * 6, isLinkable).map((record) => [record.persoon, record]),
    ).values(),
  ]
  const inboxes = await shareWithBoth(linker, records)
  const [ours, theirs] = [inboxes.comensha, inboxes['nationaal-rapporteur']]
  const persons = records.map(({ persoon }) => persoon)

  const ourValues = new Set(persons.flatMap((person) => ownValues(ours.get(person)!)))
  const equal = persons.flatMap((person) => ownValues(theirs.get(person)!)).filter((value) => ourValues.has(value))
  const [one, other] = [ours, theirs].map((inbox) => persons.map((person) => pseudonymOf(inbox.get(person)!)))
  const lengths = new Set([...one!, ...other!].map(({ length }) => length))
  const longestShared = Math.max(
    ...one!.flatMap((ourName) => other!.map((theirName) => sharedPrefix(ourName, theirName))),
  )
  const ofSamePerson = Math.max(...one!.map((name, place) => sharedPrefix(name, other![place]!)))
  const between = correlate(ranksOf(one!), ranksOf(other!))
  const withTime = [one!, other!].map((names, index) =>
    correlate(ranksOf(names), ranksOf(persons.map((person) => [ours, theirs][index]!.get(person)!.exchangeId))),
  )
  // Two random lists correlate by 1 / √n at one standard deviation.
  const chance = 4 / Math.sqrt(persons.length)
  // n² pairs of random base32 names share this many characters once, and two more once in a thousand.
  const expectedPrefix = Math.log(persons.length ** 2) / Math.log(32)
  report(
    'collusion',
    `${equal.length} equal values over ${persons.length} persons; longest shared prefix ${longestShared} (chance ${expectedPrefix.toFixed(1)}), ` +
      `of one person ${ofSamePerson}; ${lengths.size} length; rank correlation of pseudonyms ${between.toFixed(3)}, ` +
      `with the order of sending ${withTime.map((value) => value.toFixed(3)).join(' and ')} (4 sigma of chance ${chance.toFixed(3)})`,
  )
  expect(equal).toEqual([])
  expect(longestShared).toBeLessThanOrEqual(expectedPrefix + 2)
  expect(lengths.size).toBe(1)
  for (const correlation of [between, ...withTime]) expect(Math.abs(correlation)).toBeLessThan(chance)
})

const isLinkable = ({ voornaam, achternaam, geboortedatum }: GeneratedRecord) =>
  voornaam !== '' && achternaam !== '' && !geboortedatum.endsWith('-00') && geboortedatum !== ''

/** Every person to both, to each in an order of its own. @returns what each got, opened, by person */
async function shareWithBoth(
  { gateway }: Linker,
  records: readonly GeneratedRecord[],
): Promise<Record<Recipient, ReadonlyMap<string, Content>>> {
  const keys = new Map<
    string,
    { privateJwk: PrivateJwk; publicJwk: Awaited<ReturnType<typeof generateEncryptionKey>>['publicJwk'] }
  >()
  for (const recipient of Object.keys(RECIPIENTS)) keys.set(recipient, await generateEncryptionKey())
  const partyKeys = createPartyKeys(new Map([...keys].map(([party, { publicJwk }]) => [party, [publicJwk]])))
  const sending = { ...gateway, partyKeys, sealer: createSealer(partyKeys, gateway.clock) }
  const received = { comensha: new Map<string, Content>(), 'nationaal-rapporteur': new Map<string, Content>() }
  const chance = createChance(14)
  for (const recipient of Object.keys(RECIPIENTS) as Recipient[]) {
    const personByExchange = new Map<string, string>()
    for (const record of records.toSorted(() => chance.fraction() - 0.5)) {
      const answer = await runPipeline(sending, {
        sender: 'politie',
        submission: gateway.schemas.parseSubmission(reportOf(record, recipient)),
        idempotency: { keyHash: gateway.random(32), bodyHash: gateway.random(32) },
      })
      personByExchange.set(answer!.id, record.persoon)
    }
    for (const { delivery } of await gateway.store.listDeliveries(recipient, 0, records.length * 4)) {
      if (delivery.kind !== 'exchange') continue
      const content = JSON.parse(parseUtf8(await openSealed(delivery.sealed, [keys.get(recipient)!.privateJwk])))
      received[recipient].set(personByExchange.get(content.exchangeId)!, content)
    }
    expect(received[recipient].size).toBe(records.length)
  }
  return received
}

function reportOf(record: GeneratedRecord, recipient: Recipient): Json {
  const { purpose, legalBasis, circumstance } = RECIPIENTS[recipient]
  const { bsn: _, ...data } = dataOf(record)
  return {
    recipient,
    purpose,
    legalBasis,
    kind: 'melding',
    dataSubjects: [
      {
        role: 'slachtoffer',
        circumstances: { [circumstance]: true },
        assessments: [{ word: 'noodzaak', by: 'hulpofficier van dienst', on: '2025-11-24' }],
        data: data as Json,
      },
    ],
  }
}

const pseudonymOf = ({ dataSubjects }: Content): string => dataSubjects[0]!.pseudonym

/** Texts of a content that could be of one person: long enough, and not of the report. */
const ownValues = (content: unknown, member = ''): string[] => {
  if (OF_THE_REPORT.has(member)) return []
  if (typeof content === 'string') return content.length >= 8 && !isWord(content) ? [content] : []
  if (typeof content !== 'object' || content === null) return []
  return Object.entries(content).flatMap(([name, value]) => ownValues(value, name))
}

/**
 * Parties, purposes and other words: lower-case words with hyphens between. A pseudonym has digits in it. Spaces fill the place of
 * links up to a constant number of bytes.
 */
const isWord = (text: string): boolean =>
  /^ +$|^[a-z]+(-[a-z0-9]{1,7})*$|^wpg-/.test(text) && !/^[a-z2-7]{8}(-[a-z2-7]{8}){3}$/.test(text)

function sharedPrefix(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length++
  return length
}

/** The place that every text has when they are sorted. */
function ranksOf(texts: readonly string[]): readonly number[] {
  const sorted = new Map(texts.toSorted().map((text, rank) => [text, rank]))
  return texts.map((text) => sorted.get(text)!)
}

/** Spearman's rank correlation, for ranks without ties. */
function correlate(one: readonly number[], other: readonly number[]): number {
  const n = one.length
  const squares = one.reduce((sum, rank, place) => sum + (rank - other[place]!) ** 2, 0)
  return 1 - (6 * squares) / (n * (n * n - 1))
}
