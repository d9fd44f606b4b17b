import type { Language } from '../../model/language.ts'
import { bestBasis } from '../../policy/amount-passing.ts'
import { UsageError } from '../terminal/failure.ts'
import type { AdviceLines } from './advice-lines.ts'
import { DIMENSION_WORDS, WORDS } from './check-words.ts'
import { type Chooser, parseChoice } from './choices.ts'
import type { Interview } from './find-out.ts'
import type { CheckAnswer, PolicyList } from './gateway-answers.ts'
import { isOfUse, type Reply, type Statements, withReply } from './statements.ts'

/** Answers to one question that do not fit, before the command gives up: nobody is at the terminal then. */
const MAX_TRIES = 20

/** A person who can be asked. */
export interface Person {
  readonly ask: (prompt: string) => Promise<string | undefined>
  readonly show: (line: string) => void
}

const REPLIES: Readonly<Record<Language, Readonly<Record<string, Reply | 'back' | 'stop'>>>> = {
  nl: {
    j: 'yes',
    ja: 'yes',
    n: 'no',
    nee: 'no',
    w: 'unknown',
    'weet ik niet': 'unknown',
    'weet niet': 'unknown',
    '?': 'unknown',
    onbekend: 'unknown',
    t: 'back',
    terug: 'back',
    s: 'stop',
    stop: 'stop',
  },
  en: {
    y: 'yes',
    yes: 'yes',
    n: 'no',
    no: 'no',
    d: 'unknown',
    "don't know": 'unknown',
    'don’t know': 'unknown',
    'dont know': 'unknown',
    '?': 'unknown',
    unknown: 'unknown',
    b: 'back',
    back: 'back',
    s: 'stop',
    stop: 'stop',
  },
}

/** Asks until an answer fits; undefined at the end of the input. @throws UsageError after twenty that do not */
async function askUntil<Value>(
  { ask, show }: Person,
  prompt: string,
  read: (text: string) => Value | undefined,
  notThat: string,
): Promise<Value | undefined> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const text = await ask(prompt)
    if (text === undefined) return undefined
    const value = read(text.trim())
    if (value !== undefined) return value
    show(notThat)
  }
  throw new UsageError({ nl: WORDS.nl.tooManyTries, en: WORDS.en.tooManyTries })
}

/** Lets a person choose from numbered lists, what some rule knows first. */
export function createChooser(person: Person, lines: AdviceLines, language: Language): Chooser {
  const words = WORDS[language]
  return {
    async choose(dimension, { known, others: unknown }) {
      // Nobody reads the titles of every law: another one can be given as an option.
      const others = dimension === 'legalBasis' ? [] : unknown
      const all = [...known, ...others]
      const numbered = (first: number) => (choice: (typeof all)[number], at: number) =>
        lines.wrap(choice.label, `${String(first + at).padStart(4)}  `)
      person.show('')
      for (const line of lines.wrap(words.heading[dimension])) person.show(line)
      if (known.length === 0) for (const line of lines.wrap(words.noneKnown)) person.show(line)
      for (const line of known.flatMap(numbered(1))) person.show(line)
      if (known.length > 0 && others.length > 0) {
        for (const line of lines.wrap(words.others)) person.show(line)
        const rest = others.map(({ label }, at) => `${known.length + 1 + at} ${label}`).join(' · ')
        for (const line of lines.wrap(rest, '      ')) person.show(line)
      }
      if (dimension === 'legalBasis') for (const line of lines.wrap(words.otherBasis)) person.show(line)
      const isMany = dimension === 'fields'
      const prompt = isMany ? words.pickMany : dimension === 'legalBasis' ? words.pickBasis : words.pickOne
      return await askUntil<readonly string[] | null>(
        person,
        prompt,
        (text) => {
          if (/^(s|stop)$/i.test(text)) return null
          const parsed = parseChoice(text, all)
          if ('unknown' in parsed) return undefined
          if (parsed.ids.length === 0) return dimension === 'legalBasis' ? [] : undefined
          return isMany || parsed.ids.length === 1 ? parsed.ids : undefined
        },
        words.notAChoice,
      ).then((ids) => ids ?? undefined)
    },
    tellTaken: (dimension, { label }) => {
      for (const line of lines.wrap(words.taken(DIMENSION_WORDS[dimension][language], label))) person.show(line)
    },
  }
}

/** Asks the questions that matter one at a time, the first one first, and shows after each answer where things are. */
export function createTerminalInterview(
  person: Person,
  lines: AdviceLines,
  { policies }: PolicyList,
  language: Language,
): Interview {
  const words = WORDS[language]
  let isFirst = true
  const kept = new Set<string>()
  const show = (list: readonly string[]) => {
    for (const line of list) person.show(line)
  }

  async function askQuestion(answer: CheckAnswer, statements: Statements) {
    const [question] = answer.openQuestions
    const answered =
      Object.keys(statements.circumstances).length +
      statements.assessments.length +
      statements.declined.length +
      statements.unknown.length
    show(lines.ask(question!, answered + 1, answer.openQuestions.length - 1))
    show(lines.wrap(words.replies(answered > 0)))
    const reply = await askUntil(person, '> ', (text) => REPLIES[language][text.toLowerCase()], words.notAReply)
    if (reply === undefined || reply === 'stop') return undefined
    return reply === 'back' ? reply : withReply(statements, question!, reply)
  }

  /** One refused field refuses everything: the rest may be what is needed. */
  async function offerToLeaveOut({ decision }: CheckAnswer, statements: Statements) {
    const fields = decision.dataSubjects[0]!.fields
    const refused = fields.filter(({ release }) => release === 'weigeren').map(({ field }) => field)
    if (refused.length === 0 || refused.length === fields.length || kept.has(refused.join())) return undefined
    kept.add(refused.join())
    show(lines.wrap(words.leaveOut(lines.fields(refused))))
    const reply = await askUntil(
      person,
      `${words.yesNo} > `,
      (text) => REPLIES[language][text.toLowerCase()],
      words.notAReply,
    )
    return reply === 'yes'
      ? { ...statements, fields: statements.fields.filter((field) => !refused.includes(field)) }
      : undefined
  }

  async function chooseBasis({ options = [] }: CheckAnswer, statements: Statements) {
    const choices = options.map(({ legalBasis }) => ({
      id: legalBasis,
      label: policies.find(({ id }) => id === legalBasis)?.title ?? legalBasis,
    }))
    if (choices.length < 2) return choices[0] && { ...statements, legalBasis: choices[0].id }
    show(['', ...lines.wrap(words.basisQuestion)])
    for (const [at, { label }] of choices.entries()) {
      show(lines.wrap(label, `${String(at + 1).padStart(4)}  `))
      const gets = options[at]!.decision.dataSubjects[0]!.fields.filter(isOfUse).map(({ field }) => field)
      show(lines.wrap(lines.fields(gets), '        '))
    }
    const legalBasis = await askUntil(
      person,
      words.pickBasis,
      (text) => {
        if (text === '') return bestBasis(options)
        if (/^(s|stop)$/i.test(text)) return ''
        const parsed = parseChoice(text, choices)
        return 'ids' in parsed && parsed.ids.length === 1 ? parsed.ids[0] : undefined
      },
      words.notAChoice,
    )
    return legalBasis ? { ...statements, legalBasis } : undefined
  }

  return {
    async next(answer, statements) {
      if (isFirst) show([...lines.wrap(words.intro), '', words.now, ...lines.explain(answer.decision)])
      else show(['', ...lines.summarise(answer.decision)])
      isFirst = false
      if (answer.openQuestions.length > 0) return askQuestion(answer, statements)
      return (
        (await offerToLeaveOut(answer, statements)) ??
        (statements.legalBasis === undefined ? await chooseBasis(answer, statements) : undefined)
      )
    },
  }
}
