import { z } from 'zod'
import type { Json } from '../../encoding/json.ts'
import { MAX_RECORD_BYTES } from './envelope.ts'
import { recordSchema } from './schema.ts'

/** Id of the schema, independent of any gateway: every log of this version has these records. */
export const RECORD_SCHEMA_ID = 'urn:sluis:record:1'

/** The schema of the records of the log, version 1, as JSON Schema 2020-12: what other implementations may rely on. */
export function formatRecordJsonSchema(): Json {
  const { $schema, ...schema } = z.toJSONSchema(recordSchema, {
    target: 'draft-2020-12',
    // `readOnly` in JSON Schema means that a server ignores the member; readonly lists in TypeScript are something else.
    override: ({ jsonSchema }) => {
      delete jsonSchema.readOnly
    },
  }) as Record<string, Json>
  return {
    $schema: $schema!,
    $id: RECORD_SCHEMA_ID,
    title: 'Record of a Sluis log, version 1',
    description: `A record is this value as canonical JSON (RFC 8785), at most ${MAX_RECORD_BYTES} bytes; its leaf hash is that of RFC 6962. It holds words, ids, counts, hashes and salted commitments, and never a value of a report.`,
    ...schema,
  }
}
