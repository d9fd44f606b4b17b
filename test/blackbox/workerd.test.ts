import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readAs, readTreeSize, submit } from './calls.ts'
import { observe } from './gateway.ts'
import { policeReport } from './reports.ts'
import { startWorkerd } from './start-workerd.ts'
import { describeGateway } from './suite.ts'

describeGateway('gateway in workerd', startWorkerd)

describe('workerd', () => {
  test('workerd still has everything it answered after it is killed, and the log continues', {
    timeout: 120_000,
  }, async () => {
    const runtime = await startWorkerd()
    onTestFinished(() => runtime.stop())
    const gateway = observe(runtime)
    const politie = await gateway.connect('politie')
    const key = crypto.randomUUID()
    const before = await (await submit(politie, policeReport, key)).text()
    const treeSize = await readTreeSize(gateway.send, gateway.issuer)
    await runtime.restart()
    // A new process asks for its own nonce; the client sends again with it.
    expect(await (await submit(politie, policeReport, key)).text()).toBe(before)
    // The new process says in the log that it lives, and adds nothing else.
    const resumed = await readTreeSize(gateway.send, gateway.issuer)
    expect(resumed).toBe(treeSize + 1)
    const { receipt } = await readAs('Exchange', await submit(politie, policeReport))
    expect(receipt.leafIndex).toBe(resumed)
  })

  test('the Worker bundle takes from Node only its crypto, and no driver, file or socket', { timeout: 60_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluis-bundle-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const metafile = join(folder, 'meta.json')
    const wrangler = join('node_modules', 'wrangler', 'bin', 'wrangler.js')
    const built = spawnSync(
      process.execPath,
      [wrangler, 'deploy', '--dry-run', '--outdir', folder, '--metafile', metafile],
      {
        encoding: 'utf8',
        env: {
          ...process.env,
          WRANGLER_SEND_METRICS: 'false',
          WRANGLER_HIDE_BANNER: 'true',
          WRANGLER_LOG_PATH: folder,
        },
      },
    )
    expect(built.status, built.stderr).toBe(0)
    const { inputs, outputs } = JSON.parse(readFileSync(metafile, 'utf8')) as {
      inputs: Record<string, object>
      outputs: Record<string, { imports: { path: string; external?: boolean }[] }>
    }
    const external = Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path))
    expect([...new Set(external.filter((path) => !path.startsWith('./')))]).toEqual(['node:crypto'])
    expect(
      Object.keys(inputs).filter((path) => /better-sqlite|node_modules\/(@hono\/node-server|pg)\//.test(path)),
    ).toEqual([])
  })
})
