import { type Fault, SluisError, sluisError } from '../../errors.ts'
import type { Identifiers } from '../../model/identifier.ts'
import type { StoredExchange } from '../../ports/stored.ts'
import { DEFAULT_BLOCK_LIMIT } from '../../pseudonym/evidence.ts'
import { deriveMatchKeys } from '../../pseudonym/match-keys.ts'
import type { Gateway } from '../gateway.ts'
import {
  createDemotion,
  createMentionReader,
  type Evidence,
  listSearchTokens,
  weighMentions,
} from './weigh-candidates.ts'

/** A data subject of one of the party's own exchanges that may be the person. */
export interface FoundMention {
  readonly exchange: StoredExchange
  readonly dataSubject: number
  /** `certain` where the gateway itself would have linked them; `possible` where it would have asked the recipient. */
  readonly certainty: 'certain' | 'possible'
}

/**
 * Every data subject of an exchange that the party sent and whose identifiers speak for the same person, in every pseudonym
 * domain and under every epoch in use. Only what the identifiers themselves say counts: that a recipient took two data subjects
 * for one person is the recipient's, and a sender does not learn it this way. Reads only; what was searched for is not kept.
 *
 * @returns oldest exchange first
 * @throws SluisError `value-invalid` at `/identifiers` when they are too little to look for somebody, `identifier-invalid`
 */
export async function searchMentions(
  gateway: Gateway,
  party: string,
  identifiers: Identifiers,
): Promise<readonly FoundMention[]> {
  await checkSearchable(gateway, identifiers)
  const domains = await gateway.store.listDomains()
  const found = await Promise.all(domains.map(({ domain }) => searchDomain(gateway, party, domain, identifiers)))
  return found.flat().toSorted((a, b) => compare(a.exchange.id, b.exchange.id) || a.dataSubject - b.dataSubject)
}

/** Whether identifiers lead to anybody does not depend on the domain, and must not depend on whether there is one yet. */
async function checkSearchable({ keyring }: Gateway, identifiers: Identifiers): Promise<void> {
  const derived = await deriveMatchKeys(keyring, '', keyring.epochs('match')[0]!, identifiers)
  if (!derived.ok) {
    const [first, ...others] = derived.faults.map(
      ({ detail }): Fault => ({ code: 'identifier-invalid', pointer: '/identifiers', detail }),
    )
    throw new SluisError([first!, ...others])
  }
  if (derived.isLinkable) return
  throw sluisError(
    'value-invalid',
    {
      nl: 'hieraan is niemand te herkennen; geef een nummer, of een naam met een geboortedatum',
      en: 'nobody can be recognised by this; give a number, or a name with a date of birth',
    },
    { pointer: '/identifiers' },
  )
}

async function searchDomain(
  gateway: Gateway,
  party: string,
  domain: string,
  identifiers: Identifiers,
): Promise<readonly FoundMention[]> {
  const { store, keyring, policySet } = gateway
  const evidence = await Promise.all(
    keyring.epochs('match').map(async (epoch): Promise<Evidence> => {
      const derived = await deriveMatchKeys(keyring, domain, epoch, identifiers)
      if (!derived.ok) throw new Error('identifiers that were checked cannot be derived from')
      return { epoch, tokens: derived.tokens }
    }),
  )
  const answer = await store.findCandidates({
    domain,
    tokens: listSearchTokens(evidence),
    blockLimit: policySet.vocabulary.domains.get(domain)?.blockLimit ?? DEFAULT_BLOCK_LIMIT,
  })
  // All of them, however many: a person has a right to everything, not to the newest.
  const ids = answer.candidates.map(({ mentionId }) => mentionId)
  const mentions = await createMentionReader(gateway, domain)(ids)
  const weighed = weighMentions(evidence, mentions, createDemotion(answer))
  const verdicts = new Map(weighed.map(({ mentionId, verdict }) => [mentionId, verdict]))
  const found = await Promise.all(
    mentions.map(async ({ id, exchangeId, dataSubject }): Promise<FoundMention[]> => {
      const verdict = verdicts.get(id)
      const exchange = verdict && (await store.findExchange(party, exchangeId))
      return exchange ? [{ exchange, dataSubject, certainty: verdict === 'automatic' ? 'certain' : 'possible' }] : []
    }),
  )
  return found.flat()
}

// Ids rise in time.
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
