import { Ajv2020 } from 'ajv/dist/2020.js'
import { formatRecordJsonSchema } from '../../../src/audit/record/json-schema.ts'
import { parseUtf8 } from '../../../src/encoding/bytes.ts'
import type { LogReader } from '../../../src/ports/store.ts'

const PAGE = 256

/** Does a record fit the schema that is published? Compiled once. */
export const fitsPublishedSchema = new Ajv2020({ strict: true }).compile(formatRecordJsonSchema() as object)

/** Indexes and faults of the records of a log that do not fit the schema that is published. */
export async function findUnfitRecords(log: LogReader): Promise<readonly string[]> {
  const treeSize = (await log.checkpoint())?.treeSize ?? 0
  const unfit: string[] = []
  for (let start = 0; start < treeSize; start += PAGE) {
    const page = await log.records(start, Math.min(start + PAGE, treeSize))
    for (const [offset, bytes] of page.entries()) {
      if (!fitsPublishedSchema(JSON.parse(parseUtf8(bytes))))
        unfit.push(`${start + offset}: ${JSON.stringify(fitsPublishedSchema.errors)}`)
    }
  }
  return unfit
}
