import { formatHex } from '../encoding.ts'
import { type Fault, SluisError, sluisError } from '../errors.ts'
import type { PersonLink } from '../ports.ts'
import { canonicalise } from '../pseudonym/canonicalise/canonicalise.ts'
import { derivePseudonym, newPersonId } from '../pseudonym/pseudonym.ts'
import { deriveTokens } from '../pseudonym/tokens.ts'
import { linkableIdentifiers } from '../report/minimise.ts'
import type { Submission } from '../report/submission.ts'
import type { Decision, Pseudonym, Vocabulary } from '../types.ts'
import type { Gateway } from './gateway.ts'

/** The persons of one exchange, as the recipient will know them. */
export interface IdentifiedPersons {
  /** One for each passing data subject, in order. */
  readonly pseudonyms: readonly {
    readonly personId: string
    readonly pseudonym: Pseudonym
    readonly isLinkable: boolean
  }[]
  /** What the commit must find unchanged; one for each different person. */
  readonly links: readonly PersonLink[]
}

/**
 * Checks every identifier that will be used, and only those: a number that is withheld anyway is not looked at.
 * @throws SluisError `identifier-invalid` with every fault; the field is named, the value is not
 */
export function checkIdentifiers(
  vocabulary: Vocabulary,
  submission: Submission,
  decision: Decision,
  passing: readonly number[],
): void {
  const faults: Fault[] = []
  for (const index of passing) {
    const { data } = submission.dataSubjects[index]!
    for (const { field, release, link } of decision.dataSubjects[index]!.fields) {
      const kind = vocabulary.fields.get(field)?.identifier
      const value = data[field]
      const isUsed = link || release === 'verstrekken' || release === 'generaliseren'
      if (kind === undefined || typeof value !== 'string' || !isUsed) continue
      const result = canonicalise(kind, value)
      if (!result.ok)
        faults.push({
          code: 'identifier-invalid',
          pointer: `/dataSubjects/${index}/data/${field}`,
          detail: result.detail,
        })
    }
  }
  const [first, ...others] = faults
  if (first) throw new SluisError([first, ...others])
}

/** Finds or makes the person behind each passing data subject. Reads only: a new person exists once the exchange is committed. */
export async function identifyPersons(
  gateway: Gateway,
  submission: Submission,
  decision: Decision,
  passing: readonly number[],
): Promise<IdentifiedPersons> {
  const { policySet, keyring } = gateway
  const epoch = keyring.currentEpoch
  const domain = findDomain(policySet.vocabulary, submission)
  const links = new Map<string, PersonLink>()
  // Two data subjects of one report can be one person; the store does not know the first yet when we look for the second.
  const metInThisReport = new Map<string, string>()
  const pseudonyms: IdentifiedPersons['pseudonyms'][number][] = []

  for (const index of passing) {
    const identifiers = linkableIdentifiers(
      policySet.vocabulary,
      decision.dataSubjects[index]!,
      submission.dataSubjects[index]!.data,
    )
    const derived = deriveTokens(keyring, domain, epoch, identifiers)
    if (!derived.ok) {
      throw sluisError('identifier-invalid', derived.faults[0]!.detail, { pointer: `/dataSubjects/${index}/data` })
    }
    const { tokens, isLinkable } = derived
    const personId = (await findPerson(gateway, domain, tokens, metInThisReport)) ?? newPersonId(gateway.random)
    for (const token of tokens) metInThisReport.set(formatHex(token), personId)
    links.set(personId, { domain, personId, isLinkable, tokens: [...(links.get(personId)?.tokens ?? []), ...tokens] })
    pseudonyms.push({ personId, pseudonym: derivePseudonym(keyring, domain, epoch, personId), isLinkable })
  }
  return { pseudonyms, links: [...links.values()] }
}

/** The person that the strongest known token leads to, whether the store knows it or this report brought it up. */
async function findPerson(
  { store }: Gateway,
  domain: string,
  tokens: readonly Uint8Array[],
  metInThisReport: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  const met = tokens.findIndex((token) => metInThisReport.has(formatHex(token)))
  if (met === -1) return store.findPerson(domain, tokens)
  return (await store.findPerson(domain, tokens.slice(0, met))) ?? metInThisReport.get(formatHex(tokens[met]!))
}

/** The pseudonym domain of a recipient and purpose; a pair that the vocabulary does not name is a space of its own. */
function findDomain(vocabulary: Vocabulary, { recipient, purpose }: Submission): string {
  for (const domain of vocabulary.domains.values()) {
    if (domain.recipient === recipient && domain.purposes.includes(purpose)) return domain.id
  }
  return `${recipient}/${purpose}`
}
