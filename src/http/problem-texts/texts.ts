import type { ErrorCode } from '../../errors.ts'
import { BODY_TEXTS } from './body-texts.ts'
import { EXCHANGE_TEXTS } from './exchange-texts.ts'
import type { ProblemText } from './problem-text.ts'
import { REQUEST_TEXTS } from './request-texts.ts'

/** What the page of every problem says. A code without a text does not compile. */
export const PROBLEM_TEXTS: Readonly<Record<ErrorCode, ProblemText>> = {
  ...BODY_TEXTS,
  ...REQUEST_TEXTS,
  ...EXCHANGE_TEXTS,
}
