import type { LocalisedText } from '../../model/language.ts'
import { closeFacts } from '../../policy/facts/relations.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { gatewayCircumstances } from '../../policy/questions/search-questions.ts'

export const REPLIES = ['yes', 'no', 'unknown'] as const
export type Reply = (typeof REPLIES)[number]

/** The choices that an address makes one by one, in the order in which each narrows the next. */
export const CHOICES = ['from', 'to', 'purpose', 'about', 'basis'] as const
export type ChoiceName = (typeof CHOICES)[number]

/** What an address asks: words of the vocabulary and names of fields only, so that it can be linked and printed. */
export type ShareQuestion = Readonly<Partial<Record<ChoiceName, string>>> & {
  readonly fields: readonly string[]
  /** Answers by circumstance or assessment, in the order of the address. */
  readonly replies: ReadonlyMap<string, Reply>
}

/** A fault of an address. It never holds the value. */
export interface AddressFault {
  /** Name of the part of the form; absent for the address as a whole. */
  readonly at?: string
  readonly detail: LocalisedText
}

/** Before the name of a circumstance or an assessment, so that no word of a vocabulary can be a choice. */
const REPLY = 'is.'
export const replyName = (word: string): string => `${REPLY}${word}`
const FIELD = 'field'

/** More parts than a question about every field with every answer of a large vocabulary has. */
const MAX_PARTS = 1_000
const MAX_FAULTS = 20

/** Reads what an address asks. A part with a fault counts as absent. Costs as much as there are parts. */
export function readQuestion(
  set: PolicySet,
  query: URLSearchParams,
): { readonly question: ShareQuestion; readonly faults: readonly AddressFault[] } {
  if (query.size > MAX_PARTS) return { question: NOTHING_ASKED, faults: [TOO_LONG] }
  const faults: AddressFault[] = []
  const chosen: Partial<Record<ChoiceName, string>> = {}
  const fields = new Set<string>()
  const replies = new Map<string, Reply>()
  const { known, statements } = knownWords(set)
  for (const [name, value] of query) {
    // A choice that was not made is sent empty.
    if (value === '') continue
    const choice = CHOICES.find((candidate) => candidate === name)
    const word = name.startsWith(REPLY) ? name.slice(REPLY.length) : undefined
    const reply = REPLIES.find((candidate) => candidate === value)
    if (choice) {
      if (chosen[choice] !== undefined) faults.push({ at: choice, detail: TWICE })
      else if (known[choice].has(value)) chosen[choice] = value
      else faults.push({ at: choice, detail: NOT_LISTED })
    } else if (name === FIELD) {
      if (set.vocabulary.fields.has(value)) fields.add(value)
      else faults.push({ at: FIELD, detail: UNKNOWN_FIELD })
    } else if (word === undefined) faults.push({ detail: UNKNOWN_PART })
    else if (!statements.has(word)) faults.push({ detail: UNKNOWN_STATEMENT })
    else if (reply === undefined) faults.push({ at: name, detail: NO_REPLY })
    else if (replies.has(word)) faults.push({ at: name, detail: TWICE })
    else replies.set(word, reply)
  }
  if (chosen.from !== undefined && chosen.from === chosen.to) {
    faults.push({ at: 'to', detail: TO_YOURSELF })
    delete chosen.to
  }
  return { question: { ...chosen, fields: [...fields], replies }, faults: faults.slice(0, MAX_FAULTS) }
}

const NOTHING_ASKED: ShareQuestion = { fields: [], replies: new Map() }

function knownWords(set: PolicySet) {
  const { parties, vocabulary, rulesByFile } = set
  // Only the gateway itself states these.
  const own = new Set(gatewayCircumstances(set))
  const statements = new Set(
    [...vocabulary.circumstances.keys(), ...vocabulary.assessments.keys()].filter((word) => !own.has(word)),
  )
  const known = {
    from: parties,
    to: parties,
    purpose: vocabulary.purposes,
    about: vocabulary.roles,
    basis: rulesByFile,
  } as const satisfies Record<ChoiceName, ReadonlyMap<string, unknown>>
  return { known, statements }
}

/** The statements of the answers: not knowing states nothing, and neither does an assessment that nobody declares. */
export function statementsOf({ vocabulary }: PolicySet, replies: ShareQuestion['replies']) {
  const circumstances: Record<string, boolean> = {}
  const assessments: string[] = []
  const declined: string[] = []
  const notKnown: string[] = []
  for (const [word, reply] of replies) {
    if (reply === 'unknown') notKnown.push(word)
    else if (vocabulary.circumstances.has(word)) circumstances[word] = reply === 'yes'
    else (reply === 'yes' ? assessments : declined).push(word)
  }
  const setAside = [...declined, ...notKnown]
  return { circumstances, assessments, declined, notKnown, setAside }
}

/** Pairs of answers that cannot both be so; each fault names the other answer. */
export function findContradictions(set: PolicySet, { replies }: ShareQuestion): readonly AddressFault[] {
  const { contradictions } = closeFacts(set.vocabulary, statementsOf(set, replies))
  return contradictions.slice(0, MAX_FAULTS / 2).flatMap(([one, other]) =>
    [
      [one, other],
      [other, one],
    ].map(([at, against]) => ({ at: replyName(at!.word), detail: contradicts(set, against!.word) })),
  )
}

/** The parts of an address, by name; the same question always in the same order. */
export const addressParts = (question: ShareQuestion): [string, string][] => [
  ...CHOICES.flatMap((name): [string, string][] => (question[name] === undefined ? [] : [[name, question[name]]])),
  ...question.fields.map((field): [string, string] => [FIELD, field]),
  ...[...question.replies].map(([word, reply]): [string, string] => [replyName(word), reply]),
]

/** The address at which a page shows a question. */
export function formatAddress(path: string, question: ShareQuestion): string {
  const parts = addressParts(question)
  return parts.length === 0 ? path : `${path}?${new URLSearchParams(parts)}`
}

function contradicts({ vocabulary }: PolicySet, word: string): LocalisedText {
  const label = (vocabulary.circumstances.get(word) ?? vocabulary.assessments.get(word))?.label
  const named = (text: string | undefined) => (text ?? word).trim().replace(/\.$/, '')
  return {
    nl: `Dit kan niet samengaan met uw antwoord bij ‘${named(label?.nl)}’. Verander een van beide, of kies ‘weet ik niet’.`,
    en: `This cannot be so together with your answer to ‘${named(label?.en)}’. Change one of the two, or choose ‘don’t know’.`,
  }
}

const TOO_LONG: AddressFault = {
  detail: {
    nl: 'Het adres heeft te veel onderdelen. Begin opnieuw.',
    en: 'The address has too many parts. Start again.',
  },
}
const TWICE: LocalisedText = {
  nl: 'Dit staat twee keer in het adres, en alleen de eerste keer telt. Kies opnieuw.',
  en: 'This is in the address twice, and only the first counts. Choose again.',
}
const NOT_LISTED: LocalisedText = {
  nl: 'Wat in het adres staat, staat niet in deze lijst. Kies opnieuw.',
  en: 'What the address says is not in this list. Choose again.',
}
const UNKNOWN_FIELD: LocalisedText = {
  nl: 'Het adres noemt een gegeven dat Sluis niet kent. Vink opnieuw aan wat u heeft.',
  en: 'The address names a field that Sluis does not know. Tick again what you have.',
}
const UNKNOWN_PART: LocalisedText = {
  nl: 'Het adres heeft een onderdeel dat Sluis niet kent. Het telt niet mee.',
  en: 'The address has a part that Sluis does not know. It does not count.',
}
const UNKNOWN_STATEMENT: LocalisedText = {
  nl: 'Het adres geeft antwoord op een vraag die Sluis niet stelt. Het antwoord telt niet mee.',
  en: 'The address answers a question that Sluis does not ask. The answer does not count.',
}
const NO_REPLY: LocalisedText = {
  nl: 'Dit antwoord is geen ja, nee of weet ik niet. Kies opnieuw.',
  en: 'This answer is not yes, no or don’t know. Choose again.',
}
const TO_YOURSELF: LocalisedText = {
  nl: 'U kunt niet met uzelf delen. Kies een andere ontvanger.',
  en: 'You cannot share with yourself. Choose another recipient.',
}
