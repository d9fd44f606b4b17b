import { openSqlite } from '../../src/storage/better-sqlite.ts'
import { createCheckpointSigner } from '../../src/storage/log/checkpoint-signer.ts'
import { record, TEST_LOG_KEY, TEST_ORIGIN } from './commits.ts'

/** A second process for the tests: opens the database given as argument, commits once, says so, and stays until it is killed. */

const signer = createCheckpointSigner({ origin: TEST_ORIGIN, privateKey: TEST_LOG_KEY })
try {
  const { store } = await openSqlite({ path: process.argv[2]!, signer })
  await store.commit([{ record: record('written by another process') }])
  process.stdout.write('committed\n')
  setInterval(() => {}, 60_000)
} catch (error) {
  process.stdout.write(`refused: ${(error as Error).message}\n`)
}
