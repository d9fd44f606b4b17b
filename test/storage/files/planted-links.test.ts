import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeWholeFile } from '../../../src/cli/terminal/draft-file.ts'
import { openSqlite } from '../../../src/storage/better-sqlite.ts'
import { copyDatabase } from '../../../src/storage/files/database-copy.ts'
import { createPrivateFile, replacePrivateFile } from '../../../src/storage/files/private-file.ts'
import { createAnchor } from '../../../src/storage/log/anchor.ts'
import { createCheckpointSigner, generateLogKey } from '../../../src/storage/log/checkpoint-signer.ts'
import { openWitnessStore } from '../../../src/witness/witness-store.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

let folder: string
let path: string
let victim: string
let umask: number
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluis-links-'))
  path = join(folder, 'file')
  victim = join(folder, 'victim')
  umask = process.umask(0)
})
afterEach(() => {
  process.umask(umask)
  rmSync(folder, { recursive: true })
})

const openDatabase = async (at: string) => {
  const store = await openSqlite({ path: at, signer: createCheckpointSigner(generateLogKey('log.example', random)) })
  await store.close()
}

const WRITERS: readonly (readonly [string, (path: string) => unknown])[] = [
  ['a new private file', (at) => createPrivateFile(at, 'text', random)],
  ['a replaced private file', (at) => replacePrivateFile(at, 'text')],
  ['a file of a command', (at) => writeWholeFile(at, 'text')],
  ['the anchor', (at) => writeAnchor(at)],
  ['the database', openDatabase],
  ['the store of a witness', (at) => openWitnessStore(at).close()],
  [
    'a copy of the database',
    async (at) => {
      if (!existsSync(join(folder, 'source'))) await openDatabase(join(folder, 'source'))
      copyDatabase(join(folder, 'source'), at)
    },
  ],
]

/** Some refuse and some replace the link: both leave alone what it names. */
async function attempt(write: () => unknown): Promise<void> {
  try {
    await write()
  } catch (error) {
    expect(String(error)).toMatch(/EEXIST|ELOOP|link|cannot be written|exists/)
  }
}

function writeAnchor(at: string): void {
  const faults: string[] = []
  const anchor = createAnchor({ path: at, reportFault: (fault) => faults.push(String(fault)) })
  try {
    anchor.write('note')
  } finally {
    anchor.close()
  }
  if (faults.length > 0) throw new Error(faults.join())
}

describe('files with personal data, keys or the log', () => {
  test.each(WRITERS)('%s is for its owner only, whatever the umask', async (_, write) => {
    await write(path)
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  test.each(WRITERS)('%s is never written through a link that somebody planted', async (_, write) => {
    for (const content of ['precious', undefined]) {
      rmSync(path, { force: true })
      rmSync(victim, { force: true })
      if (content !== undefined) writeFileSync(victim, content)
      symlinkSync(victim, path)
      await attempt(() => write(path))
      if (content === undefined) expect(() => statSync(victim)).toThrow('ENOENT')
      else expect(readFileSync(victim, 'utf8')).toBe(content)
    }
  })
})
