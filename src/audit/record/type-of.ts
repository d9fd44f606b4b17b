import { RECORD_TYPES, type RecordType } from './record.ts'

const MARK = '"type":"'

/**
 * The type of a record as the log holds it, without reading the rest of it. In canonical JSON a quote inside of a text is
 * escaped and members are sorted, and no record has a member after `type` that holds another one; so the last mark is its own.
 *
 * @throws SyntaxError when it is the record of no known type
 */
export function recordTypeOf(text: string): RecordType {
  const start = text.lastIndexOf(MARK) + MARK.length
  const word = text.slice(start, text.indexOf('"', start))
  const type = RECORD_TYPES.find((known) => known === word)
  if (!type) throw new SyntaxError('record: has an unknown type; read it with a newer version')
  return type
}
