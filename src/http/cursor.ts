import { UUID } from '../encoding/uuid.ts'
import { sluisError } from '../errors.ts'
import { INBOX_CURSOR_FORM } from '../exchange/inbox/inbox-page.ts'
import type { LocalisedText } from '../model/language.ts'
import { LOG_CURSOR_FORM } from '../review/log-cursor.ts'
import type { Parameter } from './route.ts'

/** Forms of a cursor: a position in an inbox or in the log, or the id of the last item. */
const CURSOR_FORMS = { inbox: INBOX_CURSOR_FORM, log: LOG_CURSOR_FORM, id: UUID.source } as const
type CursorForm = keyof typeof CURSOR_FORMS

/** The text of the error for a cursor that no answer contained. */
export const CURSOR_INVALID: LocalisedText = {
  nl: '`cursor` is de waarde uit het vorige antwoord; neem die over, of laat `cursor` weg',
  en: '`cursor` is the value of the previous answer; pass that value, or leave `cursor` out',
}

/** The query parameter of a list, oldest first. */
export const cursorParameter = (form: CursorForm): Parameter => ({
  name: 'cursor',
  in: 'query',
  description:
    '`cursor` of the previous page; leave it out to start at the oldest. One of another log, or of before a restore, is refused: start at the oldest again, and skip by `id` what you have',
  required: false,
  schema: { type: 'string', pattern: CURSOR_FORMS[form] },
})

/** The cursor in a query; undefined when absent. @throws SluisError `query-invalid` */
export function readCursor(query: URLSearchParams, form: CursorForm): string | undefined {
  const cursor = query.get('cursor') ?? undefined
  if (cursor === undefined || new RegExp(CURSOR_FORMS[form]).test(cursor)) return cursor
  throw sluisError('query-invalid', CURSOR_INVALID)
}
