import { formatCanonicalJson } from '../../encoding/canonical-json.ts'
import type { AuditRecord } from './record.ts'
import { recordSchema } from './schema.ts'

/**
 * Reads a record that was verified to be in the log.
 *
 * @throws SyntaxError when it is not canonical JSON (RFC 8785) or not a record of a known type and version
 */
export function parseRecord(text: string): AuditRecord {
  const value: unknown = JSON.parse(text)
  const result = recordSchema.safeParse(value)
  if (!result.success) {
    throw new SyntaxError('record: has an unknown type, version or member; read it with a newer version')
  }
  // A record has one form: a duplicate key could show an auditor something else than it showed the gateway.
  if (formatCanonicalJson(result.data) !== text) {
    throw new SyntaxError('record: is not canonical JSON; the gateway never writes that')
  }
  return result.data
}
