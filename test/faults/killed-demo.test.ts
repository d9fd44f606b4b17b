import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../storage/temporary-folder.ts'

/** Numbers of files at which the first start is killed: before, between and after keys, key sets of parties and the database. */
const MOMENTS = [1, 3, 8, 21]

const filesIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.[a-z-]+$/.test(name))
    : []

/** Starts the demo, and kills it as soon as there are so many files. */
async function runDemo(folder: string, killAt = Number.POSITIVE_INFINITY) {
  const child = spawn(process.execPath, ['src/cli/main.ts', 'demo', '--once'], {
    env: { PORT: '0', SLUIS_DATA: join(folder, 'gateway'), SLUIS_PARTIES: join(folder, 'parties') },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const closed = once(child, 'close')
  while (child.exitCode === null && child.signalCode === null) {
    if (filesIn(folder).length >= killAt) child.kill('SIGKILL')
    await delay(1)
  }
  await closed
  return { code: child.exitCode, signal: child.signalCode, stderr }
}

test('a demo that is killed again and again during its first start is complete the next time', {
  timeout: 300_000,
}, async () => {
  const folder = temporaryFolder()
  let killed = 0
  for (const moment of MOMENTS) {
    const { code, signal, stderr } = await runDemo(folder, moment)
    if (signal === 'SIGKILL') killed++
    else expect({ code, stderr }, `${moment} files`).toEqual({ code: 0, stderr: '' })
  }
  expect(killed).toBeGreaterThan(2)
  // What a kill between the writing and the naming of a key set leaves; that moment is too short to meet.
  writeFileSync(join(folder, 'parties', 'politie.jwks.json.0123456789abcdef.draft'), '{}', { mode: 0o600 })
  expect(await runDemo(folder)).toEqual({ code: 0, signal: null, stderr: '' })
  const files = filesIn(folder)
  expect(files.filter((name) => name.endsWith('.draft'))).toEqual([])
  const keys = files.filter((name) => name.startsWith('parties/') && name.endsWith('.jwks.json'))
  expect(keys.length).toBeGreaterThan(2)
  for (const name of keys) expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600)
})
