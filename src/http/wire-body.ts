import type { z } from 'zod'
import { parseBody } from '../report/body-schema.ts'
import { readJson } from './body.ts'

/**
 * Reads a body that matches a wire schema. Errors name only the members in `memberNames`.
 * @throws SluisError as `readJson` does, or every fault of the body with its pointer
 */
export async function readWireBody<T>(
  request: Request,
  schema: z.ZodType<T>,
  memberNames: ReadonlySet<string>,
  maxBytes?: number,
): Promise<T> {
  const body = await readJson(request, memberNames, maxBytes)
  return parseBody(schema, body, memberNames)
}
