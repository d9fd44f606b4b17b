import { chmodSync, cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { formatKeyRecord, type KeyCommand } from '../../../src/audit/record/key.ts'
import { formatHex, parseUtf8 } from '../../../src/encoding/bytes.ts'
import type { CommitQueue } from '../../../src/ports/store.ts'
import { openSqlite } from '../../../src/storage/better-sqlite.ts'
import { createCommandJournal, writeCommand } from '../../../src/storage/files/command-journal.ts'
import { createGroupCommit } from '../../../src/storage/group-commit.ts'
import { createCheckpointSigner } from '../../../src/storage/log/checkpoint-signer.ts'
import { record, TEST_LOG_KEY } from '../commits.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const at = new Date('2026-11-22T10:00:00.000Z')
const commandRecord = (command: KeyCommand) =>
  formatKeyRecord({ type: 'key', at: at.toISOString(), step: 'command', command, nonce: random(16) })

async function setUp() {
  const folder = temporaryFolder()
  const journalFolder = join(folder, 'command-journal')
  const { store, close } = await openSqlite({
    path: join(folder, 'sluis.sqlite'),
    signer: createCheckpointSigner({ privateKey: TEST_LOG_KEY }),
  })
  onTestFinished(close)
  const queue = createGroupCommit(store)
  return {
    journalFolder,
    queue,
    log: store.log,
    /** Leaves a command in the folder a few milliseconds after the one before. */
    leave(command: KeyCommand, milliseconds = 0) {
      const text = commandRecord(command)
      writeCommand(journalFolder, text, new Date(at.getTime() + milliseconds), random)
      return text
    },
    take: (through: CommitQueue = queue) => createCommandJournal(journalFolder, store.log, through).take(),
    records: async () => (await store.log.records(0, 1000)).map((bytes) => parseUtf8(bytes)),
  }
}

describe('the key journal', () => {
  test('the key journal brings commands into the log in their order, and empties the folder', async () => {
    const { journalFolder, leave, take, records } = await setUp()
    const texts = [leave('init', 0), leave('list', 1), leave('rotate', 2)]
    expect(await take()).toBe(3)
    expect(await records()).toEqual(texts)
    expect(readdirSync(journalFolder)).toEqual([])
    expect(await take()).toBe(0)
  })

  test('the key journal is empty when nobody ever wrote in it', async () => {
    expect(await (await setUp()).take()).toBe(0)
  })

  test('the key journal records a command once when two processes take it at once', async () => {
    const { leave, records, journalFolder, queue, log } = await setUp()
    const text = leave('list')
    const journal = createCommandJournal(journalFolder, log, queue)
    await Promise.all([journal.take(), journal.take()])
    expect(await records()).toEqual([text])
  })

  /** Every state in which a process can leave the folder, made by letting it die there. */
  const deaths: readonly (readonly [
    when: string,
    die: (context: Awaited<ReturnType<typeof setUp>>) => Promise<void>,
  ])[] = [
    ['before it took anything', async () => {}],
    [
      'after the stamp and before the commit',
      async ({ take }) => {
        const dead: CommitQueue = { commit: () => Promise.reject(new Error('killed')) }
        await expect(take(dead)).rejects.toThrow('killed')
      },
    ],
    [
      'after the commit and before the file was gone',
      async ({ take, queue }) => {
        const dies: CommitQueue = {
          async commit(commit) {
            await queue.commit(commit)
            throw new Error('killed')
          },
        }
        await expect(take(dies)).rejects.toThrow('killed')
      },
    ],
    [
      'after the file was gone, but the disk forgot that',
      async ({ take, journalFolder, queue }) => {
        const copy = temporaryFolder()
        const copies: CommitQueue = {
          async commit(commit) {
            cpSync(journalFolder, copy, { recursive: true })
            return queue.commit(commit)
          },
        }
        await take(copies)
        cpSync(copy, journalFolder, { recursive: true })
      },
    ],
  ]
  test.each(deaths)('the key journal has a command in the log once when the process died %s', async (_, die) => {
    const context = await setUp()
    const before = record('before')
    await context.queue.commit({ record: before })
    const text = context.leave('rotate')
    await die(context)
    const after = Array.from({ length: 300 }, (_, index) => record(`after ${index}`))
    await Promise.all(after.map((record) => context.queue.commit({ record })))
    await context.take()
    expect((await context.records()).filter((record) => record === text)).toHaveLength(1)
    expect(readdirSync(context.journalFolder)).toEqual([])
  })

  test.each([
    ['no record', 'kanarie'],
    ['another record', record('kanarie')],
    [
      'a record of what only the gateway sees',
      formatKeyRecord({ type: 'key', at: at.toISOString(), step: 'retired', epoch: 1, uses: [], nonce: random(16) }),
    ],
  ])('the key journal takes nothing that is %s, names the file and leaves it', async (_, text) => {
    const { journalFolder, take, records, leave } = await setUp()
    const first = leave('list')
    writeCommand(journalFolder, text, new Date(at.getTime() + 1), random)
    await expect(take()).rejects.toThrow(/is not the record of a command; remove it from the folder/)
    await expect(take()).rejects.not.toThrow('kanarie')
    expect(await records()).toEqual([first])
    expect(readdirSync(journalFolder)).toHaveLength(1)
  })

  test('the key journal does not take a file that others could have written', async () => {
    const { journalFolder, take, leave, records } = await setUp()
    leave('list')
    chmodSync(join(journalFolder, readdirSync(journalFolder)[0]!), 0o660)
    await expect(take()).rejects.toThrow(/has mode 0660/)
    expect(await records()).toEqual([])
  })

  test('the key journal leaves files alone that are not its own', async () => {
    const { journalFolder, take } = await setUp()
    mkdirSync(journalFolder)
    const draft = `${'0'.repeat(36)}.json.${formatHex(random(8))}.draft`
    writeFileSync(join(journalFolder, draft), 'half a rec')
    expect(await take()).toBe(0)
    expect(readdirSync(journalFolder)).toEqual([draft])
  })
})
