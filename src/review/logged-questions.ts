import { type CheckRecord, type ExchangeRecord, parseExchangeQuestion } from '../audit/record/exchange.ts'
import { parseRecord } from '../audit/record/parse.ts'
import { parseUtf8 } from '../encoding/bytes.ts'
import type { Question } from '../model/decision.ts'

/** A question in the log, and its record. */
export interface LoggedQuestion {
  readonly record: ExchangeRecord | CheckRecord
  readonly question: Question
}

/**
 * The questions in the log, oldest first. Records of other types are skipped.
 * @throws SyntaxError for a text that is no record of this version
 */
export async function* readLoggedQuestions(
  records: AsyncIterable<Uint8Array>,
): AsyncGenerator<LoggedQuestion, undefined> {
  for await (const bytes of records) {
    const record = parseRecord(parseUtf8(bytes))
    if (record.type === 'exchange' || record.type === 'check') yield { record, question: parseExchangeQuestion(record) }
  }
}
