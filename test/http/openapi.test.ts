import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ERROR_CODES } from '../../src/errors.ts'
import { submissionExample } from '../../src/http/examples.ts'
import { API_VERSION } from '../../src/http/openapi.ts'
import { ROUTES } from '../../src/http/routes/table.ts'
import { wire } from '../../src/http/wire/schemas.ts'
import { SCOPES } from '../../src/model/party.ts'
import { startTestGateway, type TestGateway } from '../start-gateway.ts'

const RULESET = '../shared/data/adr/linter.yaml'
const SPECTRAL = 'node_modules/@stoplight/spectral-cli/dist/index.js'

interface Operation {
  readonly operationId: string
  readonly security: readonly Record<string, readonly string[]>[]
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Record<string, unknown>> }>
  >
}
interface Document {
  readonly openapi: string
  readonly info: { readonly version: string }
  readonly servers: readonly { readonly url: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
}

let gateway: TestGateway
let text: string
let document: Document

beforeAll(async () => {
  gateway = await startTestGateway()
  const response = await fetch(`${gateway.issuer}/openapi.json`)
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  text = await response.text()
  document = JSON.parse(text) as Document
})
afterAll(() => gateway.stop())

/** Address, method and operation of everything in the document. */
const operations = () =>
  Object.entries(document.paths).flatMap(([path, { servers, ...methods }]) => {
    const [server] = (servers as Document['servers'] | undefined) ?? document.servers
    return Object.entries(methods).map(([method, operation]) => ({
      method,
      address: server!.url + path,
      operation: operation as Operation,
    }))
  })

describe('the OpenAPI document', () => {
  test.skipIf(!existsSync(RULESET))(
    `has nothing that the ruleset of the NL API Design Rules objects to${existsSync(RULESET) ? '' : ' (skipped: ../shared/data/adr is absent)'}`,
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'sluis-openapi-'))
      const path = join(folder, 'openapi.json')
      // In use a TLS proxy stands in front, and the address says so; the rules ask for it.
      writeFileSync(path, text.replaceAll(gateway.issuer, 'https://sluis.example'))
      const lint = (ruleset: string, file: string) =>
        promisify(execFile)(process.execPath, [
          SPECTRAL,
          'lint',
          file,
          '--ruleset',
          ruleset,
          '--format',
          'json',
          '--quiet',
        ])
      const { stdout } = await lint(RULESET, path).catch((error: { stdout: string }) => error)
      expect(JSON.parse(stdout)).toEqual([])
      // The same run does object to a document that breaks a rule.
      writeFileSync(path, readFileSync(path, 'utf8').replace('"/vocabulary"', '"/Vocabulary_/"'))
      const broken = await lint(RULESET, path).catch((error: { stdout: string }) => error)
      expect(JSON.parse(broken.stdout)).not.toEqual([])
      rmSync(folder, { recursive: true })
    },
  )

  test('the OpenAPI document states what it is and its version', async () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/)
    expect(document.info.version).toBe(API_VERSION)
    expect((await fetch(`${gateway.issuer}/healthz`)).headers.get('api-version')).toBe(API_VERSION)
  })

  test('the OpenAPI document shows every route of the table and no other', () => {
    const shown = operations().map(({ method, address, operation }) => `${operation.operationId} ${method} ${address}`)
    const served = ROUTES.map(({ operationId, method, path }) => `${operationId} ${method} ${gateway.issuer}${path}`)
    expect(shown.toSorted()).toEqual(served.toSorted())
  })

  test('the OpenAPI document names scope, parameters and answer of every route as the table has them', () => {
    for (const { operation } of operations()) {
      const route = ROUTES.find(({ operationId }) => operationId === operation.operationId)!
      expect(operation.security).toEqual(route.scope ? [{ oauth: [route.scope] }] : [])
      expect((operation.parameters ?? []).map(({ name }) => name)).toEqual(
        (route.parameters ?? []).map(({ name }) => name),
      )
      const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      expect(
        (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name),
      ).toEqual(inPath)
      expect(operation.responses).toHaveProperty([String(route.answer.status)])
    }
    expect(new Set(ROUTES.flatMap(({ scope }) => scope ?? []))).toEqual(new Set(SCOPES))
  })

  test('the OpenAPI document names only problems that exist, under the status they have', () => {
    for (const { operation } of operations()) {
      for (const [status, { description, content = {} }] of Object.entries(operation.responses)) {
        if (!('application/problem+json' in content)) continue
        const codes = [...description.matchAll(/`([a-z0-9-]+)`/g)].map(([, code]) => code!)
        expect(codes.length).toBeGreaterThan(0)
        for (const code of codes)
          expect(ERROR_CODES[code as keyof typeof ERROR_CODES]?.status, code).toBe(Number(status))
      }
    }
  })

  test('the OpenAPI document names the answer 400 of every route, and 304 where a checkpoint is asked for again', async () => {
    for (const { operation } of operations()) expect(operation.responses, operation.operationId).toHaveProperty(['400'])
    const open = operations().filter(({ method, address }) => method === 'get' && !address.includes('{'))
    for (const { address, operation } of open.filter(({ operation }) => operation.security.length === 0)) {
      expect((await fetch(`${address}?unknown=1`)).status, operation.operationId).toBe(400)
      const etag = (await fetch(address)).headers.get('etag')
      if (etag === null) continue
      expect((await fetch(address, { headers: { 'if-none-match': etag } })).status).toBe(304)
      expect(operation.responses, operation.operationId).toHaveProperty(['304'])
    }
  })

  test('an answer 403 matches its schema, whether it is a refusal or another problem', async () => {
    const police = await gateway.connect('politie')
    const refused = await police.request('POST', '/v1/exchanges', {
      headers: { 'content-type': 'application/json', 'idempotency-key': 'refusal' },
      body: JSON.stringify({ ...(submissionExample as object), legalBasis: 'avg-toestemming-comensha' }),
    })
    const denied = await police.request('GET', '/v1/policy-proposals')
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema({ $id: 'openapi', components: document.components })
    const schemaOf = (operationId: string) => {
      const { operation } = operations().find(({ operation }) => operation.operationId === operationId)!
      const { schema } = operation.responses['403']!.content!['application/problem+json'] as { schema: object }
      return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/')) as object
    }
    for (const [response, operationId] of [
      [refused, 'submitExchange'],
      [denied, 'submitExchange'],
      [denied, 'listPolicyProposals'],
    ] as const) {
      expect(response.status).toBe(403)
      const validate = ajv.compile(schemaOf(operationId))
      expect(validate(await response.clone().json()), JSON.stringify(validate.errors)).toBe(true)
    }
  })

  test('the OpenAPI document has every schema that an answer can have, and refers to none that is not there', () => {
    expect(Object.keys(document.components.schemas).toSorted()).toEqual(
      [...Object.keys(wire), 'Submission', 'CheckRequest', 'IdentityQuestion', 'SubjectRequest'].toSorted(),
    )
    for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
      expect(document.components.schemas).toHaveProperty([name!])
    }
    expect([...text.matchAll(/"\$ref":"(?!#\/components\/schemas\/)/g)]).toEqual([])
  })

  test('the OpenAPI document holds every field and circumstance of the vocabulary', () => {
    const { vocabulary } = gateway.gateway.policySet
    const submission = JSON.stringify(document.components.schemas.Submission)
    for (const word of [...vocabulary.fields.keys(), ...vocabulary.circumstances.keys()])
      expect(submission).toContain(`"${word}"`)
  })
})
