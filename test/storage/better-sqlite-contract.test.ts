import { join } from 'node:path'
import { openSqlite } from '../../src/storage/better-sqlite.ts'
import { createCheckpointSigner } from '../../src/storage/log/checkpoint-signer.ts'
import { TEST_LOG_KEY, TEST_ORIGIN } from './commits.ts'
import { storeContract } from './contract/store-contract.ts'
import { temporaryFolder } from './temporary-folder.ts'

storeContract('better-sqlite3', async () => {
  const signer = createCheckpointSigner({ origin: TEST_ORIGIN, privateKey: TEST_LOG_KEY })
  const { store, close } = await openSqlite({ path: join(temporaryFolder(), 'sluis.db'), signer })
  return { store, verifierKey: signer.verifierKey, close: async () => close() }
})
