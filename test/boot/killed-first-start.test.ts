import fs, { readdirSync, readFileSync, statSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DATA_FILES, openGatewayKeys } from '../../src/boot/key-files.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'

const CHANGES = ['mkdirSync', 'openSync', 'writeFileSync', 'linkSync', 'unlinkSync', 'renameSync', 'rmSync'] as const

/** Lets this many changes reach the disk and none after it, as when the process is killed there. @returns whether it was killed */
async function killedAfter(changes: number, work: () => Promise<unknown>): Promise<boolean> {
  const real = Object.fromEntries(CHANGES.map((name) => [name, fs[name]]))
  let done = 0
  for (const name of CHANGES) {
    Object.assign(fs, {
      [name]: (...parameters: readonly unknown[]) => {
        if (done++ < changes) return Reflect.apply(real[name]!, fs, parameters)
        const [file, text] = parameters
        if (done === changes + 1 && name === 'writeFileSync' && typeof text === 'string')
          Reflect.apply(real[name]!, fs, [file, text.slice(0, text.length / 2)])
        throw new Error('killed')
      },
    })
  }
  syncBuiltinESMExports()
  try {
    await work()
    return false
  } catch (error) {
    if (!(error instanceof Error && error.message === 'killed')) throw error
    return true
  } finally {
    Object.assign(fs, real)
    syncBuiltinESMExports()
  }
}

const sourcesOf = (folder: string) => ({
  folder,
  issuer: 'https://sluis.example',
  clock: () => new Date('2026-12-01T09:00:00Z'),
  random: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
})

test('a first start that is killed after any change to the disk is followed by one that has all keys, each whole', async () => {
  let changes = 0
  for (; changes < 100; changes++) {
    const folder = join(temporaryFolder(), 'data')
    const isKilled = await killedAfter(changes, () => openGatewayKeys(sourcesOf(folder)))
    const { signer, tokenKey } = await openGatewayKeys(sourcesOf(folder))
    expect(signer.origin, `${changes} changes`).toBe('sluis.example')
    expect(tokenKey.kty).toBe('OKP')
    expect(readFileSync(join(folder, DATA_FILES.verifierKey), 'utf8')).toBe(`${signer.verifierKey}\n`)
    const { keyring, logKey, tokenKey: token, verifierKey } = DATA_FILES
    expect(readdirSync(folder).sort(), `${changes} changes`).toEqual([keyring, logKey, token, verifierKey].sort())
    for (const file of [keyring, logKey, token]) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
    if (!isKilled) break
  }
  expect(changes).toBeGreaterThan(15)
  expect(changes).toBeLessThan(100)
})
