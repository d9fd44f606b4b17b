import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBrowsing } from '../../console/browsing.ts'
import { runSluis, STACK_TRACE } from '../run-sluis.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluis-demo-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const settings = () => ({ PORT: '0', SLUIS_DATA: join(folder, 'gateway'), SLUIS_PARTIES: join(folder, 'parties') })

/** What the screen shows, in order of its steps. */
const SCREEN = {
  en: [
    /HTTP 201\n {3}decision: released in part\n/,
    /Date of birth {2,}coarser \(geboortejaar\), also linked {2,}Bpg art/,
    /Citizen service number {2,}withheld {2,}UAVG art. 46\n/,
    /HTTP 403 .*\n {3}decision: refused \(no legal basis\)\n/,
    /HTTP 403 .*\n {3}decision: refused \(prohibition\)\n/,
    /two reports, one pseudonym: one person/,
    /\n {3}verified: \d+ entries, root \S+\n {3}NOT verified: entry \d+ was changed\n\nDone: [^\n]+\n$/,
  ],
  nl: [
    /HTTP 201\n {3}besluit: gedeeltelijk verstrekt\n/,
    /Geboortedatum {2,}grover verstrekt \(geboortejaar\), ook gekoppeld {2,}Bpg art/,
    /Burgerservicenummer {2,}achtergehouden {2,}UAVG art. 46\n/,
    /HTTP 403 .*\n {3}besluit: geweigerd \(geen grondslag\)\n/,
    /HTTP 403 .*\n {3}besluit: geweigerd \(verbod\)\n/,
    /twee meldingen, één pseudoniem: één persoon/,
    /\n {3}klopt: \d+ regels, wortel \S+\n {3}klopt NIET: regel \d+ is veranderd\n\nKlaar: [^\n]+\n$/,
  ],
} as const

describe('sluis demo', () => {
  test('sluis demo plays from report to verified log, the first time and again, in both languages', async () => {
    for (const language of ['en', 'nl'] as const) {
      const { code, stdout, stderr } = await runSluis(['demo', '--once', '--lang', language], settings())
      for (const line of SCREEN[language]) expect(stdout).toMatch(line)
      for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(120)
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    }
  })

  const changes: readonly [string, string, (text: string) => string][] = [
    [
      'a legal basis stops',
      'wpg/bpg/wpg-bpg-4-2-comensha.yaml',
      (text) => text.replace(/geldig: \{vanaf: 2015-07-01\}/, 'geldig: {vanaf: 2015-07-01, tot: 2016-01-01}'),
    ],
    [
      'a prohibition is gone',
      'verboden/verbod-beroepsgeheim.yaml',
      (text) => text.replace(/geldig: \{vanaf: ([\d-]+)\}/, 'geldig: {vanaf: $1, tot: 2026-01-01}'),
    ],
  ]
  test.each(changes)('sluis demo stops when a step turns out otherwise: %s', async (name, file, change) => {
    const policies = join(folder, name.replaceAll(' ', '-'))
    cpSync('policies', policies, { recursive: true })
    const text = readFileSync(join(policies, file), 'utf8')
    expect(change(text)).not.toBe(text)
    writeFileSync(join(policies, file), change(text))
    const { code, stdout, stderr } = await runSluis(['demo', '--once'], { ...settings(), SLUIS_POLICIES: policies })
    expect(stdout).toMatch(/\ndemo step failed, expected: [^\n]+\n$/)
    expect(stderr).not.toMatch(STACK_TRACE)
    expect(code).toBe(1)
  })

  test('sluis demo runs until it is stopped, and suggests what to try', async () => {
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
    expect(stdout).toContain(`Open ${issuer} in a browser`)
    for (const door of ['fier&person=medewerker-1', 'comensha&person=medewerker-1', 'politie&person=teamleider-1']) {
      const page = await createBrowsing(issuer).follow(`/sign-in/start?organisation=${door}&to=/`)
      expect([page.url, await page.text()]).toEqual([`${issuer}/`, expect.stringContaining('action="/sign-out"')])
    }
    child.kill('SIGTERM')
    expect(await exit).toEqual([0, null])
  })
})
