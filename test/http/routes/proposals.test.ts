import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../../../src/auth/client.ts'
import { startGateway } from '../../../src/boot/node.ts'
import { parseSettings } from '../../../src/boot/settings.ts'
import { readPartyKeys } from '../../../src/cli/party/party-folder.ts'
import { policyApprove, policyPropose, policyWithdraw } from '../../../src/cli/policy/activation.ts'
import type { Json } from '../../../src/encoding/json.ts'
import { dutySet, mutateSet, report } from '../../exchange/duty-set.ts'
import { type DutyGateway, post, readAs, readProblem, startDutyGateway, submit, writeSet } from '../duty-gateway.ts'

const QUESTION = 'vragen:\n  - {vraag: "Mag dit?", hangt_af: [gewoon], intussen: Het blijft achter.}\n'

const body = (texts: ReturnType<typeof dutySet>): Json => ({ files: texts.map(({ path, text }) => ({ path, text })) })

describe('rule sets over HTTP', () => {
  let gateway: DutyGateway
  let proposer: Client
  let approver: Client
  let police: Client
  beforeAll(async () => {
    gateway = await startDutyGateway()
    proposer = await gateway.connect('politie.functionaris-1')
    approver = await gateway.connect('comensha.functionaris-1')
    police = await gateway.connect('politie')
  })
  afterAll(() => gateway?.stop())

  const inForce = async () => (await readAs('PolicyList', 200, await fetch(`${gateway.issuer}/v1/policies`))).sourceHash

  test('two officers put a set in force while reports go on, and every report is decided under one of the two', async () => {
    const before = await inForce()
    const texts = mutateSet('wet-a', '\n      generaliseren: {geboortedatum: geboortejaar}', '').map(
      ({ path, text }) => ({
        path,
        text: text.replace('toelichting: Zomaar\n', `toelichting: Zomaar\n${QUESTION}`),
      }),
    )
    const proposal = await readAs('Proposal', 201, await post(proposer, '/v1/policy-proposals', body(texts)))
    expect(proposal).toMatchObject({ status: 'proposed', proposedBy: 'politie.functionaris-1' })
    expect(await inForce()).toBe(before)

    const read = await approver.request('GET', `/v1/policy-proposals/${proposal.sourceHash}`)
    expect((await readAs('ProposalFiles', 200, read)).files.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual(
      texts.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    )
    const address = `/v1/policy-proposals/${proposal.sourceHash}/review`
    const review = await readAs('ProposalReview', 200, await approver.request('GET', address))
    expect(review).toMatchObject({ sourceHash: proposal.sourceHash, comparedWith: before })
    expect(review.changes.en.join(' ')).toMatch(/birth|geboortedatum/i)
    expect(review.openQuestions).toEqual([
      { path: 'policies/wet-a.yaml', question: 'Mag dit?', dependents: ['gewoon'], meanwhile: 'Het blijft achter.' },
    ])
    expect(await readAs('ProposalReview', 200, await approver.request('GET', address))).toEqual(review)
    const path = `/v1/policy-proposals/${proposal.sourceHash}/_approve`
    expect(await readProblem(await post(proposer, path, {}))).toBe('403 approval-same-person')
    const [approval, ...answers] = await Promise.all([
      post(approver, path, {}),
      ...Array.from({ length: 12 }, () => submit(police, report('registratie'))),
    ])
    await readAs('Proposal', 200, approval!)
    const hashes = await Promise.all(
      answers.map(async (answer) => (await readAs('Exchange', 201, answer)).decision.policyHash),
    )
    expect(await inForce()).toBe(proposal.sourceHash)
    const after = await readAs('Exchange', 201, await submit(police, report('registratie')))
    expect(new Set([...hashes, after.decision.policyHash]).size).toBeLessThanOrEqual(2)
    expect(after.decision.policyHash).toBe(proposal.policyHash)
    const { proposals } = await readAs('ProposalList', 200, await approver.request('GET', '/v1/policy-proposals'))
    expect(proposals.map(({ status }) => status)).toEqual(['active'])
    expect((await fetch(`${gateway.issuer}/readyz`)).status).toBe(200)
  })

  test('a set with new words leads to a new description of the API', async () => {
    const texts = dutySet('woorden').map(({ path, text }) => ({
      path,
      text: text.replaceAll('geboorteland', 'herkomstland'),
    }))
    const { sourceHash } = await readAs('Proposal', 201, await post(proposer, '/v1/policy-proposals', body(texts)))
    await post(approver, `/v1/policy-proposals/${sourceHash}/_approve`, {})
    expect(await (await fetch(`${gateway.issuer}/openapi.json`)).text()).toContain('herkomstland')
  })

  test('a right that the new set no longer grants ends with the old set, whatever the token says', async () => {
    const other = await gateway.connect('politie.teamleider-2')
    await readAs('ApprovalList', 200, await other.request('GET', '/v1/approvals'))
    const texts = mutateSet('partijen', 'teamleider-2: {nl: Teamleider', 'teamleider-9: {nl: Teamleider')
    const { sourceHash } = await readAs('Proposal', 201, await post(proposer, '/v1/policy-proposals', body(texts)))
    await post(approver, `/v1/policy-proposals/${sourceHash}/_approve`, {})
    expect(await readProblem(await other.request('GET', '/v1/approvals'))).toBe('403 scope-insufficient')
  })

  test('faults of a proposal have file, line and column, in the officer’s language, and nothing changes', async () => {
    const before = await inForce()
    const response = await post(
      proposer,
      '/v1/policy-proposals',
      body(mutateSet('wet-a', 'als: [politietaak]', 'als: [politietaken]')),
      {
        'accept-language': 'en',
      },
    )
    const { faults, type } = await readAs('PolicyFaults', 422, response)
    expect(type).toBe('/problems/policy-invalid')
    expect(faults[0]).toMatchObject({
      file: 'policies/wet-a.yaml',
      message: 'circumstance `politietaken` does not exist',
      mend: 'did you mean `politietaak`?',
    })
    expect(faults[0]!.line).toBeGreaterThan(1)
    expect(await inForce()).toBe(before)
  })

  const badBodies: [what: string, body: Json, problem: string][] = [
    ['no files', { files: [] }, '400 value-invalid'],
    ['a file without text', { files: [{ path: 'a.yaml' }] }, '400 member-missing'],
    ...['/srv/a.yaml', '../a.yaml', 'wpg/../../a.yaml', 'wpg//a.yaml', './a.yaml', 'wpg\\a.yaml', 'a\n.yaml', ''].map(
      (path): [string, Json, string] => [
        `the path ${JSON.stringify(path)}`,
        { files: [{ path, text: 'x' }] },
        '400 value-invalid',
      ],
    ),
    ['another member', { files: [{ path: 'a.yaml', text: 'x', mode: 1 }] }, '400 member-unknown'],
    [
      'a YAML bomb',
      { files: [{ path: 'a.yaml', text: 'a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]' }] },
      '422 policy-invalid',
    ],
  ]
  test.each(badBodies)('a proposal with %s is refused', async (_, bad, problem) => {
    expect(await readProblem(await post(proposer, '/v1/policy-proposals', bad))).toBe(problem)
  })

  test('a moment of activation that does not exist and a hash that nobody proposed are refused', async () => {
    const path = (hash: string) => `/v1/policy-proposals/${hash}/_approve`
    expect(await readProblem(await post(approver, path('a'.repeat(64)), {}))).toBe('404 not-found')
    expect(await readProblem(await post(approver, path('a'.repeat(64)), { activeFrom: 'morgen' }))).toBe(
      '400 value-invalid',
    )
  })
})

test('a report that is sent again is answered as before after a word in it was renamed', async () => {
  const gateway = await startDutyGateway()
  try {
    const police = await gateway.connect('politie')
    const send = (key: string, sent: Json) => post(police, '/v1/exchanges', sent, { 'idempotency-key': key })
    const first = await readAs('Exchange', 201, await send('once', report('registratie')))
    const files = dutySet('hernoemd').map(({ path, text }) => ({
      path,
      text: text.replaceAll('politietaak', 'politiewerk'),
    }))
    const proposer = await gateway.connect('politie.functionaris-1')
    const approver = await gateway.connect('comensha.functionaris-1')
    const { sourceHash } = await readAs('Proposal', 201, await post(proposer, '/v1/policy-proposals', { files }))
    await readAs('Proposal', 200, await post(approver, `/v1/policy-proposals/${sourceHash}/_approve`, {}))

    expect(await readAs('Exchange', 201, await send('once', report('registratie')))).toEqual(first)
    expect(await readProblem(await send('once', report('opvang')))).toBe('422 idempotency-key-reused')
    expect(await readProblem(await send('twice', report('registratie')))).toBe('400 member-unknown')
  } finally {
    await gateway.stop()
  }
})

describe('the command line of an officer', () => {
  test('an officer proposes, approves and withdraws on the command line, and gets every fault with exit code 3', async () => {
    const gateway = await startDutyGateway()
    const folder = mkdtempSync(join(tmpdir(), 'sluis-propose-'))
    const port = new URL(gateway.issuer).port
    const lines: string[] = []
    const terminal = {
      out: (line: string) => lines.push(line),
      err: (line: string) => lines.push(line),
      environment: { PORT: port, SLUIS_PARTIES: gateway.partyFolder },
      readInput: async () => new Uint8Array(),
    } as unknown as Parameters<typeof policyPropose.run>[1]
    try {
      writeSet(folder, dutySet('van de opdrachtregel'))
      expect(await policyPropose.run([folder, '--as', 'politie.functionaris-1'], terminal)).toBe(0)
      const hash = /^proposed ([0-9a-f]{64})$/.exec(lines.at(-1)!)![1]!
      expect(await policyApprove.run([hash, '--as', 'politie.functionaris-1'], terminal)).toBe(2)
      expect(
        await policyApprove.run([hash, '--as', 'comensha.functionaris-1', '--from', '2100-01-01T00:00:00Z'], terminal),
      ).toBe(0)
      expect(await policyWithdraw.run([hash, '--as', 'politie.functionaris-1'], terminal)).toBe(0)
      expect(lines.at(-1)).toBe(`withdrawn ${hash}`)
      writeSet(folder, mutateSet('wet-a', 'als: [politietaak]', 'als: [politietaken]'))
      expect(await policyPropose.run([folder, '--as', 'politie.functionaris-1'], terminal)).toBe(3)
      expect(
        lines.some((line) => line.startsWith(`${join(folder, 'wet-a.yaml')}:`) && line.includes(': circumstance')),
      ).toBe(true)
    } finally {
      await gateway.stop()
      rmSync(folder, { recursive: true })
    }
  })
})

describe('production', () => {
  test('a gateway in production starts on the set that was approved over the API, whatever the folder contains', async () => {
    const SLUIS_ISSUER = 'https://sluis.example'
    const first = await startDutyGateway({ SLUIS_ISSUER })
    // The public address leads to a proxy, which is not there.
    const connect = (party: string) =>
      createClient({
        issuer: SLUIS_ISSUER,
        party,
        signingKey: readPartyKeys(first.partyFolder, party).signing,
        fetch: (request) => fetch(new Request(request.url.replace(SLUIS_ISSUER, first.listening), request)),
        now: () => new Date(),
        random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      })
    const settings = (mode: string) => {
      const parsed = parseSettings({
        PORT: '0',
        SLUIS_ISSUER,
        SLUIS_DATA: join(first.folder, 'gateway'),
        SLUIS_POLICIES: first.policyFolder,
        SLUIS_MODE: mode,
      })
      if (!parsed.ok) throw new Error(parsed.faults.join('; '))
      return parsed.settings
    }
    try {
      const texts = dutySet('goedgekeurd')
      const { sourceHash } = await readAs(
        'Proposal',
        201,
        await post(await connect('politie.functionaris-1'), '/v1/policy-proposals', body(texts)),
      )
      await post(await connect('comensha.functionaris-1'), `/v1/policy-proposals/${sourceHash}/_approve`, {})
      await first.close()

      const contents = [
        dutySet(),
        texts,
        [{ path: 'policies/wet-a.yaml', text: 'soort: [' }],
        [{ path: 'policies/Nieuw.yaml', text: '' }],
      ]
      for (const content of contents) {
        writeSet(first.policyFolder, content)
        const running = await startGateway(settings('production'))
        expect(running.gateway.policySet.sourceHash).toBe(sourceHash)
        expect((await fetch(`${running.listening}/readyz`)).status).toBe(200)
        await running.close()
      }
    } finally {
      rmSync(first.folder, { recursive: true })
      rmSync(first.policyFolder, { recursive: true })
    }
  })
})
