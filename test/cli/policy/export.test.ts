import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readPolicyFolder } from '../../../src/boot/policy-folder.ts'
import { formatArchive } from '../../../src/exchange/rule-sets/archived.ts'
import type { PolicyText } from '../../../src/policy/files/load.ts'
import { openSqlite } from '../../../src/storage/better-sqlite.ts'
import { createCheckpointSigner } from '../../../src/storage/log/checkpoint-signer.ts'
import { dutySet } from '../../exchange/duty-set.ts'
import { TEST_LOG_KEY } from '../../storage/commits.ts'
import { temporaryFolder } from '../../storage/temporary-folder.ts'
import { runSluis } from '../run-sluis.ts'

/** A data folder whose database has these texts in force, if any. */
async function dataFolder(texts: readonly PolicyText[] | undefined): Promise<string> {
  const folder = temporaryFolder()
  const signer = createCheckpointSigner({ privateKey: TEST_LOG_KEY })
  const { store, close } = await openSqlite({ path: join(folder, 'sluis.sqlite'), signer })
  const hashes = { policyHash: 'a'.repeat(64), sourceHash: 'b'.repeat(64) }
  const at = '2026-11-22T10:00:00.000Z'
  if (texts) await store.commit([{ record: '{}', policyArchive: { ...hashes, content: formatArchive(texts), at } }])
  close()
  return folder
}

const inFolders = dutySet('in mappen').map(({ path, text }) => ({
  path: path.replace(/^policies\/(wet-.*)/, 'policies/wetten/$1'),
  text,
}))

test('the rule set in force is written to a new folder with its sub-folders', async () => {
  const data = await dataFolder(inFolders)
  const to = join(temporaryFolder(), 'in-force')
  const { code, stdout } = await runSluis(['policy', 'export', '--data', data, '--to', to])
  expect(code).toBe(0)
  expect(stdout).toContain(`${join(to, 'wetten', 'wet-a.yaml')}\n`)
  const byPath = (texts: readonly PolicyText[]) => Object.fromEntries(texts.map(({ path, text }) => [path, text]))
  expect(byPath(readPolicyFolder(to))).toEqual(
    byPath(inFolders.map(({ path, text }) => ({ path: join(to, path.replace('policies/', '')), text }))),
  )
})

test('a rule set is never written over other files', async () => {
  const data = await dataFolder(inFolders)
  const to = join(temporaryFolder(), 'in-use')
  mkdirSync(to)
  writeFileSync(join(to, 'partijen.yaml'), 'eigen werk')
  const { code, stderr } = await runSluis(['policy', 'export', '--data', data, '--to', to])
  expect(code).toBe(1)
  expect(stderr).toContain('is not empty; name a new folder')
  expect(readFileSync(join(to, 'partijen.yaml'), 'utf8')).toBe('eigen werk')
})

test.each(['..', '.', ''])('a rule file in a folder named %j of a foreign database is not written', async (name) => {
  const texts = inFolders.map((file) => ({ ...file, path: file.path.replace('wetten', name) }))
  const data = await dataFolder(texts)
  const to = join(temporaryFolder(), 'foreign')
  const { code, stderr } = await runSluis(['policy', 'export', '--data', data, '--to', to])
  expect(code).toBe(1)
  expect(stderr).toContain('leads out of its folder')
  expect(existsSync(to)).toBe(false)
})

test('a database under which no rule set was in force has nothing to export', async () => {
  const { code, stderr } = await runSluis(['policy', 'export', '--data', await dataFolder(undefined), '--to', 'x'])
  expect(code).toBe(1)
  expect(stderr).toContain('no rule set was in force yet')
})
