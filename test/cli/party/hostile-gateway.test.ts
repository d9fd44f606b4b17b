import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ensurePartyKeys } from '../../../src/cli/party/party-folder.ts'
import { runSluis } from '../run-sluis.ts'

const folder = mkdtempSync(join(tmpdir(), 'sluis-hostile-'))
const path = (...names: string[]) => join(folder, ...names)
const ID = '01936d2c-0000-7000-8000-000000000001'

type Answer = { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: unknown }
let answers: Record<string, Answer>
let asked: string[]

const server = createServer((request: IncomingMessage, response: ServerResponse) => {
  const address = request.url!.split('?')[0]!
  asked.push(address)
  const { status = 200, headers = {}, body = '' } = answers[address] ?? { status: 404, body: {} }
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
})

beforeAll(async () => {
  await ensurePartyKeys(path('parties'), path('public'), 'comensha')
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  asked = []
  answers = {
    '/oauth/token': { body: { access_token: 'token', token_type: 'DPoP', expires_in: 300 } },
    '/v1/log/key': { headers: { 'content-type': 'text/plain' }, body: 'log.example+12345678+key\n' },
  }
  rmSync(path('inbox'), { recursive: true, force: true })
})

const issuer = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const sluis = (...args: string[]) =>
  runSluis([...args, '--as', 'comensha'], { SLUIS_ISSUER: issuer(), SLUIS_PARTIES: path('parties') })
const pull = () => sluis('inbox', 'pull', '--to', path('inbox'))

const receipt = { leafIndex: 0, record: 'r', proof: 'p' }
const deliveryOf = (id: string) => ({
  id,
  kind: 'notice',
  sender: 'sluis',
  at: '2026-11-22T10:00:00.000Z',
  sealed: 'secret',
  receipt,
  handedOver: receipt,
})

/** The gateway lists this id, and answers to every address with a delivery of that id. */
function offer(listed: string, sent = listed): void {
  answers['/v1/deliveries'] = { body: { deliveries: [{ id: listed }], cursor: '0', hasMore: false } }
  answers[`/v1/deliveries/${listed}`] = { body: deliveryOf(sent) }
}

describe('sluis inbox pull from a gateway that cannot be trusted', () => {
  test.each([
    '../../parties/comensha.jwks',
    '../parties/comensha.jwks',
    '/etc/passwd',
    '..',
    '',
    'CON',
    'nul.json:stream',
    'C:\\Windows\\x',
    `${ID}\n`,
    `${ID}\u0000`,
    ID.toUpperCase(),
    `${ID}/../x`,
  ])('an id that is not a UUID names no file: %j', async (id) => {
    const keys = readFileSync(path('parties', 'comensha.jwks.json'), 'utf8')
    for (const [listed, sent] of [
      [id, id],
      [ID, id],
    ] as const) {
      offer(listed, sent)
      const { code, stdout } = await pull()
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(readdirSync(path('inbox'))).toEqual([])
    }
    expect(readFileSync(path('parties', 'comensha.jwks.json'), 'utf8')).toBe(keys)
    expect(readdirSync(folder).sort()).toEqual(['inbox', 'parties', 'public'])
  })

  test('a link in the folder is never followed', async () => {
    offer(ID)
    mkdirSync(path('inbox'))
    symlinkSync(path('victim'), path('inbox', `${ID}.json`))
    expect(await pull()).toMatchObject({ code: 1, stderr: expect.stringContaining('remove it and pull again') })
    rmSync(path('inbox', `${ID}.json`))

    symlinkSync(path('victim'), path('inbox', '.cursor'))
    expect(await pull()).toMatchObject({ code: 1, stderr: expect.stringContaining('remove it and pull again') })
    rmSync(path('inbox', '.cursor'))

    symlinkSync(path('victim'), path('inbox', '.cursor.draft'))
    expect(await pull()).toMatchObject({ code: 0 })
    expect(existsSync(path('victim'))).toBe(false)
    for (const name of [`${ID}.json`, '.cursor']) {
      const status = lstatSync(path('inbox', name))
      expect([status.isFile(), status.mode & 0o777]).toEqual([true, 0o600])
    }
  })

  test('a cursor that could be part of another address is refused, and pages without end are', async () => {
    for (const page of [
      { deliveries: [], cursor: '1&x=../../', hasMore: true },
      { deliveries: [], cursor: '1\r\nx: y', hasMore: false },
      { deliveries: [], cursor: '1.a', hasMore: true },
    ]) {
      answers['/v1/deliveries'] = { body: page }
      const { code, stderr } = await pull()
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/is not a page of an inbox/) })
    }
  })

  test('the cursor beside the inbox is used at its own gateway and log only', async () => {
    offer(ID)
    mkdirSync(path('inbox'))
    const stored = { issuer: issuer(), verifierKey: 'log.example+12345678+key', cursor: '5.a' }
    for (const text of [
      '5',
      JSON.stringify({ ...stored, issuer: 'https://other.example' }),
      JSON.stringify({ ...stored, verifierKey: 'log.example/2+12345678+key' }),
    ]) {
      writeFileSync(path('inbox', '.cursor'), text)
      expect((await pull()).stderr).toMatch(/^the inbox is of another gateway or log/)
      expect(JSON.parse(readFileSync(path('inbox', '.cursor'), 'utf8'))).toEqual({ ...stored, cursor: '0' })
    }
    writeFileSync(path('inbox', '.cursor'), '5')
    expect((await sluis('inbox', 'pull', '--to', path('inbox'), '--lang', 'nl')).stderr).toBe(
      'de postbus is van een andere gateway of een ander logboek dan de vorige keer, of er is een reservekopie teruggezet; begonnen bij het begin, en opgehaald wat in deze map ontbreekt\n',
    )
    expect(await pull()).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(asked.filter((address) => address === `/v1/deliveries/${ID}`)).toHaveLength(1)
  })
})

describe('a gateway that redirects', () => {
  test.each([301, 302, 303, 307, 308])('a report does not follow a %i', async (status) => {
    writeFileSync(path('public', 'report.json'), '{}')
    const headers = { location: `${issuer()}/elsewhere` }
    answers['/v1/exchanges'] = { status, headers }
    const { code, stderr } = await sluis('request', 'POST', '/v1/exchanges', '--body', path('public', 'report.json'))
    expect(code).toBe(1)
    expect(stderr).toMatch(/redirects to another address, which is not followed/)
    answers['/oauth/token'] = { status, headers }
    expect((await pull()).stderr).toMatch(/redirects to another address, which is not followed/)
    const key = 'log.example+12345678+key'
    answers['/checkpoint'] = { status, headers }
    expect(await runSluis(['audit', 'verify', issuer(), '--log-key', key])).toMatchObject({ code: 1 })
    expect(asked).not.toContain('/elsewhere')
  })
})

describe('a gateway that writes to the terminal', () => {
  const ESCAPES = '\u001b[2J\u009b1A\u202egood\nverified: all is well'
  test.each([
    ['request', 'GET', '/v1/thing'],
    ['audit', 'search', '--outcome', 'geweigerd'],
    ['audit', 'show', '3'],
    ['audit', 'report'],
    ['audit', 'rederive'],
    ['receipt', 'save', ID],
    ['inbox', 'pull', '--to', '/nonexistent/never'],
  ])('sluis %s %s shows a problem without obeying it', async (...args) => {
    const problem = { type: ESCAPES, title: ESCAPES, detail: ESCAPES, errors: [{ pointer: '/a', detail: ESCAPES }] }
    for (const status of [200, 400]) {
      const answer = { status, headers: { 'content-type': 'application/problem+json' }, body: problem }
      answers = new Proxy(answers, {
        get: (known, address: string) => (address === '/oauth/token' ? known[address] : answer),
      })
      const { stdout, stderr } = await sluis(...args.map((arg) => (arg === '/nonexistent/never' ? path('inbox') : arg)))
      expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e]/u)
      expect(stdout + stderr).not.toMatch(/^verified/m)
    }
  })
})
