import { RECORD_TYPES, type RecordType } from './record.ts'

const MARK = '"type":"'

/**
 * The type of a record, without parsing the rest. In canonical JSON quotes inside text are escaped and members are sorted, and no
 * record has an object after `type`, so the last `"type":` belongs to the record itself.
 *
 * @throws SyntaxError for an unknown type
 */
export function recordTypeOf(text: string): RecordType {
  const start = text.lastIndexOf(MARK) + MARK.length
  const word = text.slice(start, text.indexOf('"', start))
  const type = RECORD_TYPES.find((known) => known === word)
  if (!type) throw new SyntaxError('record: has an unknown type; read it with a newer version')
  return type
}
