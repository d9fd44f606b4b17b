import type { Gateway } from '../../exchange/gateway.ts'
import type { ExchangeHistory } from '../../exchange/receipts.ts'
import { findArchivedSet } from '../../exchange/rule-sets/archived.ts'
import { formStatement } from '../../exchange/statement.ts'
import type { Language } from '../../model/language.ts'
import { contentSecurityPolicy } from '../headers.ts'
import { RULES_WARNING } from './rules-warning.ts'
import { statementPage } from './statement-page.ts'
import { STATEMENT_STYLE_SOURCE } from './statement-style.ts'

/** The statement of an exchange as a page, in the words of the rule set of its moment. */
export async function statementResponse(
  gateway: Gateway,
  history: ExchangeHistory,
  language: Language,
): Promise<Response> {
  const policySet = await findArchivedSet(gateway, history.exchange.decision.policyHash)
  const statement = formStatement(history, policySet, language)
  const madeAt = gateway.clock().toISOString()
  return new Response(statementPage({ statement, madeAt, warning: RULES_WARNING, language }), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': language,
      'content-security-policy': contentSecurityPolicy(STATEMENT_STYLE_SOURCE),
    },
  })
}
