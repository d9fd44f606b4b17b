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
  /** False for a person in held exchanges only: the recipient has no pseudonym for them. */
  readonly isDelivered: boolean
}

/** Greatest number of mentions of one person, newest first, that are compared to find a contradiction with a new one. */
const MAX_MENTIONS_COMPARED = 32

/**
 * The persons that one report may be about: stored persons as they were read, and changes by the report itself. Stores nothing; the
 * lists at the end are for the commit.
 */
export interface KnownPersons {
  /** Reads the stored persons that strong evidence leads to. An id that was merged in this report is known already. */
  read(personIds: readonly string[]): Promise<void>
  /** The person that an id stands for after the merges of this report. */
  resolve(personId: string): string
  /**
   * The relations of the persons that were read, to each other and to a new mention.
   * @param compared evidence of the mentions that it was compared with
   */
  relationsOf(evidence: readonly Evidence[], compared: readonly (Evidence & { readonly id: string })[]): PersonRelations
  /** Joins a new mention to persons, which makes them one; without persons it makes a new one. */
  join(mention: Mention, evidence: readonly Evidence[], persons: readonly string[]): void
  /** Notes that the recipient will be asked about two persons. */
  ask(one: string, other: string): void
  /** Stored persons that were merged into another stored person. */
  listMerged(): readonly { readonly from: string; readonly to: string; readonly isDelivered: boolean }[]
  listMoves(): readonly Move[]
  /** Persons whose relations were decisive: the commit fails if any of them has changed since. */
  listReads(): readonly PersonRead[]
}

export function createKnownPersons(
  store: Pick<Store, 'findPerson'>,
  domain: string,
  readMentions: ReadMentions,
): KnownPersons {
  const stored = new Map<string, StoredPerson>()
  const compared = new Set<string>()
  const known = new Map<string, KnownPerson>()
  const mergedInto = new Map<string, string>()
  const asked: (readonly [string, string])[] = []

  const resolve = (personId: string): string => {
    const into = mergedInto.get(personId)
    return into === undefined ? personId : resolve(into)
  }
  const evidenceOf = (personId: string) => known.get(personId)?.evidence ?? []
  const isPair = (pair: readonly [string, string], one: string, other: string): boolean => {
    const [first, second] = pair.map(resolve)
    return (first === one && second === other) || (first === other && second === one)
  }
  const hasMatch = (status: StoredMatch['status'], one: string, other: string): boolean =>
    [...stored.values()].some(({ matches }) =>
      matches.some((match) => match.status === status && isPair(match.persons, one, other)),
    )
  const merged = () => [...stored.keys()].filter((personId) => resolve(personId) !== personId)

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
        stored.set(personId, person)
        known.set(personId, { ...person, evidence, isDelivered: evidence.some(({ isDelivered }) => isDelivered) })
      }
      // For one person alone only the look-up is decisive; fifty reports about one person at once must not conflict.
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
      for (const person of persons) if (person !== elder) mergedInto.set(person.personId, personId)
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
    listMoves: () => merged().flatMap((personId) => moveAll(stored.get(personId)!, resolve(personId))),
    listReads: () =>
      [...compared].flatMap((personId) => {
        const person = stored.get(personId)
        return person ? [{ domain, personId, fingerprint: person.fingerprint }] : []
      }),
  }
}
