import { takeTurns } from '../../audit/export/read-log.ts'
import { formatHex } from '../../encoding/bytes.ts'
import { compareText } from '../../encoding/text-order.ts'
import { sluisError } from '../../errors.ts'
import type { IdentifierKind } from '../../model/identifier.ts'
import type { OwnMention } from '../../ports/mentions.ts'
import type { CanonicalIdentifiers } from '../../pseudonym/canonicalise/identifiers.ts'
import { DEFAULT_BLOCK_LIMIT } from '../../pseudonym/evidence.ts'
import { deriveMatchKeys } from '../../pseudonym/match-keys.ts'
import {
  deriveOwnQuestion,
  findAgreement,
  type OwnCodes,
  type OwnQuestion,
  readOwnCodes,
} from '../../pseudonym/own-codes.ts'
import { listTraits } from '../../pseudonym/own-traits.ts'
import type { Gateway } from '../gateway.ts'
import {
  createMentionReader,
  type Evidence,
  type KnownMention,
  listSearchTokens,
  weighMentions,
} from './weigh-candidates.ts'

type Searching = Pick<Gateway, 'store' | 'keyring' | 'policySet'>

/** A data subject of one of the party's own exchanges who may be the person. */
export interface FoundMention {
  readonly exchangeId: string
  readonly at: string
  readonly dataSubject: number
  /** `certain` where the gateway itself would have linked them; `possible` where somebody must decide. */
  readonly certainty: 'certain' | 'possible'
  /** Kinds of the identifiers that are the same. */
  readonly agrees: ReadonlySet<IdentifierKind>
}

/** Exchanges that are read at once. Between pages other requests get their turn. */
const EXCHANGES_AT_ONCE = 32
/** Mentions that are weighed before other requests get their turn. */
const WEIGHED_AT_ONCE = 64

/**
 * Every data subject of the party's own exchanges who may be the person, in every pseudonym domain and under every epoch in use:
 * those that the gateway would link, and those whose reported identifiers agree (`own-codes.ts`), however weak as evidence. What
 * the party itself reported finds its report.
 *
 * Reads the party's own mentions only, all of them: what others reported changes neither the result nor the time. That a recipient
 * confirmed two data subjects as one person is the recipient's knowledge and does not count either. The identifiers are not kept.
 *
 * @returns oldest exchange first
 * @throws SluisError `value-invalid` at `/identifiers` when all of them stand for an unknown value
 */
export async function searchMentions(
  gateway: Searching,
  party: string,
  identifiers: CanonicalIdentifiers,
): Promise<readonly FoundMention[]> {
  if (listTraits(identifiers).length === 0) throw nobodyIsMeant
  const evidence = await deriveEvidence(gateway, identifiers)
  const questions = await deriveQuestions(gateway, party, identifiers)
  const found = new Map<string, FoundMention>()
  const resembling: ResemblingMention[] = []
  for await (const page of readPages(gateway, party, [...evidence.values()].flatMap(listSearchTokens))) {
    for (const [epoch, ownMentions] of Map.groupBy(page, ({ epoch }) => epoch)) {
      const question = questions.get(epoch)
      if (question === undefined) continue
      const codes = await readOwnCodes(gateway.keyring, { sender: party, epoch }, ownMentions)
      for (const [index, mention] of ownMentions.entries()) {
        const agrees = findAgreement(question, codes[index]!)
        if (agrees) found.set(mention.id, describe(mention, 'possible', agrees))
        if (mention.sharesToken) resembling.push({ ...mention, codes: codes[index]! })
      }
    }
  }
  const verdicts = await weighResembling(gateway, evidence, resembling)
  for (const mention of resembling) {
    const verdict = verdicts.get(mention.id)
    if (verdict === undefined) continue
    const certainty = verdict === 'automatic' ? 'certain' : 'possible'
    found.set(mention.id, describe(mention, certainty, found.get(mention.id)?.agrees ?? new Set()))
  }
  return [...found.values()].sort((a, b) => compareText(a.exchangeId, b.exchangeId) || a.dataSubject - b.dataSubject)
}

const nobodyIsMeant = sluisError(
  'value-invalid',
  {
    nl: 'deze kenmerken staan voor een onbekende waarde en wijzen niemand aan; geef wat er over de persoon is gemeld',
    en: 'these identifiers stand for an unknown value and point at nobody; give what was reported about the person',
  },
  { pointer: '/identifiers' },
)

const describe = (
  { exchangeId, at, dataSubject }: OwnMention,
  certainty: FoundMention['certainty'],
  agrees: ReadonlySet<IdentifierKind>,
): FoundMention => ({ exchangeId, at, dataSubject, certainty, agrees })

/** Match tokens of the person by domain, under every epoch; none when they are too little to link anybody by. */
async function deriveEvidence(
  { store, keyring }: Pick<Searching, 'store' | 'keyring'>,
  identifiers: CanonicalIdentifiers,
): Promise<ReadonlyMap<string, readonly Evidence[]>> {
  const evidence = new Map<string, readonly Evidence[]>()
  for (const { domain } of await store.listDomains()) {
    const ofDomain = keyring.epochs('match').map(async (epoch): Promise<Evidence> => {
      const { tokens } = await deriveMatchKeys(keyring, domain, epoch, identifiers)
      return { epoch, tokens }
    })
    evidence.set(domain, await Promise.all(ofDomain))
  }
  return evidence
}

/** By epoch. */
async function deriveQuestions(
  { keyring }: Pick<Searching, 'keyring'>,
  sender: string,
  identifiers: CanonicalIdentifiers,
): Promise<ReadonlyMap<number, OwnQuestion>> {
  const epochs = keyring.epochs('own')
  const questions = await Promise.all(epochs.map((epoch) => deriveOwnQuestion(keyring, { sender, epoch }, identifiers)))
  return new Map(epochs.map((epoch, index) => [epoch, questions[index]!]))
}

async function* readPages(
  { store }: Pick<Searching, 'store'>,
  party: string,
  tokens: readonly Uint8Array[],
): AsyncGenerator<readonly OwnMention[]> {
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page = await store.listOwnMentions(party, tokens, cursor, EXCHANGES_AT_ONCE)
    yield page.mentions
    cursor = page.next
    await takeTurns()
  }
}

/** A mention that has a token in common with the person. */
interface ResemblingMention extends OwnMention {
  readonly codes: OwnCodes
}

/** Weighs them as linking does, except that a token is demoted by how many of the party's own mentions differ that share it. */
async function weighResembling(
  gateway: Searching,
  evidence: ReadonlyMap<string, readonly Evidence[]>,
  resembling: readonly ResemblingMention[],
): Promise<ReadonlyMap<string, 'automatic' | 'possible'>> {
  const verdicts = new Map<string, 'automatic' | 'possible'>()
  for (const [domain, inDomain] of Map.groupBy(resembling, ({ domain }) => domain)) {
    const known: KnownMention[] = []
    const readMentions = createMentionReader(gateway, domain)
    for (const part of chunk(inDomain)) known.push(...(await readMentions(part.map(({ id }) => id))))
    const isDemoted = createOwnDemotion(
      known,
      new Map(inDomain.map((mention) => [mention.id, mention])),
      gateway.policySet.vocabulary.domains.get(domain)?.blockLimit ?? DEFAULT_BLOCK_LIMIT,
    )
    for (const part of chunk(known)) {
      for (const { mentionId, verdict } of weighMentions(evidence.get(domain) ?? [], part, isDemoted)) {
        verdicts.set(mentionId, verdict)
      }
      await takeTurns()
    }
  }
  return verdicts
}

/**
 * A token that more of the party's own mentions have than the limit, each with other identifiers, says nothing: a number that is
 * filled in where none is known must not make an erasure of many. Mentions with the same identifiers count as one.
 */
function createOwnDemotion(
  known: readonly KnownMention[],
  ownOf: ReadonlyMap<string, ResemblingMention>,
  limit: number,
): (token: Uint8Array) => boolean {
  const variants = new Map<string, Set<string>>()
  for (const { id, tokens } of known) {
    const { codes } = ownOf.get(id)!.codes
    const variant = codes.size === 0 ? id : [...codes].sort((a, b) => a - b).join(' ')
    for (const { token } of tokens) {
      const name = formatHex(token)
      variants.set(name, (variants.get(name) ?? new Set()).add(variant))
    }
  }
  return (token) => (variants.get(formatHex(token))?.size ?? 0) > limit
}

const chunk = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / WEIGHED_AT_ONCE) }, (_, index) =>
    items.slice(index * WEIGHED_AT_ONCE, (index + 1) * WEIGHED_AT_ONCE),
  )
