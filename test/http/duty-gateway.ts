import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect } from 'vitest'
import type { z } from 'zod'
import type { Client } from '../../src/auth/client.ts'
import type { Json } from '../../src/encoding/json.ts'
import { type WireName, wire } from '../../src/http/wire/schemas.ts'
import type { PolicyText } from '../../src/policy/files/load.ts'
import { dutySet } from '../exchange/duty-set.ts'
import { startTestGateway, type TestGateway } from '../start-gateway.ts'

export interface DutyGateway extends TestGateway {
  readonly policyFolder: string
}

/** A real gateway under the made-up law. */
export async function startDutyGateway(settings: Readonly<Record<string, string>> = {}): Promise<DutyGateway> {
  const policyFolder = mkdtempSync(join(tmpdir(), 'sluis-duty-set-'))
  writeSet(policyFolder, dutySet())
  const gateway = await startTestGateway({ SLUIS_POLICIES: policyFolder, ...settings })
  return {
    ...gateway,
    policyFolder,
    async stop() {
      await gateway.stop()
      rmSync(policyFolder, { recursive: true })
    },
  }
}

export function writeSet(folder: string, texts: readonly PolicyText[]): void {
  mkdirSync(folder, { recursive: true })
  for (const { path, text } of texts) writeFileSync(join(folder, basename(path)), text)
}

export const post = (
  client: Client,
  path: string,
  body?: Json,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  client.request('POST', path, {
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

export const submit = (client: Client, report: Json): Promise<Response> =>
  post(client, '/v1/exchanges', report, { 'idempotency-key': crypto.randomUUID() })

/** An answer with a status, which is exactly what its schema says and no member more. */
export async function readAs<Name extends WireName>(
  name: Name,
  status: number,
  response: Response,
): Promise<z.infer<(typeof wire)[Name]>> {
  const body: unknown = await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  const parsed = wire[name].parse(body) as z.infer<(typeof wire)[Name]>
  expect(parsed).toEqual(body)
  return parsed
}

/** Status and code of a problem. */
export async function readProblem(response: Response): Promise<string> {
  const { type } = await readAs('Problem', response.status, response)
  return `${response.status} ${type.replace('/problems/', '')}`
}
