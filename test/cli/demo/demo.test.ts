import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runSluis, STACK_TRACE } from '../run-sluis.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluis-demo-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const settings = () => ({ PORT: '0', SLUIS_DATA: join(folder, 'gateway'), SLUIS_PARTIES: join(folder, 'parties') })

describe('sluis demo', () => {
  test('plays from report to verified log, the first time and again, in both languages', async () => {
    for (const language of ['en', 'nl']) {
      const { code, stdout, stderr } = await runSluis(['demo', '--once', '--lang', language], settings())
      expect(stdout).toMatch(/\n {3}verified: \d+ entries, root \S+\n {3}NOT verified: first bad entry \d+: [^\n]+\n$/)
      expect(stdout).toContain('HTTP 201')
      expect(stdout).toMatch(/HTTP 403 .*\n.*geweigerd \(geen-grondslag\)/)
      expect(stdout).toMatch(/HTTP 403 .*\n.*geweigerd \(verbod\)/)
      expect(stdout).toContain('two reports, one pseudonym: one person')
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    }
  })

  const changes: readonly [string, string, (text: string) => string][] = [
    [
      'a legal basis stops',
      'wpg/wpg-bpg-4-2-comensha.yaml',
      (text) => text.replace(/geldig: \{vanaf: 2015-07-01\}/, 'geldig: {vanaf: 2015-07-01, tot: 2016-01-01}'),
    ],
    [
      'a prohibition is gone',
      'verboden/verbod-beroepsgeheim.yaml',
      (text) => text.replace(/geldig: \{vanaf: ([\d-]+)\}/, 'geldig: {vanaf: $1, tot: 2026-01-01}'),
    ],
  ]
  test.each(changes)('does not go on when a step turns out otherwise: %s', async (name, file, change) => {
    const policies = join(folder, name.replaceAll(' ', '-'))
    cpSync('policies', policies, { recursive: true })
    const text = readFileSync(join(policies, file), 'utf8')
    expect(change(text)).not.toBe(text)
    writeFileSync(join(policies, file), change(text))
    const { code, stdout, stderr } = await runSluis(['demo', '--once'], { ...settings(), SLUIS_POLICIES: policies })
    expect(stdout).toMatch(/\nnot as told: [^\n]+\n$/)
    expect(stderr).not.toMatch(STACK_TRACE)
    expect(code).toBe(1)
  })

  test('goes on running until it is stopped, and says what to try', async () => {
    const child = spawn(process.execPath, ['src/cli/main.ts', 'demo'], {
      env: { PATH: process.env.PATH, ...settings() },
    })
    let stdout = ''
    const exit = once(child, 'exit')
    await new Promise<void>((resolve, reject) => {
      exit.then(() => reject(new Error(`it ended: ${stdout}`)))
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text
        if (stdout.includes('npx sluis help')) resolve()
      })
    })
    const issuer = /keeps running on (\S+)/.exec(stdout)![1]!
    expect((await fetch(`${issuer}/readyz`)).status).toBe(200)
    for (const [, body] of stdout.matchAll(/--body (\S+)/g)) expect(existsSync(body!), body).toBe(true)
    child.kill('SIGTERM')
    expect(await exit).toEqual([0, null])
  })
})
