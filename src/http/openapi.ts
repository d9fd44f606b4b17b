import { z } from 'zod'
import type { Json } from '../encoding/json.ts'
import { ERROR_CODES, type ErrorCode } from '../errors.ts'
import { SCOPES, type Scope } from '../model/party.ts'
import type { ReportSchemas } from '../report/submission.ts'
import type { Parameter, ReportBodyName, Route, Tag } from './route.ts'
import { wire } from './wire/schemas.ts'

/** Version of the API, as in the `API-Version` header (NL API Design Rules, /core/version-header). */
export const API_VERSION = '1.0.0'

const SCOPE_MEANINGS = {
  'exchange:submit': 'Submit reports and read them back',
  'exchange:check': 'Ask beforehand what would happen',
  'exchange:approve': 'Approve or refuse exchanges that wait; for people only',
  'identity:ask': 'Ask the sender of an exchange for the identity of a person',
  'subject:request': 'Find and erase what was shared about a person, at that person’s request',
  'inbox:read': 'Read and acknowledge deliveries',
  'match:review': 'Confirm or reject that two pseudonyms are one person',
  'audit:read': 'Read the records of the log',
  'policy:write': 'Propose and approve rule sets; for people only',
  'statistics:read': 'Read counts without personal data',
} as const satisfies Record<Scope, string>

const TAG_MEANINGS = {
  exchanges: 'Submit a report, or check beforehand',
  approvals: 'Exchanges that wait for the approval of people',
  deliveries: 'The inbox of a recipient',
  matches: 'Pairs of pseudonyms that may be one person',
  rights: 'Rights of the data subject',
  policies: 'Vocabulary and rules in force',
  statistics: 'Counts without personal data',
  access: 'Authorization API 1.0 (AuthZEN): one decision per field',
  log: 'The log that anybody can verify',
  service: 'State of the gateway',
} as const satisfies Record<Tag, string>

const GUARDED: readonly ErrorCode[] = [
  'token-missing',
  'token-invalid',
  'dpop-invalid',
  'dpop-nonce-required',
  'scope-insufficient',
  'too-many-requests',
]
const BODY: readonly ErrorCode[] = [
  'json-syntax',
  'json-invalid-utf8',
  'json-byte-order-mark',
  'json-duplicate-key',
  'json-forbidden-key',
  'json-lone-surrogate',
  'json-control-character',
  'json-too-deep',
  'member-missing',
  'member-unknown',
  'word-unknown',
  'value-invalid',
  'body-too-large',
  'content-type-unsupported',
]

/** The NL API Design Rules require an address, also of a gateway whose operator gave none. */
const EXAMPLE_CONTACT = 'beheer@sluis.example'

/** The OpenAPI 3.1 document of a route table; the schemas of reports are generated from the vocabulary. */
export function formatOpenApi(options: {
  issuer: string
  routes: readonly Route[]
  schemas: ReportSchemas
  /** E-mail address of the operator. */
  operatorContact?: string
}): Json {
  const { issuer, routes, operatorContact = EXAMPLE_CONTACT } = options
  const paths: Record<string, Record<string, Json>> = {}
  for (const route of routes) {
    const isVersioned = route.path.startsWith('/v1/')
    const path = isVersioned ? route.path.slice('/v1'.length) : route.path
    paths[path] ??= isVersioned
      ? {}
      : { servers: [{ url: issuer, description: 'Outside the versioned API: the log and the state of the service' }] }
    paths[path][route.method] = formatOperation(route)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sluis',
      version: API_VERSION,
      summary: 'Data-sharing gateway for the Dutch organisations that act against human trafficking',
      description:
        'Names of members are English, words of the vocabulary are Dutch. Errors are RFC 9457 problems; their `type` is the address of a page. ' +
        'The rule files are worked examples: a lawyer must confirm them before use with real data.',
      contact: {
        name: 'Operator of this gateway',
        url: `${issuer}/docs`,
        email: operatorContact,
      },
    },
    servers: [{ url: `${issuer}/v1`, description: 'This gateway' }],
    tags: Object.entries(TAG_MEANINGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: {
        ...answerSchemas(),
        ...bodySchemas(options.schemas),
      },
      securitySchemes: {
        oauth: {
          type: 'oauth2',
          description:
            'client_credentials with private_key_jwt (RFC 7523); tokens are bound by DPoP (RFC 9449) and sent as `Authorization: DPoP`',
          flows: {
            clientCredentials: {
              tokenUrl: `${issuer}/oauth/token`,
              scopes: Object.fromEntries(SCOPES.map((scope) => [scope, SCOPE_MEANINGS[scope]])),
            },
          },
        },
      },
    },
  }
}

function formatOperation(route: Route): Json {
  const { schema, contentType = 'application/json', alternatives = [] } = route.answer
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    ...describe(route),
    ...(route.parameters && { parameters: route.parameters.map(formatParameter) }),
    ...(route.body && {
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: reference(route.body),
            ...(route.bodyExample !== undefined && { example: route.bodyExample }),
          },
        },
      },
    }),
    security: route.scope ? [{ oauth: [route.scope] }] : [],
    responses: {
      [route.answer.status]: {
        description: route.answer.description,
        headers: { 'API-Version': { description: 'Version of the API', schema: { type: 'string' } } },
        content: {
          [contentType]: { schema: schema ? reference(schema) : { type: 'string' } },
          ...Object.fromEntries(alternatives.map((type) => [type, { schema: { type: 'string' } }])),
        },
      },
      ...(route.answer.notModified !== undefined && {
        304: {
          description: route.answer.notModified,
          headers: { 'API-Version': { description: 'Version of the API', schema: { type: 'string' } } },
        },
      }),
      ...(route.accepted !== undefined && {
        202: {
          description: route.accepted,
          headers: { 'API-Version': { description: 'Version of the API', schema: { type: 'string' } } },
          content: { [contentType]: { schema: schema ? reference(schema) : { type: 'string' } } },
        },
      }),
      ...formatProblems(route),
    },
  }
}

/** The description of a route, with the limit that its calls count for. */
function describe({ description = '', budget }: Route): { description?: string } {
  const counted = budget === undefined ? '' : `A party may do so many times an hour only (limit \`${budget}\`).`
  const text = [description, counted].filter((part) => part !== '').join(' ')
  return text === '' ? {} : { description: text }
}

const RETRY_AFTER: Json = {
  description: 'Seconds until it makes sense to try again',
  schema: { type: 'integer', minimum: 1 },
}

/** One response for each status, with every problem of that status. */
function formatProblems(route: Route): Record<string, Json> {
  const codes = new Set<ErrorCode>([
    ...(route.scope ? GUARDED : []),
    ...(route.body ? BODY : []),
    ...(route.method === 'post' ? (['content-encoding-unsupported'] as const) : []),
    'header-repeated',
    'query-invalid',
    ...(route.problems ?? []),
    'internal',
  ])
  const byStatus = Map.groupBy(codes, (code) => ERROR_CODES[code].status)
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, group]) => {
        const isRefusal = group.some((code) => code.startsWith('refused-'))
        // Not `oneOf`: a refusal is a problem with more members, so it matches both.
        const schema = isRefusal ? { anyOf: [reference('Refusal'), reference('Problem')] } : reference('Problem')
        return [
          String(status),
          {
            description: group.map((code) => `\`${code}\`: ${ERROR_CODES[code].title.en}`).join('; '),
            ...((status === 429 || status === 503) && { headers: { 'Retry-After': RETRY_AFTER } }),
            content: { 'application/problem+json': { schema } },
          },
        ]
      }),
  )
}

const formatParameter = ({ name, in: place, description, required, schema, example }: Parameter): Json => ({
  name,
  in: place,
  description,
  required,
  schema,
  ...(example !== undefined && { example }),
})

const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })

const bodySchemas = (schemas: ReportSchemas): Readonly<Record<ReportBodyName, Json>> => ({
  Submission: schemas.submissionJsonSchema,
  CheckRequest: schemas.checkJsonSchema,
  IdentityQuestion: schemas.identityQuestionJsonSchema,
  SubjectRequest: schemas.subjectRequestJsonSchema,
})

function answerSchemas(): Record<string, Json> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(wire)) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}` })
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutDialect(schema as Json)]))
}

/** An OpenAPI 3.1 document states the dialect and the place of its schemas once, for all of them. */
function withoutDialect(schema: Json): Json {
  if (schema === null || typeof schema !== 'object' || Array.isArray(schema)) return schema
  const { $schema: _dialect, $id: _id, ...rest } = schema as Record<string, Json>
  return rest
}
