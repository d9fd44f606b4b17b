import { bestBasis } from '../../policy/amount-passing.ts'
import { CommandError } from '../terminal/failure.ts'
import type { CheckAnswer, CheckApi } from './gateway-answers.ts'
import { formCheckBody, isAnswered, isOfUse, type Statements } from './statements.ts'

/** More than every word of a vocabulary and every way back from it; the person at the terminal may go back and forth. */
export const MAX_ROUNDS = 300

/** Decides what is known after an answer of the gateway. */
export interface Interview {
  /** The statements with one thing more; `back` takes the last one away; undefined ends. */
  next(answer: CheckAnswer, statements: Statements): Promise<Statements | 'back' | undefined>
}

/** What came out: the last answer of the gateway, and what can be sent. */
export interface Finding {
  readonly statements: Statements
  /** About every requested field, with the plans and questions that are left; what was not known counts as a question. */
  readonly answer: CheckAnswer
  /** The statements to send, without the fields that would stay anyway; absent when nothing would pass. */
  readonly toSend?: { readonly statements: Statements; readonly answer: CheckAnswer }
}

/**
 * Asks the gateway after each statement what it changes, until the interview ends, and works out what can be sent. Nothing is
 * sent, and no value of a field is known here.
 *
 * @throws CommandError when the questions have no end
 * @param remember receives the statements before each call, so that a failure does not lose them
 */
export async function findOut(
  api: Pick<CheckApi, 'check'>,
  start: Statements,
  interview: Interview,
  remember: (statements: Statements) => void,
): Promise<Finding> {
  const answers = new Map<Statements, CheckAnswer>()
  const history = [start]
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const statements = history.at(-1)!
    remember(statements)
    const answer =
      answers.get(statements) ??
      (await api.check(formCheckBody(statements, [...statements.unknown, ...statements.declined])))
    answers.set(statements, answer)
    if (answer.openQuestions.some(({ word }) => isAnswered(statements, word))) throw asksWithoutEnd()
    const next = await interview.next(answer, statements)
    if (next === undefined) break
    if (next !== 'back') history.push(next)
    else if (history.length > 1) history.pop()
    if (round === MAX_ROUNDS - 1) throw asksWithoutEnd()
  }
  return conclude(api, history.at(-1)!, answers)
}

/** A gateway asks a word once, and there are fewer words than rounds. */
const asksWithoutEnd = (): CommandError =>
  new CommandError({
    nl: 'er komt geen eind aan de vragen van deze gateway; controleer het adres (SLUIS_ISSUER) en vraag de beheerder',
    en: 'the questions of this gateway have no end; check the address (SLUIS_ISSUER), and ask the operator',
  })

async function conclude(
  api: Pick<CheckApi, 'check'>,
  stated: Statements,
  answers: ReadonlyMap<Statements, CheckAnswer>,
): Promise<Finding> {
  const options = answers.get(stated)?.options ?? []
  const basis = stated.legalBasis ?? bestBasis(options)
  const statements = basis === undefined ? stated : { ...stated, legalBasis: basis }
  const known = statements === stated && stated.unknown.length === 0 ? answers.get(stated) : undefined
  const answer = known ?? (await api.check(formCheckBody(statements, statements.declined)))
  const fields = answer.decision.dataSubjects[0]!.fields.filter(isOfUse).map(({ field }) => field)
  if (basis === undefined || fields.length === 0) return { statements, answer }
  if (fields.length === statements.fields.length && answer.decision.outcome !== 'geweigerd')
    return { statements, answer, toSend: { statements, answer } }
  const less = { ...statements, fields }
  const sent = await api.check(formCheckBody(less, less.declined))
  return {
    statements,
    answer,
    ...(sent.decision.outcome !== 'geweigerd' && { toSend: { statements: less, answer: sent } }),
  }
}
