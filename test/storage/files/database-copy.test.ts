import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSqlite } from '../../../src/storage/better-sqlite.ts'
import { backUpDatabase } from '../../../src/storage/files/database-copy.ts'
import { createCheckpointSigner } from '../../../src/storage/log/checkpoint-signer.ts'
import { TEST_LOG_KEY, TEST_ORIGIN } from '../commits.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const signer = createCheckpointSigner({ origin: TEST_ORIGIN, privateKey: TEST_LOG_KEY })

test('a backup holds no session, so that none comes back with it after it was signed out', async () => {
  const folder = temporaryFolder()
  const [path, copy] = [join(folder, 'sluis.db'), join(folder, 'copy.db')]
  const running = await openSqlite({ path, signer })
  const at = '2026-01-05T09:00:00.000Z'
  const session = {
    idHash: new Uint8Array(32),
    person: 'fier.medewerker-1',
    issuer: 'https://login.example',
    subject: 's',
    signedInAt: at,
    startedAt: at,
    lastSeenAt: at,
  }
  await running.store.sessions.start(session, 5)
  await backUpDatabase(path, copy, () => {})
  expect(await running.store.sessions.find(session.idHash)).toEqual(session)
  running.close()
  const restored = await openSqlite({ path: copy, signer })
  expect(await restored.store.sessions.find(session.idHash)).toBeUndefined()
  restored.close()
})
