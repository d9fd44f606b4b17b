import { newId, UUID } from '../../encoding/uuid.ts'
import { findReceived, type Received } from '../../exchange/reply.ts'
import type { Vocabulary, Word } from '../../model/vocabulary.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { gatewayCircumstances } from '../../policy/questions/search-questions.ts'
import type { FormValues } from '../form-values.ts'
import { personOf, type Visit } from '../page.ts'
import { REPLIES, type Reply } from '../share/question.ts'

/** One person in a report that is being written. */
export interface DraftPerson {
  readonly role?: string
  /** Answers by circumstance or assessment. */
  readonly replies: ReadonlyMap<string, Reply>
  /** What was typed, by the name of its input without the person: `data.geboortedatum.day`, `by.noodzaak`. */
  readonly typed: ReadonlyMap<string, string>
}

/**
 * A report that is being written. It exists in the page only: every step sends all of it, and the gateway keeps nothing of it until it
 * is sent.
 */
export interface Draft {
  /** Idempotency key of the report, made with its first page, so that no detour, reload or second press sends it twice. */
  readonly key: string
  readonly to?: string
  readonly purpose?: string
  /** The chosen legal basis; without one the best counts. */
  readonly basis?: string
  readonly kind?: string
  readonly reference?: string
  readonly inReplyTo?: string
  /** Fields that the person said to have, from "Mag ik dit delen?"; empty when nothing is known of that. */
  readonly fields: readonly string[]
  readonly people: readonly DraftPerson[]
}

/** Most persons in one report, as in `report/submission.ts`. */
export const MAX_PEOPLE = 12

const TEXTS = ['to', 'purpose', 'basis', 'kind', 'reference', 'inReplyTo'] as const
const PERSON = /^p([1-9]\d?)\.(.+)$/

/** The draft that a form sends. What the vocabulary does not know is dropped: no page of this report made it. */
export function readDraft(set: PolicySet, form: FormValues): Draft {
  const people = new Map<number, { role?: string; replies: Map<string, Reply>; typed: Map<string, string> }>()
  for (let number = 1; number <= countPeople(form); number++) people.set(number, emptyPerson())
  const statements = listStatements(set)
  for (const [name, value] of form) {
    const [, number, part = ''] = PERSON.exec(name) ?? []
    const person = people.get(Number(number))
    if (!person || value === '') continue
    const [head = '', word = ''] = part.split('.')
    if (head === 'role' && set.vocabulary.roles.has(value)) person.role = value
    else if (head === 'is' && statements.has(word) && isReply(value)) person.replies.set(word, value)
    else if (isInput(set, head, word)) person.typed.set(part, value.replaceAll('\r\n', '\n'))
  }
  const key = form.get('key') ?? ''
  return {
    ...pickTexts(set, form),
    key: UUID.test(key) ? key : '',
    fields: form.getAll('field').filter((field) => set.vocabulary.fields.has(field)),
    people: [...people.values()],
  }
}

/**
 * The draft that an address starts: with the words of "Mag ik dit delen?" (`to`, `purpose`, `about`, `basis`, `field`, `is.…`). With
 * `inReplyTo` it answers an exchange that was received: to its sender, about its persons, with the fields that it asks for.
 */
export async function startDraft(visit: Visit): Promise<Draft> {
  const { gateway, now, query } = visit
  const set = gateway.policySet
  const received = await findReceived(gateway.store, personOf(visit).party, query.get('inReplyTo') ?? '')
  const form = new URLSearchParams()
  for (const [name, value] of query) {
    if (name === 'about') form.append('p1.role', value)
    else if (name.startsWith('is.')) form.append(`p1.${name}`, value)
    else if (name === 'field' || TEXTS.some((text) => text === name && text !== 'reference')) form.append(name, value)
  }
  if (received) answerTo(set, received, form)
  const draft = readDraft(set, form)
  const { vocabulary } = set
  const kind = draft.kind ?? (received ? vocabulary.gatewayWords?.replyKind : listKinds(vocabulary)[0]?.id)
  return { ...draft, ...(kind !== undefined && { kind }), key: newId(now, gateway.random) }
}

function answerTo(set: PolicySet, { delivery, record }: Received, form: URLSearchParams): void {
  const { asked, subjects } = record
  const answered = set.vocabulary.gatewayWords?.identityQuestion?.answeredCircumstance
  const purpose =
    asked && set.rules.find(({ when }) => answered !== undefined && when.includes(answered))?.scope.purposes?.[0]
  form.set('to', delivery.sender)
  if (purpose !== undefined && !form.has('purpose')) form.set('purpose', purpose)
  for (const field of asked?.fields ?? []) form.append('field', field)
  form.set('people', String(subjects.length))
  for (const [index, { role }] of subjects.entries()) form.set(inputName(index, 'role'), role)
}

/** Kinds of reports that people send; the gateway itself writes identity questions. */
export const listKinds = ({ kinds, gatewayWords }: Vocabulary): readonly Word[] =>
  [...kinds.values()].filter(({ id }) => id !== gatewayWords?.identityQuestion?.kind)

/** Everything in a draft as fields of a form: what `readDraft` reads. */
export function listEntries(draft: Draft): readonly (readonly [name: string, value: string])[] {
  return [
    ['key', draft.key],
    ['people', String(draft.people.length)],
    ...TEXTS.flatMap((name) => (draft[name] === undefined ? [] : [[name, draft[name]] as const])),
    ...draft.fields.map((field) => ['field', field] as const),
    ...draft.people.flatMap(({ role, replies, typed }, index) => [
      ...(role === undefined ? [] : [[inputName(index, 'role'), role] as const]),
      ...[...replies].map(([word, reply]) => [inputName(index, `is.${word}`), reply] as const),
      ...[...typed].map(([part, value]) => [inputName(index, part), value] as const),
    ]),
  ]
}

/** Name of an input of one person. @param index from 0; people count from 1 */
export const inputName = (index: number, part: string): string => `p${index + 1}.${part}`

/** The id of the input with a name. */
export const inputId = (name: string): string => name.replaceAll('.', '-')

export const withPerson = (draft: Draft): Draft =>
  draft.people.length < MAX_PEOPLE ? { ...draft, people: [...draft.people, emptyPerson()] } : draft

export const withoutPerson = (draft: Draft, index: number): Draft =>
  draft.people.length > 1 ? { ...draft, people: draft.people.filter((_, other) => other !== index) } : draft

const emptyPerson = () => ({ replies: new Map<string, Reply>(), typed: new Map<string, string>() })

const isReply = (text: string): text is Reply => REPLIES.some((reply) => reply === text)

function countPeople(form: FormValues): number {
  const count = Number(form.get('people'))
  return Number.isInteger(count) && count >= 1 ? Math.min(count, MAX_PEOPLE) : 1
}

/** Circumstances and assessments that a person can state; some only the gateway states. */
function listStatements(set: PolicySet): ReadonlySet<string> {
  const own = new Set(gatewayCircumstances(set))
  const { circumstances, assessments } = set.vocabulary
  return new Set([...circumstances.keys(), ...assessments.keys()].filter((word) => !own.has(word)))
}

const isInput = ({ vocabulary }: PolicySet, head: string, word: string): boolean =>
  head === 'data' ? vocabulary.fields.has(word) : (head === 'by' || head === 'on') && vocabulary.assessments.has(word)

function pickTexts(
  { parties, vocabulary, rulesByFile }: PolicySet,
  form: FormValues,
): Pick<Draft, (typeof TEXTS)[number]> {
  const known: Readonly<Record<(typeof TEXTS)[number], (text: string) => boolean>> = {
    to: (text) => parties.has(text),
    purpose: (text) => vocabulary.purposes.has(text),
    basis: (text) => rulesByFile.has(text),
    kind: (text) => vocabulary.kinds.has(text),
    reference: () => true,
    inReplyTo: (text) => UUID.test(text),
  }
  return Object.fromEntries(
    TEXTS.flatMap((name) => {
      const text = form.get(name) ?? ''
      return text !== '' && known[name](text) ? [[name, text]] : []
    }),
  )
}
