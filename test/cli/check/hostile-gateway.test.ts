import { writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'
import { runSluis, STACK_TRACE } from '../run-sluis.ts'
import { checkAtTerminal } from './scripted.ts'

/** `sluis check` against a server that answers as it likes, from the answers of an honest gateway. */

let gateway: TestGateway
let honest: { readonly vocabulary: object; readonly policies: object; readonly answer: HonestAnswer }
interface HonestAnswer {
  readonly decision: object
  readonly openQuestions: readonly Record<string, unknown>[]
}

type Reply = (response: ServerResponse, round: number) => void
let reply: Reply
let rounds: number

const send = (response: ServerResponse, body: unknown, status = 200) => {
  response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

const server = createServer((request, response) => {
  if (request.url === '/oauth/token') return send(response, { access_token: 't', token_type: 'DPoP', expires_in: 300 })
  if (request.url === '/v1/vocabulary') return send(response, honest.vocabulary)
  if (request.url === '/v1/policies') return send(response, honest.policies)
  rounds += 1
  return reply(response, rounds)
})

const CHOICES = ['--to', 'comensha', '--purpose', 'coordinatie-opvang-verzorging', '--role', 'slachtoffer']
const ARGS = ['--as', 'fier', ...CHOICES, '--fields', 'voornaam,geslacht']

beforeAll(async () => {
  gateway = await startTestGateway()
  const open = async (path: string) => (await (await fetch(gateway.issuer + path)).json()) as object
  const shelter = await gateway.connect('fier')
  const answer = await shelter.request('POST', '/v1/exchanges/_check', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      recipient: 'comensha',
      purpose: 'coordinatie-opvang-verzorging',
      dataSubjects: [{ role: 'slachtoffer', circumstances: {}, assessments: [], fields: ['voornaam', 'geslacht'] }],
    }),
  })
  honest = {
    vocabulary: await open('/v1/vocabulary'),
    policies: await open('/v1/policies'),
    answer: (await answer.json()) as HonestAnswer,
  }
  expect(honest.answer.openQuestions.length).toBeGreaterThan(0)
  writeFileSync(join(gateway.folder, 'answers.yaml'), 'circumstances: {}\n')
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  await gateway.stop()
})
beforeEach(() => {
  rounds = 0
})

const settings = () => ({
  SLUIS_ISSUER: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  SLUIS_PARTIES: gateway.partyFolder,
})
const fromFile = (...more: string[]) =>
  runSluis(['check', ...ARGS, '--answers', join(gateway.folder, 'answers.yaml'), ...more], settings())
const atTerminal = (language: string) => checkAtTerminal([...ARGS, '--lang', language], settings(), () => 'n')

const asking = (word: string) => ({
  ...honest.answer,
  openQuestions: [{ ...honest.answer.openQuestions[0], kind: 'circumstance', word }],
})
const ESCAPES = '\u001b[2J\u009b1A\u202egoed\nverified: all is well'

describe('sluis check with a gateway that cannot be trusted', () => {
  const rows: readonly [what: string, reply: Reply, nl: RegExp, en: RegExp][] = [
    [
      'sends an answer without end',
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        const more = () => {
          while (!response.destroyed && response.write(' '.repeat(65_536)));
        }
        response.on('drain', more)
        more()
      },
      /antwoord is langer dan een gateway het maakt/,
      /answer is longer than any of a gateway/,
    ],
    ['sends no JSON', (response) => send(response, '<html>'), /geen antwoord van een gateway/, /not that of a gateway/],
    [
      'decides about nobody',
      (response) => send(response, { ...honest.answer, decision: { ...honest.answer.decision, dataSubjects: [] } }),
      /geen antwoord van een gateway/,
      /not that of a gateway/,
    ],
    [
      'breaks off halfway',
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
        response.write('{"decision":', () => response.destroy())
      },
      /verbinding brak af/,
      /connection broke off/,
    ],
    [
      'asks the same again',
      (response) => send(response, asking('jonger-dan-12')),
      /geen eind aan de vragen/,
      /questions of this gateway have no end/,
    ],
    [
      'asks something new for ever',
      (response, round) => send(response, asking(`vraag-${round}`)),
      /geen eind aan de vragen/,
      /questions of this gateway have no end/,
    ],
    [
      'refuses in the middle of the conversation',
      (response, round) =>
        round === 1
          ? send(response, asking('jonger-dan-12'))
          : send(response, { detail: ESCAPES, errors: [{ pointer: '#/a', detail: ESCAPES }] }, 400),
      /\/a: \\u001b\[2J/,
      /\/a: \\u001b\[2J/,
    ],
    [
      'refuses with faults in no form',
      (response) => send(response, { detail: 'no', errors: { pointer: 1 } }, 400),
      /sluis: no$/m,
      /sluis: no$/m,
    ],
    ['refuses without a problem', (response) => send(response, '[', 400), /_check: HTTP 400/, /_check: HTTP 400/],
  ]
  for (const language of ['nl', 'en'] as const) {
    test.each(rows)(
      `a gateway that %s ends the check with one clear sentence (${language})`,
      async (_, answer, nl, en) => {
        reply = answer
        const { code, stderr, stdout } = await atTerminal(language)
        expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
        expect(stderr.slice(stderr.lastIndexOf('sluis: '))).toMatch(language === 'nl' ? nl : en)
        expect(stderr).not.toMatch(STACK_TRACE)
        expect(stderr).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e]/u)
        expect(rounds).toBeLessThanOrEqual(301)
      },
    )
  }

  test('a gateway that breaks off does so for answers in a file too', async () => {
    reply = rows[3]![1]
    expect(await fromFile()).toMatchObject({ code: 1, stderr: expect.stringContaining('broke off') })
  })

  test('texts of a gateway cannot move the cursor or begin a line of their own', async () => {
    const [question] = honest.answer.openQuestions
    const text = { nl: ESCAPES, en: ESCAPES }
    reply = (response, round) =>
      round === 1
        ? send(response, { ...honest.answer, openQuestions: [{ ...question, question: text }] })
        : send(response, { ...honest.answer, openQuestions: [], summary: [ESCAPES] })
    for (const run of [await atTerminal('nl'), await fromFile(), await fromFile('--json')]) {
      expect(run.stdout + run.stderr).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e]/u)
      expect(run.stdout + run.stderr).not.toMatch(/^verified/m)
    }
  })
})
