import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startGateway } from '../../src/boot/node.ts'
import { parseSettings } from '../../src/boot/settings.ts'
import { policeReport } from '../../src/cli/demo/reports.ts'
import { ensurePartyKeys } from '../../src/cli/party/party-folder.ts'
import { runSluis } from '../cli/run-sluis.ts'
import { connectTo } from '../start-gateway.ts'

test('after a restore under a new origin a recipient and an auditor that were ahead are refused, and miss nothing', {
  timeout: 120_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluis-restored-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const data = join(folder, 'gateway')
  const parties = join(folder, 'parties')
  for (const party of ['politie', 'comensha', 'toezichthouder'])
    await ensurePartyKeys(parties, join(data, 'party-keys'), party)

  /** Runs a gateway of the folder on the port of the first. */
  let port = '0'
  const whileRunning = async (work: (issuer: string) => Promise<void>) => {
    const parsed = parseSettings({ PORT: port, SLUIS_DATA: data, SLUIS_PARTIES: parties })
    if (!parsed.ok) throw new Error(parsed.faults.join('; '))
    const running = await startGateway(parsed.settings)
    port = new URL(running.issuer).port
    try {
      await work(running.issuer)
    } finally {
      await running.close()
    }
  }
  const submit = async (issuer: string): Promise<string> => {
    const response = await (await connectTo(issuer, parties, 'politie')).request('POST', '/v1/exchanges', {
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify(policeReport),
    })
    expect(response.status).toBe(201)
    return ((await response.json()) as { id: string }).id
  }
  const pull = async (issuer: string) => {
    const settings = { SLUIS_ISSUER: issuer, SLUIS_PARTIES: parties }
    const { code, stdout, stderr } = await runSluis(['inbox', 'pull', '--as', 'comensha', '--json'], settings)
    expect(code, stderr).toBe(0)
    const { files } = JSON.parse(stdout) as { files: string[] }
    const exchanges = files.map((file) => JSON.parse(readFileSync(file, 'utf8')).exchangeId as string)
    return { exchanges, stderr }
  }
  const search = (issuer: string, ...options: string[]) =>
    runSluis(
      ['audit', 'search', '--as', 'toezichthouder', '--type', 'exchange', '--json', '--limit', '1', ...options],
      {
        SLUIS_ISSUER: issuer,
        SLUIS_PARTIES: parties,
      },
    )
  const storedCursor = () => readFileSync(join(folder, 'inbox', 'comensha', '.cursor'), 'utf8')

  const backup = join(folder, 'backup.sqlite')
  let ahead = ''
  let searched = ''
  await whileRunning(async (issuer) => {
    const first = await submit(issuer)
    expect((await pull(issuer)).exchanges).toEqual([first])
    expect(await runSluis(['backup', '--data', data, '--to', backup])).toMatchObject({ code: 0 })
    const lost = [await submit(issuer), await submit(issuer)]
    expect(await pull(issuer)).toEqual({ exchanges: lost, stderr: '' })
    ahead = JSON.parse(storedCursor()).cursor
    searched = JSON.parse((await search(issuer)).stdout).cursor
    expect(await search(issuer, '--cursor', searched)).toMatchObject({ code: 0 })
  })
  expect(await runSluis(['restore', backup, '--data', data])).toMatchObject({ code: 0 })
  expect(await runSluis(['log', 'new-origin', '--reason', 'rolled-back', '--data', data])).toMatchObject({ code: 0 })
  await whileRunning(async (issuer) => {
    const next = await submit(issuer)
    const comensha = await connectTo(issuer, parties, 'comensha')
    const refused = await comensha.request('GET', `/v1/deliveries?cursor=${ahead}`)
    expect(await refused.json()).toMatchObject({ status: 409, type: '/problems/cursor-unknown' })
    const stale = await search(issuer, '--cursor', searched)
    expect(stale).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/another log.*leave `cursor` out/),
    })
    const { exchanges, stderr } = await pull(issuer)
    expect(exchanges).toEqual([next])
    expect(stderr).toMatch(/started at its beginning, and fetched what this folder lacks/)
    expect(await pull(issuer)).toEqual({ exchanges: [], stderr: '' })
  })
})
