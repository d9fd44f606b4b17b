import { sluisError } from '../errors.ts'
import type { Parameter } from './route.ts'

const IDEMPOTENCY_KEY = '^[\\x21-\\x7e]{1,128}$'

/** The header by which a request takes effect once, however often it is sent. */
export const idempotencyKeyParameter = (what: string): Parameter => ({
  name: 'Idempotency-Key',
  in: 'header',
  description: `Chosen by you, a new one for every ${what}: 1 to 128 printable ASCII characters, for example a UUID`,
  required: true,
  schema: { type: 'string', pattern: IDEMPOTENCY_KEY },
  example: '7f6c8f8e-4a53-4d1e-9f54-6f0a4f1f9c11',
})

/** @throws SluisError `idempotency-key-missing` */
export function readIdempotencyKey(request: Request): string {
  const key = request.headers.get('idempotency-key') ?? ''
  if (new RegExp(IDEMPOTENCY_KEY).test(key)) return key
  throw sluisError('idempotency-key-missing', {
    nl: 'stuur een `Idempotency-Key` mee van 1 tot 128 afdrukbare ASCII-tekens, voor elk bericht een nieuwe',
    en: 'send an `Idempotency-Key` of 1 to 128 printable ASCII characters, a new one for every body',
  })
}
