import type { ShownSubject, ShownValue } from '../../../delivery/content-form.ts'
import type { ReadDelivery } from './read-delivery.ts'

/** One data subject of one delivery. */
export interface Source {
  readonly deliveryId: string
  readonly exchangeId: string
  /** Position in `dataSubjects`, from 0. */
  readonly dataSubject: number
  readonly sender: string
  readonly at: string
  readonly subject: ShownSubject
}

/** What the sources gave for one field, oldest first. */
export interface FieldOfSources {
  readonly field: string
  readonly given: readonly { readonly value: ShownValue; readonly level?: string; readonly source: Source }[]
  /** Two sources gave different values at the same level of detail. */
  readonly isConflict: boolean
}

/** Everything under one pseudonym. */
export interface Person {
  readonly pseudonym: string
  /** False when nothing could be linked: the pseudonym is used once. */
  readonly isLinkable: boolean
  /** Oldest first. */
  readonly sources: readonly Source[]
  readonly fields: readonly FieldOfSources[]
}

/**
 * Forms persons from deliveries: data subjects under one pseudonym are one person. Notices and links say which pseudonyms became one,
 * were split or renewed; each counts for what was delivered before it.
 *
 * @param freeText fields whose texts differ without contradicting each other
 */
export function formPersons(read: readonly ReadDelivery[], freeText: ReadonlySet<string>): readonly Person[] {
  const sources = read.flatMap(listSources).sort((a, b) => compare(a.at, b.at))
  const current = new Map(sources.map((source) => [source, source.subject.pseudonym]))
  for (const { at, rename } of read.flatMap(listRenames).sort((a, b) => compare(a.at, b.at)))
    for (const source of sources) {
      if (source.at > at) break
      const to = rename(source, current.get(source)!)
      if (to !== undefined) current.set(source, to)
    }
  const persons = Map.groupBy(sources, (source) => current.get(source)!)
  return [...persons].map(([pseudonym, ofPerson]) => ({
    pseudonym,
    isLinkable: ofPerson.some(({ subject }) => subject.isLinkable),
    sources: ofPerson,
    fields: listFields(ofPerson, freeText),
  }))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function listSources({ delivery, shown }: ReadDelivery): readonly Source[] {
  if (shown.kind === 'notice') return []
  const { exchangeId, sender, at, dataSubjects } = shown.content
  return dataSubjects.map((subject, dataSubject) => ({
    deliveryId: delivery.id,
    exchangeId,
    dataSubject,
    sender,
    at,
    subject,
  }))
}

interface Rename {
  readonly at: string
  /** The pseudonym after it; undefined when it is about another person. */
  rename(source: Source, pseudonym: string): string | undefined
}

function listRenames({ shown }: ReadDelivery): readonly Rename[] {
  const { at } = shown.content
  const join = (from: string, to: string): Rename => ({
    at,
    rename: (_, pseudonym) => (pseudonym === from ? to : undefined),
  })
  if (shown.kind === 'exchange')
    return shown.content.links.flatMap((link) => (link.type === 'merged' ? [join(link.from, link.to)] : []))
  const notice = shown.content
  if (notice.type === 'merged') return [join(notice.from, notice.to)]
  if (notice.type === 'pseudonyms-renewed') {
    const renewed = new Map(notice.pseudonyms.map(({ from, to }) => [from, to]))
    return [{ at, rename: (_, pseudonym) => renewed.get(pseudonym) }]
  }
  if (notice.type === 'recalled') return []
  const moved = new Set(notice.mentions.map(({ exchangeId, dataSubject }) => `${exchangeId} ${dataSubject}`))
  return [
    {
      at,
      rename: ({ exchangeId, dataSubject }, pseudonym) =>
        pseudonym === notice.from && moved.has(`${exchangeId} ${dataSubject}`) ? notice.to : undefined,
    },
  ]
}

function listFields(sources: readonly Source[], freeText: ReadonlySet<string>): readonly FieldOfSources[] {
  const given = sources.flatMap((source) =>
    Object.entries(source.subject.data).map(([field, value]) => {
      const level = source.subject.generalised[field]
      return { field, value, source, ...(level !== undefined && { level }) }
    }),
  )
  return [...Map.groupBy(given, ({ field }) => field)].map(([field, values]) => {
    const byLevel = Map.groupBy(values, ({ level }) => level)
    const differs = [...byLevel.values()].some((same) => same.some(({ value }) => !isSameValue(value, same[0]!.value)))
    return { field, given: values, isConflict: differs && !freeText.has(field) }
  })
}

/** Whether two sources gave the same. A difference of capitals or spaces is none. */
export const isSameValue = (one: ShownValue, other: ShownValue): boolean => comparable(one) === comparable(other)

function comparable(value: ShownValue): string {
  const members = typeof value === 'string' || Array.isArray(value) ? value : Object.entries(value).sort()
  return JSON.stringify(members).toLowerCase().replaceAll(/\s+/g, ' ')
}
