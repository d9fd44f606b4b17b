import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { policeReport, reportWithoutConsent } from '../../../src/cli/demo/reports.ts'
import type { Content } from '../../../src/exchange/content.ts'
import { generateLogKey } from '../../../src/storage/log/checkpoint-signer.ts'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'
import { runSluis, STACK_TRACE } from '../run-sluis.ts'

let gateway: TestGateway
let settings: Record<string, string>
const path = (name: string) => join(gateway.folder, name)

beforeAll(async () => {
  gateway = await startTestGateway()
  settings = { SLUIS_ISSUER: gateway.issuer, SLUIS_PARTIES: gateway.partyFolder }
  writeFileSync(path('report.json'), JSON.stringify(policeReport))
  writeFileSync(path('refused.json'), JSON.stringify(reportWithoutConsent))
})
afterAll(() => gateway.stop())

const sluis = (...args: string[]) => runSluis(args, settings)

const otherLogKey = () =>
  generateLogKey('other.example', (length) => crypto.getRandomValues(new Uint8Array(length))).verifierKey

describe('sluis request', () => {
  test('sluis request prints status and body', async () => {
    const { code, stdout, stderr } = await sluis('request', 'GET', '/v1/policies', '--as', 'politie')
    expect(stderr).toBe('HTTP 200\n')
    expect(JSON.parse(stdout)).toHaveProperty('policies')
    expect(stdout.split('\n').length).toBeGreaterThan(10)
    expect(code).toBe(0)
  })

  test('sluis request submits a report under a key of its own, or under the given one', async () => {
    const submit = (...more: string[]) =>
      sluis('request', 'POST', '/v1/exchanges', '--as', 'politie', '--body', path('report.json'), ...more)
    const own = await Promise.all([submit(), submit()])
    const given = await Promise.all([
      submit('--header', 'Idempotency-Key: mine'),
      submit('--header', 'idempotency-key:mine'),
    ])
    const ids = [...own, ...given].map(({ stdout }) => (JSON.parse(stdout) as { id?: string }).id)
    expect(ids[0]).not.toBe(ids[1])
    // Sent at the same moment, the second may be told that the first is still in progress.
    expect(given.map(({ stderr }) => stderr)).toContain('HTTP 201\n')
    for (const { stderr } of given) expect(['HTTP 201\n', 'HTTP 409\n']).toContain(stderr)
    const again = await submit('--header', 'Idempotency-Key: mine')
    expect(ids).toContain((JSON.parse(again.stdout) as { id: string }).id)
  })

  test('sluis request takes a body from standard input', async () => {
    const args = ['request', 'POST', '/v1/exchanges/_check', '--as', 'politie', '--body', '-', '--lang', 'en']
    const { code, stderr } = await runSluis(args, settings, JSON.stringify(policeReport))
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'HTTP 200\n' })
  })

  test('sluis request exits 2 when the exchange is refused, and shows why', async () => {
    const { code, stdout, stderr } = await sluis(
      'request',
      'POST',
      '/v1/exchanges',
      '--as',
      'fier',
      '--body',
      path('refused.json'),
    )
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'HTTP 403\n' })
    expect(JSON.parse(stdout)).toMatchObject({ type: '/problems/refused-no-legal-basis', outcome: 'geweigerd' })
  })

  test('sluis request exits 1 for any other failure', async () => {
    const absent = await sluis('request', 'GET', '/v1/exchanges/nothing', '--as', 'politie')
    expect([absent.code, absent.stderr]).toEqual([1, 'HTTP 404\n'])
    const noBody = await sluis('request', 'POST', '/v1/exchanges', '--as', 'politie', '--body', path('nothing.json'))
    expect(noBody.code).toBe(1)
    expect(noBody.stderr).toMatch(/^sluis: .*nothing\.json/)
    const nobody = await runSluis(['request', 'GET', '/v1/policies', '--as', 'politie'], {
      ...settings,
      SLUIS_ISSUER: 'http://127.0.0.1:9',
    })
    expect([nobody.code, nobody.stdout]).toEqual([1, ''])
    expect(nobody.stderr).toMatch(/^sluis: .*http:\/\/127\.0\.0\.1:9/)
    for (const { stderr } of [absent, noBody, nobody]) expect(stderr).not.toMatch(STACK_TRACE)
  })
})

describe('sluis inbox', () => {
  const open = (files: readonly string[], ...options: string[]) =>
    sluis('inbox', 'open', ...files, '--as', 'comensha', '--log-key', path('gateway/log.pub'), ...options)

  test('sluis inbox pulls the deliveries since the last time, verifies, opens and acknowledges them', async () => {
    const police = await gateway.connect('politie')
    const submit = async (key: string) => {
      const response = await police.request('POST', '/v1/exchanges', {
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(policeReport),
      })
      return ((await response.json()) as { id: string }).id
    }
    const pull = async () => {
      const { code, stdout, stderr } = await sluis('inbox', 'pull', '--as', 'comensha', '--to', path('inbox'))
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      return stdout.split('\n').filter((line) => line !== '')
    }
    await pull()
    const exchanges = [await submit('inbox-1'), await submit('inbox-2')]
    const files = await pull()
    expect(files).toHaveLength(2)
    expect(await pull()).toEqual([])
    for (const file of files) expect(existsSync(file)).toBe(true)
    // Sealed as it arrived: nothing readable lies in the folder.
    for (const name of readdirSync(path('inbox')))
      expect(readFileSync(join(path('inbox'), name), 'utf8')).not.toContain('seksueel')

    const opened = await open(files, '--acknowledge')
    expect({ code: opened.code, stderr: opened.stderr }).toEqual({ code: 0, stderr: '' })
    const contents = JSON.parse(`[${opened.stdout.trimEnd().replaceAll('\n}\n{', '\n},\n{')}]`) as Content[]
    expect(contents.map(({ exchangeId }) => exchangeId)).toEqual(exchanges)
    expect(contents[0]!.dataSubjects[0]!.data).toMatchObject({ uitbuitingsvorm: 'seksueel-grensoverschrijdend' })
    const comensha = await gateway.connect('comensha')
    for (const file of files) {
      const { id } = JSON.parse(readFileSync(file, 'utf8')) as { id: string }
      const response = await comensha.request('GET', `/v1/deliveries/${id}`)
      expect(await response.json()).toHaveProperty('acknowledgedAt')
    }
  })

  test('sluis inbox verifies and opens a notice of the gateway itself as it does a delivery', async () => {
    const police = await gateway.connect('politie')
    // The same given name and date of birth under two surnames: never one person without being asked.
    for (const achternaam of ['Proefpersoon', 'Exempel']) {
      const { dataSubjects, ...report } = policeReport as { dataSubjects: [{ data: object }] }
      const { 'v-nummer': _, bsn: __, ...data } = dataSubjects[0].data as Record<string, string>
      const subject = { ...dataSubjects[0], data: { ...data, geboortedatum: '1979-05-06', achternaam } }
      await police.request('POST', '/v1/exchanges', {
        headers: { 'content-type': 'application/json', 'idempotency-key': `notice-${achternaam}` },
        body: JSON.stringify({ ...report, dataSubjects: [subject] }),
      })
    }
    const comensha = await gateway.connect('comensha')
    const listed = await comensha.request('GET', '/v1/matches?status=possible')
    const [match] = ((await listed.json()) as { matches: { id: string }[] }).matches
    await comensha.request('POST', `/v1/matches/${match!.id}/_confirm`)
    const { stdout } = await sluis('inbox', 'pull', '--as', 'comensha', '--to', path('notices'))
    const files = stdout.trimEnd().split('\n')
    const isNotice = (file: string) => (JSON.parse(readFileSync(file, 'utf8')) as { kind: string }).kind === 'notice'
    const file = files.find(isNotice)!
    const opened = await open([file], '--acknowledge')
    expect({ code: opened.code, stderr: opened.stderr }).toEqual({ code: 0, stderr: '' })
    const notice = JSON.parse(opened.stdout) as { matchId: string }
    expect(notice).toMatchObject({ type: 'merged', recipient: 'comensha', domain: 'comensha-registratie' })
    const answered = await sluis('request', 'POST', `/v1/matches/${notice.matchId}/_reject`, '--as', 'comensha')
    expect(JSON.parse(answered.stdout)).toMatchObject({ status: 'rejected', effect: 'split' })

    writeFileSync(path('other-notice.json'), JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), id: 'other' }))
    expect(await open([path('other-notice.json')])).toMatchObject({ code: 4, stdout: '' })
  })

  test('sluis inbox does not open what the log does not vouch for, and exits 4', async () => {
    const police = await gateway.connect('politie')
    await police.request('POST', '/v1/exchanges', {
      headers: { 'content-type': 'application/json', 'idempotency-key': 'vouch' },
      body: JSON.stringify(policeReport),
    })
    mkdirSync(path('other-inbox'))
    const { stdout } = await sluis('inbox', 'pull', '--as', 'comensha', '--to', path('other-inbox'))
    const file = stdout.trimEnd().split('\n').at(-1)!
    const delivery = JSON.parse(readFileSync(file, 'utf8'))
    const others: readonly [string, object][] = [
      [
        'another record',
        {
          ...delivery,
          receipt: {
            ...delivery.receipt,
            record: delivery.receipt.record.replace('NG', 'RO').replace('melding', 'signaal'),
          },
        },
      ],
      ['other sealed bytes', { ...delivery, sealed: `${delivery.sealed} ` }],
      [
        'another index',
        {
          ...delivery,
          receipt: { ...delivery.receipt, proof: delivery.receipt.proof.replace(/index \d+/, 'index 0') },
        },
      ],
    ]
    for (const [what, other] of others) {
      writeFileSync(path('other.json'), JSON.stringify(other))
      const { code, stdout, stderr } = await open([path('other.json')])
      expect({ code, stdout }, what).toEqual({ code: 4, stdout: '' })
      expect(stderr, what).not.toMatch(STACK_TRACE)
    }
    const otherLog = await sluis('inbox', 'open', file, '--as', 'comensha', '--log-key', otherLogKey())
    expect(otherLog.code).toBe(4)
  })

  test('sluis inbox reports what is wrong with a file that is no delivery, and exits 4', async () => {
    for (const [name, text] of [
      ['text.json', 'no delivery'],
      ['empty.json', '{}'],
      ['list.json', '[]'],
    ] as const) {
      writeFileSync(path(name), text)
      const { code, stdout, stderr } = await open([path(name)])
      expect({ code, stdout }, name).toEqual({ code: 4, stdout: '' })
      expect(stderr, name).not.toContain('no delivery"')
      expect(stderr, name).toContain(name)
      expect(stderr, name).not.toMatch(STACK_TRACE)
    }
  })
})
