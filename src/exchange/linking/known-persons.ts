import type { Move, PersonRead, StoredMatch, StoredPerson } from '../../ports/mentions.ts'
import type { Store } from '../../ports/store.ts'
import type { PersonRelations } from './decide-links.ts'
import { moveAll, selectElder } from './person-forest.ts'
import { type Evidence, isContradicted, type ReadMentions } from './weigh-candidates.ts'

type Mention = StoredPerson['mentions'][number]

interface KnownPerson {
  readonly personId: string
  readonly mentions: readonly Mention[]
  readonly evidence: readonly Evidence[]
  /** False for a person of whom nothing was delivered yet: the recipient has no pseudonym for them. */
  readonly isDelivered: boolean
}

/** Of one person so many mentions are compared, newest first, to find what contradicts a new one. */
const MAX_MENTIONS_COMPARED = 32

/**
 * The persons that one report may be about: those of before as they were read, and what the report itself brings up. Nothing
 * is stored; what is to be stored can be asked for at the end.
 */
export interface KnownPersons {
  /** Reads persons of before that strong evidence leads to. An id that was merged in this report is known already. */
  read(personIds: readonly string[]): Promise<void>
  /** The person that somebody is by now, after what was merged in this report. */
  resolve(personId: string): string
  /**
   * How those who were read stand to each other and to a new mention.
   * @param compared what is known of the mentions that it was compared with
   */
  relationsOf(evidence: readonly Evidence[], compared: readonly (Evidence & { readonly id: string })[]): PersonRelations
  /** A new mention joins persons, which makes them one, or is somebody new when there are none. */
  join(mention: Mention, evidence: readonly Evidence[], persons: readonly string[]): void
  /** Two persons will be asked about. */
  ask(one: string, other: string): void
  /** Those of before who turned out to be somebody else of before. */
  listMerged(): readonly { readonly from: string; readonly to: string; readonly isDelivered: boolean }[]
  listMoves(): readonly Move[]
  /** Persons whose standing to others was decisive: nobody may have changed them in the meantime. */
  listReads(): readonly PersonRead[]
}

export function createKnownPersons(
  store: Pick<Store, 'findPerson'>,
  domain: string,
  readMentions: ReadMentions,
): KnownPersons {
  const ofBefore = new Map<string, StoredPerson>()
  const compared = new Set<string>()
  const known = new Map<string, KnownPerson>()
  const becameOf = new Map<string, string>()
  const asked: (readonly [string, string])[] = []

  const resolve = (personId: string): string => {
    const became = becameOf.get(personId)
    return became === undefined ? personId : resolve(became)
  }
  const evidenceOf = (personId: string) => known.get(personId)?.evidence ?? []
  const isPair = (pair: readonly [string, string], one: string, other: string): boolean => {
    const [first, second] = pair.map(resolve)
    return (first === one && second === other) || (first === other && second === one)
  }
  const hasMatch = (status: StoredMatch['status'], one: string, other: string): boolean =>
    [...ofBefore.values()].some(({ matches }) =>
      matches.some((match) => match.status === status && isPair(match.persons, one, other)),
    )
  const merged = () => [...ofBefore.keys()].filter((personId) => resolve(personId) !== personId)

  return {
    resolve,
    async read(personIds) {
      const different = new Set(personIds)
      for (const personId of different) {
        if (known.has(personId)) continue
        const person = await store.findPerson(domain, personId)
        if (person === undefined) continue
        const newest = person.mentions.slice(-MAX_MENTIONS_COMPARED).map(({ id }) => id)
        const evidence = await readMentions(newest)
        ofBefore.set(personId, person)
        known.set(personId, { ...person, evidence, isDelivered: evidence.some(({ isDelivered }) => isDelivered) })
      }
      // Of one person alone only the look-up is decisive, and fifty reports about them at once must not wait for each other.
      if (different.size > 1) for (const personId of different) compared.add(personId)
    },
    relationsOf: (evidence, compared) => ({
      contradicts({ mentionId, personId }) {
        const near = compared.filter(({ id }) => id === mentionId)
        return evidenceOf(personId).some(
          (known) =>
            evidence.some((own) => isContradicted(own, known)) && !near.some((one) => isContradicted(one, known)),
        )
      },
      contradict: (one, other) =>
        evidenceOf(one).some((known) => evidenceOf(other).some((otherKnown) => isContradicted(known, otherKnown))),
      isRejected: (one, other) => hasMatch('rejected', one, other),
      isAsked: (one, other) => hasMatch('possible', one, other) || asked.some((pair) => isPair(pair, one, other)),
    }),
    join(mention, evidence, personIds) {
      const persons = personIds.flatMap((personId) => known.get(personId) ?? [])
      const elder = persons.length > 0 ? selectElder(persons) : undefined
      const personId = elder?.personId ?? mention.id
      for (const person of persons) if (person !== elder) becameOf.set(person.personId, personId)
      known.set(personId, {
        personId,
        mentions: [...persons.flatMap(({ mentions }) => mentions), mention],
        evidence: [...persons.flatMap((person) => person.evidence), ...evidence],
        isDelivered: persons.some(({ isDelivered }) => isDelivered),
      })
    },
    ask: (one, other) => void asked.push([one, other]),
    listMerged: () =>
      merged().map((from) => ({ from, to: resolve(from), isDelivered: known.get(from)?.isDelivered ?? false })),
    listMoves: () => merged().flatMap((personId) => moveAll(ofBefore.get(personId)!, resolve(personId))),
    listReads: () =>
      [...compared].flatMap((personId) => {
        const person = ofBefore.get(personId)
        return person ? [{ domain, personId, fingerprint: person.fingerprint }] : []
      }),
  }
}
