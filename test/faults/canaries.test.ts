import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Client, createClient } from '../../src/auth/client.ts'
import { DATA_FILES } from '../../src/boot/key-files.ts'
import { ensurePartyKeys, readPartyKeys } from '../../src/cli/party/party-folder.ts'
import type { Json } from '../../src/encoding/json.ts'
import { addressesOf } from '../../src/http/route.ts'
import { ROUTES } from '../../src/http/routes/table.ts'
import { copyDatabase } from '../../src/storage/files/database-copy.ts'
import { findSpelled, KIND_DATA, KIND_MARKS, SPELLINGS } from '../exchange/canaries.ts'
import { policeReport } from '../exchange/reports.ts'
import { TEST_PEOPLE } from '../start-gateway.ts'
import { type Attempt, MARKED_HEADERS, properAttempt, TRACES, wrongAttempts } from './canary-attempts.ts'
import { answerTo, type CanaryWorld, casesOf, proposalOf, questionOf, reportOf } from './canary-cases.ts'
import { createSite, type Site, startChild } from './child-gateway.ts'

/**
 * Canaries on every route: values of every kind by which somebody can be recognised, in every place that a client can fill, rightly
 * and wrongly, and then looked for in everything that the gateway leaves behind or says.
 */

const PEOPLE = ['nla-opsporing', 'nationaal-rapporteur', ...TEST_PEOPLE]
const SETTINGS = { SLUIS_SUBJECT_REQUESTS_PER_HOUR: '100000', SLUIS_REPORTS_PER_HOUR: '100000' }

/** Answers, each once: what they hold and where they came from. */
type Answers = Map<string, string>

test('every route has a case among the canaries', () => {
  const cases = casesOf({ held: ['', ''], proposals: ['', ''] } as unknown as CanaryWorld, {})
  expect(ROUTES.map(({ operationId }) => operationId).filter((id) => !(id in cases))).toEqual([])
})

test('no identifying value is in any output, or stays behind', { timeout: 180_000 }, async () => {
  const site = await createSite()
  for (const party of PEOPLE)
    await ensurePartyKeys(site.partyFolder, join(site.dataFolder, DATA_FILES.partyKeys), party)
  const gateway = await startChild(site, SETTINGS)
  const clients = await connectAll(site)
  const as = (party: string) => clients.get(party) ?? expect.fail(`${party} has no client`)
  const answers: Answers = new Map()
  const keep = async (where: string, response: Response) => {
    const bytes = Buffer.from(await response.arrayBuffer())
    const text = bytes.toString('latin1')
    const headers = JSON.stringify([...response.headers].filter(([name]) => name !== 'date'))
    if (!answers.has(text)) answers.set(text, where)
    if (!answers.has(headers)) answers.set(headers, `${where} (headers)`)
    return bytes.toString('utf8')
  }
  const send = async (client: Client | undefined, { method, path, headers, body }: Attempt) => {
    const options = { headers, ...(body !== undefined && { body }) }
    return client ? client.request(method, path, options) : fetch(site.issuer + path, { method, ...options })
  }

  const world = await createWorld(as)
  const cases = casesOf(world, KIND_DATA)
  let sent = 0
  for (const route of ROUTES) {
    const { operationId, scope } = route
    const one = cases[operationId]!
    const client = one.as === undefined ? undefined : as(one.as)
    const note = async (attempt: Attempt, response: Response) => {
      sent++
      expect(response.status, `${operationId} ${attempt.path} ${attempt.body?.slice(0, 200)}`).toBeLessThan(500)
      if (one.echoes === undefined) await keep(operationId, response)
      else await response.body?.cancel()
    }
    for (const [index, address] of addressesOf(route).entries()) {
      const proper = properAttempt(route, address, one, `${operationId}-${index}`)
      const marked = { ...proper, headers: { ...MARKED_HEADERS, traceparent: TRACES[0]!, ...proper.headers } }
      const response = await send(client, marked)
      const text = response.status === (one.status ?? 200) ? '' : await response.clone().text()
      expect({ operationId, status: response.status, text }).toEqual({
        operationId,
        status: one.status ?? 200,
        text: '',
      })
      await note(marked, response)
      if (scope) {
        // Nobody, and somebody who may not.
        const anonymous = { ...marked.headers, authorization: `DPoP ${KIND_MARKS[0]}`, dpop: KIND_MARKS[2]! }
        await note(marked, await send(undefined, { ...marked, headers: anonymous }))
        const other = as(scope === 'audit:read' ? 'fier' : 'toezichthouder')
        await note(marked, await send(other, marked))
      }
      for (const attempt of wrongAttempts(route, address, one)) await note(attempt, await send(client, attempt))
    }
  }
  for (const attempt of strayAttempts()) {
    sent++
    await keep(attempt.path, await send(undefined, attempt))
  }
  await askForTokens(site, keep)

  // What auditors and parties get to see of all this.
  const auditor = as('toezichthouder')
  const read = async (method: 'GET' | 'POST', path: string, body?: Json) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' }
    const response = await auditor.request(method, path, {
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    expect(response.status, path).toBe(200)
    return keep(path, response)
  }
  for (const format of ['ndjson', 'csv', 'logboek']) await read('POST', '/v1/log/records/_export', { format })
  await read('GET', `/v1/log/report?month=${new Date().toISOString().slice(0, 7)}`)
  const size = Number((await read('GET', '/checkpoint')).split('\n')[1])
  for (let tile = 0; tile * 256 < size; tile++) {
    const width = Math.min(256, size - tile * 256)
    const index = `${String(tile).padStart(3, '0')}${width < 256 ? `.p/${width}` : ''}`
    await read('GET', `/tile/entries/${index}`)
    await read('GET', `/tile/0/${index}`)
  }
  // A record for every attempt that got as far as one, and the proofs of the newest.
  expect(size).toBeGreaterThan(200)
  for (let leafIndex = size - 20; leafIndex < size; leafIndex++) await read('GET', `/v1/log/records/${leafIndex}`)

  const sinks = new Map<string, Buffer>([['output', Buffer.from(gateway.output())]])
  for (const [text, where] of answers) {
    const before = sinks.get(`answers of ${where}`) ?? Buffer.alloc(0)
    sinks.set(`answers of ${where}`, Buffer.concat([before, Buffer.from(`${text}\n`, 'latin1')]))
  }
  copyDatabase(site.databasePath, join(site.dataFolder, 'kopie.sqlite'))
  addFiles(sinks, 'running', site.dataFolder)
  expect([...sinks.keys()]).toEqual(expect.arrayContaining(['running sluis.sqlite', 'running sluis.sqlite-wal']))
  await gateway.kill()
  addFiles(sinks, 'killed', site.dataFolder)

  const hits = [...sinks].flatMap(([sink, content]) => findSpelled(content).map((mark) => `${mark} in ${sink}`))
  expect({ sent, hits }).toEqual({ sent, hits: [] })
})

/** A world in which every route has something to say, made over HTTP. */
async function createWorld(as: (party: string) => Client): Promise<CanaryWorld> {
  let keys = 0
  const call = async <Answer>(party: string, method: 'GET' | 'POST', path: string, body?: Json): Promise<Answer> => {
    const response = await as(party).request(method, path, {
      headers: { 'content-type': 'application/json', 'idempotency-key': `999990639-${keys++}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    expect(response.ok, `${path} ${response.status} ${text.slice(0, 500)}`).toBe(true)
    return JSON.parse(text) as Answer
  }
  const submit = async (party: string, report: Json) =>
    (await call<{ id: string }>(party, 'POST', '/v1/exchanges', report)).id
  const exchange = await submit('politie', reportOf(KIND_DATA))
  const other = await submit('politie', reportOf(KIND_DATA))
  await submit('politie', policeReport())
  await submit('politie', policeReport({ achternaam: 'Exempel' }))
  const { matches } = await call<{ matches: { id: string }[] }>('comensha', 'GET', '/v1/matches?status=possible')
  const { deliveries } = await call<{ deliveries: { id: string }[] }>('comensha', 'GET', '/v1/deliveries')
  const asked = await call<{ id: string }>('comensha', 'POST', `/v1/exchanges/${exchange}/_ask-identity`, questionOf)
  const { voornaam, achternaam } = KIND_DATA
  const answer = () => submit('politie', answerTo(asked.id, { voornaam: voornaam!, achternaam: achternaam! }))
  const propose = async (explanation: string) =>
    (
      await call<{ sourceHash: string }>(
        'politie.functionaris-1',
        'POST',
        '/v1/policy-proposals',
        proposalOf(explanation),
      )
    ).sourceHash
  const { policyHash } = await call<{ policyHash: string }>('politie', 'GET', '/v1/policies')
  const { cursor } = await call<{ cursor: string }>('toezichthouder', 'POST', '/v1/log/records/_search', { limit: 20 })
  return {
    exchange,
    other,
    delivery: deliveries[0]!.id,
    match: matches[0]!.id,
    held: [await answer(), await answer()],
    policyHash,
    logCursor: cursor,
    proposals: [await propose('Eerste'), await propose('Tweede')],
  }
}

async function connectAll(site: Site): Promise<ReadonlyMap<string, Client>> {
  const names = ['politie', 'fier', 'comensha', 'toezichthouder', ...PEOPLE]
  return new Map(await Promise.all(names.map(async (name) => [name, await site.connect(name)] as const)))
}

/** Addresses and methods that no route has. */
function* strayAttempts(): Generator<Attempt> {
  for (const mark of KIND_MARKS) {
    const path = encodeURIComponent(mark)
    for (const address of [
      `/${path}`,
      `/v1/${path}`,
      `/problems/${path}`,
      `/docs?${path}`,
      `/openapi.json?x=${path}`,
    ]) {
      yield { method: 'GET', path: address, headers: MARKED_HEADERS }
    }
  }
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']) {
    for (const { path } of ROUTES) {
      const address = path.replaceAll(/\{\w+\}/g, '999990639')
      const body = method === 'HEAD' || method === 'OPTIONS' ? {} : { body: KIND_MARKS.join() }
      yield { method, path: address, headers: MARKED_HEADERS, ...body }
    }
  }
}

/** The token endpoint and the proofs: ids of a client's own choosing, and forms that are wrong. */
async function askForTokens(site: Site, keep: (where: string, response: Response) => Promise<string>): Promise<void> {
  const url = `${site.issuer}/oauth/token`
  const signingKey = readPartyKeys(site.partyFolder, 'politie').signing
  for (const mark of KIND_MARKS) {
    let ids = 0
    const client = await createClient({
      issuer: site.issuer,
      party: 'politie',
      signingKey,
      fetch: (request) => fetch(request),
      now: () => new Date(),
      // Where the ids of assertions and proofs come from.
      random: () => new TextEncoder().encode(`${mark}${ids++}`),
    })
    const response = await client.request('GET', '/v1/vocabulary')
    expect(response.status).toBe(200)
    await response.body?.cancel()
    const forms: readonly Record<string, string>[] = [
      { grant_type: mark },
      { grant_type: 'client_credentials', client_id: mark, client_assertion: mark, scope: mark },
      {
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: `${Buffer.from('{"alg":"EdDSA"}').toString('base64url')}.${Buffer.from(JSON.stringify({ sub: mark, iss: mark })).toString('base64url')}.x`,
      },
      { [mark]: mark },
    ]
    for (const form of forms) {
      const headers = { ...MARKED_HEADERS, dpop: encodeURIComponent(mark) }
      await keep(url, await fetch(url, { method: 'POST', headers, body: new URLSearchParams(form) }))
    }
    await keep(url, await fetch(`${url}?${encodeURIComponent(mark)}`, { method: 'POST', body: mark }))
  }
}

function addFiles(sinks: Map<string, Buffer>, moment: string, folder: string): void {
  for (const { parentPath, name } of readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  )) {
    sinks.set(`${moment} ${name}`, readFileSync(join(parentPath, name)))
  }
}

test('a canary that does leak would be found', () => {
  const around = crypto.getRandomValues(new Uint8Array(4096))
  const isSeen = (value: string, hidden: string) =>
    findSpelled(Buffer.concat([around, Buffer.from(hidden), around])).includes(value)
  for (const { value } of SPELLINGS) {
    for (const hidden of [
      value,
      value.normalize('NFD'),
      value.toUpperCase(),
      value.toLowerCase(),
      JSON.stringify(JSON.stringify({ value })),
      Buffer.from(value).toString('hex'),
      encodeURIComponent(value),
    ]) {
      expect(isSeen(value, hidden), `${value} as ${hidden}`).toBe(true)
    }
    for (const lead of ['', 'a', 'ab']) {
      for (const form of ['base64', 'base64url'] as const) {
        expect(isSeen(value, Buffer.from(`${lead}${value}tail`).toString(form)), `${value} in ${form}`).toBe(true)
      }
    }
  }
  expect(findSpelled(around)).toEqual([])
})
