import type { z } from 'zod'
import { SluisError } from '../errors.ts'
import { formFaults } from '../report/faults.ts'
import { readJson } from './body.ts'

/**
 * A body that fits a wire schema. An error names the members in `memberNames` only.
 * @throws SluisError as `readJson` does, or every fault of the body with its place
 */
export async function readWireBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  memberNames: ReadonlySet<string>,
  maxBytes?: number,
): Promise<z.output<Schema>> {
  const body = await readJson(request, memberNames, maxBytes)
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const [first, ...others] = formFaults(parsed.error.issues, body, { memberNames, membersAt: () => [...memberNames] })
  throw first ? new SluisError([first, ...others]) : parsed.error
}
