import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { parseCheckpointBody } from '../../src/audit/checkpoint/checkpoint.ts'
import { compareCheckpoint } from '../../src/audit/checkpoint/compare-checkpoint.ts'
import { parseNote } from '../../src/audit/checkpoint/signed-note.ts'
import { SluisError } from '../../src/errors.ts'
import { openSqlite, prepareDatabase } from '../../src/storage/better-sqlite.ts'
import { createCheckpointSigner } from '../../src/storage/log/checkpoint-signer.ts'
import { checkAgainst } from '../../src/storage/log/known-checkpoint.ts'
import { createSqliteStore } from '../../src/storage/sqlite-store.ts'
import { spawnSluis } from '../cli/run-sluis.ts'
import { receiptOf, record, TEST_LOG_KEY, TEST_ORIGIN } from '../storage/commits.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'
import { createLogSite, type LogSite } from './log-site.ts'

/** A log of six records, copies of its folder from when it had three, and another log. */
async function arrange() {
  const site = await createLogSite()
  await site.append('early', 3)
  const early = site.copy()
  const elsewhere = site.copy()
  await site.append('late', 3)
  const other = await createLogSite('other.example')
  await other.append('other', 6)
  return { site, early, elsewhere, other }
}
type Arranged = Awaited<ReturnType<typeof arrange>>

function writeAnchor(site: LogSite, text: string | Uint8Array): void {
  for (const path of [site.path('anchor'), `${site.path('anchor')}.synced`]) writeFileSync(path, text)
}

function change(site: LogSite, sql: string): void {
  const client = new Database(site.path('database'))
  client.exec(sql)
  client.close()
}

describe('a gateway does not start, and says what it means and how to go on', () => {
  const rows: [what: string, damage: (arranged: Arranged) => unknown, en: RegExp, nl: RegExp][] = [
    [
      'a restored backup that lacks records',
      ({ site, early }) => site.take(early, 'database'),
      /rolled back; the database has 3 records and according to `log\.anchor` this log signed 6: the records 3 up to and including 5 .*; put the newest database back .*--reason rolled-back/,
      /teruggedraaid; de database heeft 3 records .* de records 3 tot en met 5 .*--reason rolled-back/,
    ],
    [
      'a database that was taken away',
      ({ site }) => site.remove('database'),
      /rolled back; the database has 0 records .* signed 6: the records 0 up to and including 5/,
      /teruggedraaid; de database heeft 0 records/,
    ],
    [
      'an older copy that went on elsewhere and is longer',
      async ({ site, elsewhere }) => {
        await elsewhere.append('elsewhere', 5)
        site.take(elsewhere, 'database')
      },
      /forked; the first 6 of the 8 records .*a copy continued elsewhere.*--reason forked/,
      /gesplitst; de eerste 6 van de 8 records .*--reason forked/,
    ],
    [
      'an older copy that went on elsewhere and is as long',
      async ({ site, elsewhere }) => {
        await elsewhere.append('elsewhere', 3)
        site.take(elsewhere, 'database')
      },
      /forked; the first 6 of the 6 records/,
      /gesplitst; de eerste 6 van de 6 records/,
    ],
    [
      'an older copy that went on elsewhere and is shorter',
      async ({ site, elsewhere }) => {
        await elsewhere.append('elsewhere', 1)
        site.take(elsewhere, 'database')
      },
      /rolled back; the database has 4 records/,
      /teruggedraaid; de database heeft 4 records/,
    ],
    [
      'a database of before it was anchored, that lacks records',
      ({ site, early }) => {
        site.take(early, 'database')
        change(site, 'delete from origin')
      },
      /rolled back; the database has 3 records/,
      /teruggedraaid/,
    ],
    [
      'a record that was changed together with its leaf hash',
      ({ site }) => change(site, "update entry set record = x'7b7d', leaf_hash = zeroblob(32) where leaf_index = 2"),
      /forked; the first 6 of the 6 records/,
      /gesplitst/,
    ],
    [
      'an anchor that is gone',
      ({ site }) => site.remove('anchor'),
      /the anchor is missing.* put `log\.anchor` back.*--reason anchor-lost/,
      /het anker is weg.*--reason anchor-lost/,
    ],
    [
      'an anchor that is empty',
      ({ site }) => writeAnchor(site, ''),
      /the anchor is cut off or was changed/,
      /afgebroken/,
    ],
    [
      'an anchor that was cut off',
      ({ site }) => writeAnchor(site, site.read('anchor').slice(0, -20)),
      /the anchor is cut off or was changed/,
      /afgebroken/,
    ],
    [
      'an anchor with another size than was signed',
      ({ site }) => writeAnchor(site, site.read('anchor').replace('\n6\n', '\n5\n')),
      /the anchor is cut off or was changed/,
      /afgebroken/,
    ],
    [
      'an anchor that is no text',
      ({ site }) => writeAnchor(site, Uint8Array.of(0, 255, 1)),
      /the anchor is cut off or was changed/,
      /afgebroken/,
    ],
    [
      'the anchor of another log',
      ({ site, other }) => site.take(other, 'anchor'),
      /the anchor is that of another log/,
      /het anker is dat van een ander log/,
    ],
    [
      'the keys of another log',
      ({ site, other }) => site.take(other, 'logKey', 'verifierKey'),
      /the log key is that of another log, while database and anchor belong together;.*--reason key-lost/,
      /de logsleutel is die van een ander log/,
    ],
    [
      'the database of another log',
      ({ site, other }) => site.take(other, 'database'),
      /the database is that of another log, while log key and anchor belong together; put the database back that belongs to this folder; a new origin does not fix this/,
      /de database is die van een ander log/,
    ],
    [
      'the database of another log that was never anchored',
      ({ site, other }) => {
        site.take(other, 'database')
        change(site, 'delete from origin')
      },
      /the database is that of another log/,
      /de database is die van een ander log/,
    ],
    [
      'database and anchor of another log',
      ({ site, other }) => site.take(other, 'database', 'anchor'),
      /the log key is that of another log, while database and anchor belong together/,
      /de logsleutel is die van een ander log/,
    ],
    [
      'the database of another log and no anchor',
      ({ site, other }) => {
        site.take(other, 'database')
        site.remove('anchor')
      },
      /the newest checkpoint was not signed with this log key/,
      /niet met deze logsleutel/,
    ],
    [
      'an anchor that cannot be written',
      ({ site }) => mkdirSync(`${site.path('anchor')}.draft`),
      /the anchor cannot be written/,
      /het anker kan niet worden geschreven/,
    ],
  ]
  test.each(rows)(
    'a gateway does not start with %s, and prints what it means and how to continue',
    async (_, damage, en, nl) => {
      const arranged = await arrange()
      await damage(arranged)
      const error = await arranged.site.append('never').catch((caught: unknown) => caught)
      expect(error).toBeInstanceOf(SluisError)
      const { code, faults } = error as SluisError
      expect(code).toBe('not-ready')
      expect(faults[0]!.detail.en).toMatch(en)
      expect(faults[0]!.detail.nl).toMatch(nl)
      // Refusing changed nothing: the same again, and no other reason.
      await expect(arranged.site.append('never')).rejects.toMatchObject({ faults })
    },
  )

  test('sluis serve reports a refused start in one line, with exit code 1', async () => {
    const { site, early } = await arrange()
    site.take(early, 'database')
    const { code, stdout, stderr } = await spawnSluis(['serve'], { PORT: '0', SLUIS_DATA: site.folder })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^sluis: audit log: rolled back; [^\n]*\n$/)
  })
})

describe('a log goes on', () => {
  test('a log continues from the first start, which makes anchor and row', async () => {
    const site = await createLogSite()
    await site.start()
    const client = new Database(site.path('database'))
    expect(client.prepare('select first_size, origin, verifier_key from origin').all()).toEqual([
      { first_size: 0, origin: 'log.example', verifier_key: site.read('verifierKey').trim() },
    ])
    client.close()
    expect(Number(site.read('anchor').split('\n')[1])).toBeGreaterThan(0)
    await site.start()
  })

  test('a log continues from a first start that died between anchor and row', async () => {
    const site = await createLogSite()
    await site.append('none', 0)
    change(site, 'delete from origin')
    await site.append('one')
    expect(await site.verify()).toMatchObject({ ok: true, treeSize: 1 })
  })

  test('a log continues from a database that was made before there were anchors', async () => {
    const site = await createLogSite()
    await site.append('old', 4)
    change(site, 'delete from origin')
    site.remove('anchor')
    await site.append('new')
    site.remove('anchor')
    await expect(site.append('never')).rejects.toMatchObject({ code: 'not-ready' })
  })

  test('a log continues when the process died after a commit and before its anchor, and the anchor catches up', async () => {
    const { site, early } = await arrange()
    site.take(early, 'anchor')
    await site.append('none', 0)
    expect(site.read('anchor').split('\n')[1]).toBe('6')
  })
})

describe('what a witness remembers', () => {
  test('the memory of a witness relates to the log as the tree itself does', async () => {
    const { site, elsewhere } = await arrange()
    const known = (from: LogSite) => parseCheckpointBody(parseNote(from.read('anchor')).text)
    const three = known(elsewhere)
    await elsewhere.append('elsewhere', 2)
    const five = known(elsewhere)
    await elsewhere.append('elsewhere', 4)
    const nine = known(elsewhere)
    const { store, close } = await openSqlite({
      path: site.path('database'),
      signer: createCheckpointSigner({ privateKey: site.read('logKey').trim() }),
    })
    expect(await compareCheckpoint(store.log, three)).toBe('covered')
    expect(await compareCheckpoint(store.log, five)).toBe('forked')
    expect(await compareCheckpoint(store.log, nine)).toBe('behind')
    await checkAgainst(store.log, { ...three, from: 'witness.example' })
    await expect(checkAgainst(store.log, { ...nine, from: 'witness.example' })).rejects.toThrow(
      /rolled back; the database has 6 records and according to `witness\.example` this log signed 9/,
    )
    await expect(checkAgainst(store.log, { ...five, from: 'witness.example' })).rejects.toThrow(
      /forked; the first 5 of the 6/,
    )
    close()
  })
})

describe('no size is signed twice', () => {
  test('two writers on one database sign no size twice, however their batches fall', async () => {
    const path = join(temporaryFolder(), 'sluis.db')
    const signer = createCheckpointSigner({ origin: TEST_ORIGIN, privateKey: TEST_LOG_KEY })
    const clients = [new Database(path), new Database(path)]
    const stores = clients.map((client) => createSqliteStore(prepareDatabase(client), { signer }))
    const notes = new Map<string, string>()
    await Promise.all(
      stores.map(async (store, writer) => {
        for (let round = 0; round < 40; round++) {
          // The same text from both: a replay is a record of its own, at a place of its own.
          const results = await store.commit([{ record: record(`round ${round}`) }, { record: record(`by ${writer}`) }])
          for (const result of results) {
            const checkpoint = receiptOf(result).proof.split('\n\n').slice(1).join('\n\n')
            const size = checkpoint.split('\n')[1]!
            expect(notes.get(size) ?? checkpoint).toBe(checkpoint)
            notes.set(size, checkpoint)
          }
          await new Promise((resolve) => setImmediate(resolve))
        }
      }),
    )
    expect(notes.size).toBe(80)
    for (const client of clients) client.close()
  })
})
