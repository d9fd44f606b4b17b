import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runSluis, STACK_TRACE } from '../run-sluis.ts'

const PLACED = /^[^:\n]+\.yaml:\d+:\d+: .+$/

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluis-policies-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A copy of the shipped rule files with one file changed. */
function changed(name: string, file: string, change: (text: string) => string): string {
  const copy = join(folder, name)
  cpSync('policies', copy, { recursive: true })
  const path = join(copy, file)
  const text = readFileSync(path, 'utf8')
  expect(change(text), 'the change changes something').not.toBe(text)
  writeFileSync(path, change(text))
  return copy
}

const misspelled = () =>
  changed('misspelled', 'wpg/bpg/wpg-bpg-4-2-comensha.yaml', (text) =>
    text
      .replaceAll('verwerkt-onder-wpg-8,', 'verwerkt-onder-wgp-8,')
      .replace('geldig: {vanaf: 2015-07-01}', 'geldig: {vanaf: 2015-17-01}'),
  )
const otherExpectation = () =>
  changed('other-expectation', 'verboden/verbod-bsn.yaml', (text) =>
    text.replace(/besluit: \w+/, 'besluit: in-afwachting'),
  )

describe('sluis policy check', () => {
  test('sluis policy check accepts the shipped rule files', async () => {
    const { code, stdout } = await runSluis(['policy', 'check'])
    expect(stdout).toMatch(/^ok: \d+ files, \d+ rules, \d+ open questions, set [0-9a-f]{64}\n$/)
    expect(code).toBe(0)
    const asJson = await runSluis(['policy', 'check', 'policies', '--json'])
    expect(JSON.parse(asJson.stdout)).toMatchObject({ ok: true, faults: [], openQuestions: expect.any(Array) })
  })

  test('sluis policy check names every fault by file, line and column, and exits 3', async () => {
    const broken = misspelled()
    for (const language of ['nl', 'en']) {
      const { code, stdout, stderr } = await runSluis(['policy', 'check', broken, '--lang', language])
      const lines = stdout.trimEnd().split('\n')
      expect(lines.length).toBeGreaterThan(2)
      for (const line of lines) expect(line).toMatch(PLACED)
      expect(stdout).toContain('verwerkt-onder-wpg-8')
      expect({ code, stderr }).toEqual({ code: 3, stderr: '' })
    }
    const asJson = await runSluis(['policy', 'check', broken, '--json'])
    expect(asJson.code).toBe(3)
    expect(JSON.parse(asJson.stdout)).toMatchObject({ ok: false, faults: expect.arrayContaining([expect.anything()]) })
  })
})

describe('sluis policy test', () => {
  test('sluis policy test passes every case of the shipped rule files', async () => {
    const { code, stdout } = await runSluis(['policy', 'test'])
    expect(stdout).toMatch(/^\d{2,} passed, 0 failed\n$/)
    expect(code).toBe(0)
  })

  test('sluis policy test names a failing case by file and line, and exits 1', async () => {
    const { code, stdout, stderr } = await runSluis(['policy', 'test'], { SLUIS_POLICIES: otherExpectation() })
    expect(stdout).toMatch(/^[^:\n]+verbod-bsn\.yaml:\d+: [^\n]*in-afwachting/)
    expect(stdout).toMatch(/\n\d+ passed, 1 failed\n$/)
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    const asJson = await runSluis(['policy', 'test', join(folder, 'other-expectation'), '--json'])
    expect([asJson.code, JSON.parse(asJson.stdout).ok]).toEqual([1, false])
  })
})

describe('a gateway', () => {
  test.each(['serve', 'demo'])(
    'a gateway does not start on rule files with a fault: sluis %s names them and exits 3',
    async (command) => {
      const settings = {
        PORT: '0',
        SLUIS_POLICIES: misspelled(),
        SLUIS_DATA: join(folder, command),
        SLUIS_PARTIES: join(folder, 'parties'),
      }
      const { code, stderr } = await runSluis([command], settings)
      expect(stderr.split('\n').filter((line) => PLACED.test(line)).length).toBeGreaterThan(2)
      expect(stderr).not.toMatch(STACK_TRACE)
      expect(code).toBe(3)
    },
  )
})
