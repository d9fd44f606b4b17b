import type { Decision, FieldDecision } from '../../model/decision.ts'

/** Who wants to give what to whom, and why: everything of a question about one person but the facts. */
export interface Choices {
  readonly recipient: string
  readonly purpose: string
  /** Absent while the answers decide on which legal basis the most passes. */
  readonly legalBasis?: string
  readonly role: string
  readonly fields: readonly string[]
}

/** A question with what was answered so far. Words and names of fields only. */
export interface Statements extends Choices {
  readonly circumstances: Readonly<Record<string, boolean>>
  readonly assessments: readonly string[]
  /** Assessments that nobody declares. */
  readonly declined: readonly string[]
  /** Words of which the answer is not known. */
  readonly unknown: readonly string[]
}

export type Reply = 'yes' | 'no' | 'unknown'

export const withoutAnswers = (choices: Choices): Statements => ({
  ...choices,
  circumstances: {},
  assessments: [],
  declined: [],
  unknown: [],
})

/** The statements with one more answer. Not knowing states nothing, and neither does an assessment that nobody declares. */
export function withReply(
  statements: Statements,
  { kind, word }: { readonly kind: 'circumstance' | 'assessment'; readonly word: string },
  reply: Reply,
): Statements {
  if (reply === 'unknown') return { ...statements, unknown: [...statements.unknown, word] }
  if (kind === 'circumstance')
    return { ...statements, circumstances: { ...statements.circumstances, [word]: reply === 'yes' } }
  return reply === 'yes'
    ? { ...statements, assessments: [...statements.assessments, word] }
    : { ...statements, declined: [...statements.declined, word] }
}

/** Whether something was said about a word, if only that it is not known. */
export const isAnswered = ({ circumstances, assessments, declined, unknown }: Statements, word: string): boolean =>
  Object.hasOwn(circumstances, word) || [assessments, declined, unknown].some((words) => words.includes(word))

/** The body of `_check`. @param setAside words that no question or plan of the answer may use */
export function formCheckBody(
  { recipient, purpose, legalBasis, role, fields, circumstances, assessments }: Statements,
  setAside: readonly string[],
): object {
  return {
    recipient,
    purpose,
    ...(legalBasis !== undefined && { legalBasis }),
    ...(setAside.length > 0 && { setAside }),
    dataSubjects: [{ role, circumstances, assessments, fields }],
  }
}

/** Whether the recipient gets a field, or the gateway uses it to recognise the person. */
export const isOfUse = ({ release, link }: Pick<FieldDecision, 'release' | 'link'>): boolean =>
  release === 'verstrekken' || release === 'generaliseren' || (link && release !== 'weigeren')

/** Whether the recipient gets everything that was asked for, in whatever detail. */
export const passesWhole = ({ outcome, dataSubjects }: Decision): boolean =>
  outcome !== 'geweigerd' &&
  dataSubjects.every(({ fields }) =>
    fields.every(({ release }) => release === 'verstrekken' || release === 'generaliseren'),
  )
