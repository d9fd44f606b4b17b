import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { policeReport, reportWithoutConsent } from '../../../src/cli/demo/reports.ts'
import type { Json } from '../../../src/encoding/json.ts'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'
import { runSluis } from '../run-sluis.ts'

let gateway: TestGateway
let settings: Record<string, string>
const path = (name: string) => join(gateway.folder, name)
const logKey = () => ['--log-key', path('gateway/log.pub')]
const inDutch = (...args: string[]) => runSluis([...args, '--lang', 'nl'], settings)
const database = () => ['--database', gateway.databasePath]

beforeAll(async () => {
  gateway = await startTestGateway()
  settings = { SLUIS_ISSUER: gateway.issuer, SLUIS_PARTIES: gateway.partyFolder }
  await submit('politie', policeReport)
  await submit('fier', reportWithoutConsent)
})
afterAll(() => gateway.stop())

async function submit(party: string, report: Json): Promise<void> {
  const client = await gateway.connect(party)
  await client.request('POST', '/v1/exchanges', {
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify(report),
  })
}

/** Words of many English sentences and of no Dutch one. */
const ENGLISH = /\b(the|and|with|not|which|that|must|every|records? (are|is)|verified|entries|entry)\b/i

test('audit verify says in Dutch what it verified, and what it did not', async () => {
  const verified = await inDutch('audit', 'verify', ...database(), ...logKey(), '--max-age', '60')
  expect(verified.stdout).toMatch(/^klopt: \d+ records, wortel \S+\n(NIET )?vers: /)
  expect(verified.stdout).not.toMatch(ENGLISH)
  const hashesOnly = await inDutch('audit', 'verify', gateway.issuer, ...logKey())
  expect(hashesOnly).toMatchObject({ code: 4, stdout: expect.stringMatching(/^NIET gecontroleerd: de \d+ records/) })
  expect(hashesOnly.stdout.replace('--as PARTY', '')).not.toMatch(ENGLISH)
})

test('audit verify says in Dutch where a changed export is wrong, and why', async () => {
  const file = path('log.ndjson')
  await inDutch('audit', 'export', '--as', 'toezichthouder', '--to', file, ...logKey())
  writeFileSync(file, readFileSync(file, 'utf8').replace('gedeeltelijk', 'verstrektxxx'))
  expect(await inDutch('audit', 'verify', '--export', file, ...logKey())).toEqual({
    code: 4,
    stdout: expect.stringMatching(
      /^KLOPT NIET: regel \d+: record \d+ heeft niet de hash die op zijn regel staat, dus een van de twee is veranderd; vergelijk het met een andere kopie\n$/,
    ),
    stderr: '',
  })
  const { code, stderr } = await inDutch('audit', 'rederive', '--export', file, ...logKey())
  expect(code).toBe(4)
  expect(stderr).toMatch(/ is veranderd; vergelijk het met een andere kopie$/m)
})

test('audit rederive says in Dutch that the decisions agree, or that it lacks their rules', async () => {
  const { code, stdout } = await inDutch('audit', 'rederive', ...database(), ...logKey())
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^opnieuw beslist: alle 2 besluiten kloppen met hun regels \(/),
  })
  const file = path('whole.ndjson')
  await inDutch('audit', 'export', '--as', 'toezichthouder', '--to', file, ...logKey())
  const without = await inDutch('audit', 'rederive', '--export', file, ...logKey())
  expect(without.code).toBe(4)
  expect(without.stdout).toMatch(
    /^record \d+: niet opnieuw beslist: het archief heeft de teksten van zijn regels niet \(regels \S+\)$/m,
  )
  expect(without.stdout).toMatch(/^KLOPT NIET: 0 besluiten kloppen, 0 wijken af, 2 zijn niet opnieuw te beslissen \(/m)
})

test('audit policies says in Dutch how many versions of the rules it wrote', async () => {
  const to = path('rule-sets.json')
  expect(await inDutch('audit', 'policies', '--as', 'toezichthouder', '--to', to, ...logKey())).toEqual({
    code: 0,
    stdout: `${to}: 1 versie van de regels\n`,
    stderr: '',
  })
})

test('a command that reads the API without --log-key says in Dutch whose key it uses', async () => {
  const { code, stderr } = await inDutch('audit', 'rederive', '--as', 'toezichthouder')
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr:
      'controle met de sleutel die de gateway zelf geeft; geef --log-key om te controleren met een sleutel die u elders kreeg\n',
  })
})

test('receipt export and audit reconcile say in Dutch what they wrote and compared', async () => {
  const files = ['politie', 'comensha'].map((party) => path(`${party}.ndjson`))
  for (const [position, party] of ['politie', 'comensha'].entries()) {
    const { code, stdout } = await inDutch('receipt', 'export', '--as', party, '--to', files[position]!, ...logKey())
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${files[position]}: 1 ontvangstbewijs, en het klopt\n`,
    })
  }
  const compared = await inDutch('audit', 'reconcile', ...files, ...logKey())
  expect(compared).toMatchObject({ code: 0, stderr: '' })
  expect(compared.stdout).toContain(
    ': 2 ontvangstbewijzen kloppen, 1 uitwisselingen aan beide kanten, 0 aan maar één kant',
  )
  expect(compared.stdout).toMatch(/^met een goede reden aan één kant: 0 geweigerd, 0 aangehouden, /m)

  const lines = readFileSync(files[1]!, 'utf8').split('\n')
  writeFileSync(files[1]!, [lines[0], '{"receipts":0}', ''].join('\n'))
  const oneSided = await inDutch('audit', 'reconcile', ...files, ...logKey())
  expect(oneSided.code).toBe(1)
  expect(oneSided.stdout).toMatch(
    /politie\.ndjson:2: uitwisseling \S+ \(record \d+\) is gestuurd door politie en staat niet in de postbus van comensha; exporteer/,
  )
  writeFileSync(files[1]!, `${lines[0]}\n`)
  const cut = await inDutch('audit', 'reconcile', ...files, ...logKey())
  expect(cut.stdout).toContain(
    'comensha.ndjson:2: het bestand eindigt zonder zijn aantal, dus het is afgekapt; exporteer opnieuw',
  )
})
