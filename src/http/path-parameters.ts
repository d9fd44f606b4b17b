import { UUID } from '../encoding/uuid.ts'
import { notFound, type Parameter, type Route } from './route.ts'

const WHOLE_NUMBER = /^(?:0|[1-9]\d{0,15})$/

/**
 * Refuses an address with a part that its schema in the API description does not allow: there cannot be anything under it. Before
 * anything is spent or recorded, so that no such text comes near the log.
 *
 * @throws SluisError `not-found`
 */
export function refuseUnfitPath({ parameters = [] }: Route, values: Readonly<Record<string, string>>): void {
  for (const parameter of parameters) {
    if (parameter.in === 'path' && !fits(parameter, values[parameter.name] ?? '')) throw notFound()
  }
}

function fits({ schema }: Parameter, text: string): boolean {
  const { type, format, pattern, minimum, maximum, maxLength } = Object(schema) as PathSchema
  if (type === 'integer') {
    return WHOLE_NUMBER.test(text) && Number(text) >= (minimum ?? 0) && Number(text) <= (maximum ?? MOST)
  }
  if (format === 'uuid') return UUID.test(text)
  return (pattern === undefined || new RegExp(pattern).test(text)) && text.length <= (maxLength ?? MOST)
}

const MOST = Number.MAX_SAFE_INTEGER

interface PathSchema {
  readonly type: 'string' | 'integer'
  readonly format?: 'uuid'
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
}
