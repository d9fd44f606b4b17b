import { compareText } from '../../encoding/text-order.ts'
import { sluisError } from '../../errors.ts'
import type { Keyring } from '../../ports/keys.ts'
import type { StoredExchange } from '../../ports/stored.ts'
import type { CanonicalIdentifiers } from '../../pseudonym/canonicalise/identifiers.ts'
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

/** A data subject of one of the party's own exchanges who may be the person. */
export interface FoundMention {
  readonly exchange: StoredExchange
  readonly dataSubject: number
  /** `certain` where the gateway itself would have linked them; `possible` where it would have asked the recipient. */
  readonly certainty: 'certain' | 'possible'
}

/**
 * Every data subject of the party's own exchanges whose identifiers indicate the same person, in every pseudonym domain and
 * under every epoch in use. Only the identifiers themselves count: that a recipient confirmed two data subjects as one person is
 * the recipient's knowledge, and a sender does not learn it this way. Reads only; the identifiers are not kept.
 *
 * @returns oldest exchange first
 * @throws SluisError `value-invalid` at `/identifiers` when they are too little to recognise a person by
 */
export async function searchMentions(
  gateway: Pick<Gateway, 'store' | 'keyring' | 'policySet'>,
  party: string,
  identifiers: CanonicalIdentifiers,
): Promise<readonly FoundMention[]> {
  await checkSearchable(gateway.keyring, identifiers)
  const domains = await gateway.store.listDomains()
  const found = await Promise.all(domains.map(({ domain }) => searchDomain(gateway, party, domain, identifiers)))
  return found.flat().toSorted((a, b) => compareText(a.exchange.id, b.exchange.id) || a.dataSubject - b.dataSubject)
}

/** Whether identifiers can find anybody does not depend on the domain, and must not depend on whether one exists yet. */
async function checkSearchable(keyring: Keyring, identifiers: CanonicalIdentifiers): Promise<void> {
  const { isLinkable } = await deriveMatchKeys(keyring, '', keyring.epochs('match')[0]!, identifiers)
  if (isLinkable) return
  throw sluisError(
    'value-invalid',
    {
      nl: 'met deze kenmerken is niemand te herkennen; geef een nummer, of een naam met een geboortedatum',
      en: 'these identifiers are not enough to recognise anybody; give a number, or a name with a date of birth',
    },
    { pointer: '/identifiers' },
  )
}

async function searchDomain(
  { store, keyring, policySet }: Pick<Gateway, 'store' | 'keyring' | 'policySet'>,
  party: string,
  domain: string,
  identifiers: CanonicalIdentifiers,
): Promise<readonly FoundMention[]> {
  const evidence = await Promise.all(
    keyring.epochs('match').map(async (epoch): Promise<Evidence> => {
      const { tokens } = await deriveMatchKeys(keyring, domain, epoch, identifiers)
      return { epoch, tokens }
    }),
  )
  const answer = await store.findCandidates({
    domain,
    tokens: listSearchTokens(evidence),
    blockLimit: policySet.vocabulary.domains.get(domain)?.blockLimit ?? DEFAULT_BLOCK_LIMIT,
  })
  // All of them, however many: a person has a right to everything, not only to the newest.
  const ids = answer.candidates.map(({ mentionId }) => mentionId)
  const mentions = await createMentionReader({ store, keyring }, domain)(ids)
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
