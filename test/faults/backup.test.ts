import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { verifyReceipt } from '../../src/audit/receipt/receipt.ts'
import { parseRecord } from '../../src/audit/record/parse.ts'
import { DATA_FILES } from '../../src/boot/key-files.ts'
import { verifyDatabase } from '../../src/cli/audit/verify-database.ts'
import { parseUtf8 } from '../../src/encoding/bytes.ts'
import type { ExchangeAnswer } from '../../src/exchange/pipeline.ts'
import { openSqliteReader } from '../../src/storage/better-sqlite.ts'
import { replaceDatabase } from '../../src/storage/files/database-copy.ts'
import { runSluis, STACK_TRACE } from '../cli/run-sluis.ts'
import { Death, dyingDisk } from '../storage/dying-disk.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'
import { createSite, runServe, type Site, startChild } from './child-gateway.ts'
import { createLogSite, type LogSite } from './log-site.ts'
import { reportAbout } from './reports.ts'

const backUp = (folder: string, to: string, ...options: string[]) =>
  runSluis(['backup', '--data', folder, '--to', to, ...options])
const restore = (folder: string, file: string, ...options: string[]) =>
  runSluis(['restore', file, '--data', folder, ...options])
const commandsIn = async (path: string): Promise<string[]> => {
  const reader = openSqliteReader(path)
  const commands: string[] = []
  for await (const bytes of reader.records()) {
    const record = parseRecord(parseUtf8(bytes))
    if (record.type === 'key' && record.step === 'command') commands.push(record.command)
  }
  reader.close()
  return commands
}
const sizeOf = (path: string): number => {
  const reader = openSqliteReader(path)
  reader.close()
  return reader.size
}

describe('backup and restore of a gateway', () => {
  test('backup and restore are consistent while the gateway writes, hold no key, and report what is missing; a new origin lets it continue', {
    timeout: 120_000,
  }, async () => {
    const site = await createSite()
    let gateway = await startChild(site)
    const police = await site.connect('politie')
    const submit = async (number: number): Promise<ExchangeAnswer> => {
      const response = await police.request('POST', '/v1/exchanges', {
        headers: { 'content-type': 'application/json', 'idempotency-key': `report-${number}` },
        body: JSON.stringify(reportAbout('politie', number)),
      })
      expect([201, 403]).toContain(response.status)
      return (await response.json()) as ExchangeAnswer
    }
    for (let number = 0; number < 10; number++) await submit(number)

    const file = join(temporaryFolder(), 'backup.sqlite')
    let isOver = false
    const later: ExchangeAnswer[] = []
    const load = (async () => {
      for (let number = 10; !isOver || number < 20; number++) later.push(await submit(number))
    })()
    const made = await backUp(site.dataFolder, file)
    isOver = true
    await load
    expect(made.code).toBe(0)
    expect(made.stdout).toMatch(/backup\.sqlite: verified: \d+ entries, root /)
    expect(made.stdout).toContain(`127.0.0.1:${site.port}\n${sizeOf(file)}\n`)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(file, '..'))).toEqual(['backup.sqlite'])
    expectNoKeyIn(file, site)
    const size = sizeOf(file)
    expect(size).toBeGreaterThan(10)

    const refused = await restore(site.dataFolder, file)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(/another process already writes to it/)
    await gateway.kill()
    gateway = await startChild(site)
    const last = await submit(1000)
    await gateway.kill()
    expect(await commandsIn(site.databasePath)).toContain('backup')
    const signed = sizeOf(site.databasePath)
    const oldKey = site.verifierKey()

    const restored = await restore(site.dataFolder, file)
    expect(restored).toMatchObject({ code: 0, stderr: '' })
    expect(restored.stdout).toContain(
      `entries ${size} up to and including ${signed - 1} are not in the backup: what they record did happen, and their receipts stay valid; the gateway will not start before \`sluis log new-origin --reason rolled-back\``,
    )
    const aside = readdirSync(site.dataFolder).filter((name) => name.startsWith('sluis.sqlite.replaced-'))
    expect(aside).toHaveLength(1)
    expect(sizeOf(join(site.dataFolder, aside[0]!))).toBe(signed)
    expect(await runServe(site)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/rolled back; the database has/),
    })

    const begun = await runSluis(['log', 'new-origin', '--reason', 'rolled-back', '--data', site.dataFolder])
    expect(begun.code).toBe(0)
    gateway = await startChild(site)
    const after = await submit(2000)
    await gateway.kill()
    expect(await commandsIn(site.databasePath)).toContain('restore')
    const newKey = site.verifierKey()
    expect(newKey).not.toBe(oldKey)
    expect(await verifyReceipt(after.receipt, newKey)).toMatchObject({ ok: true })
    expect(await verifyReceipt(last.receipt, oldKey), 'what was lost was promised').toMatchObject({ ok: true })
    expect(await verifyDatabase(site.databasePath, [oldKey, newKey])).toMatchObject({
      ok: true,
      originChanges: [{ leafIndex: size, reason: 'rolled-back', lost: signed - size }],
    })
    const cli = ['audit', 'verify', '--database', site.databasePath, '--log-key', join(site.dataFolder, 'log.pub')]
    expect(await runSluis(cli)).toMatchObject({
      code: 4,
      stdout: expect.stringMatching(/no key of that origin was given/),
    })
    expect(await runSluis([...cli, '--log-key', join(site.dataFolder, 'log.pub.history')])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        new RegExp(`entry ${size} continues the log under the origin .*/2 \\(rolled-back\\)`),
      ),
    })
  })
})

function expectNoKeyIn(file: string, { dataFolder }: Site): void {
  const bytes = readFileSync(file)
  const secrets = [
    readFileSync(join(dataFolder, DATA_FILES.logKey), 'utf8').trim().split('+').slice(4).join('+'),
    (JSON.parse(readFileSync(join(dataFolder, DATA_FILES.tokenKey), 'utf8')) as { d: string }).d,
    ...[...readFileSync(join(dataFolder, DATA_FILES.keyring), 'utf8').matchAll(/"secret":\s*"([^"]+)"/g)].map(
      ([, text]) => text!,
    ),
  ]
  expect(secrets.length).toBeGreaterThan(2)
  for (const secret of secrets) {
    expect(bytes.includes(secret)).toBe(false)
    expect(bytes.includes(Buffer.from(secret, 'base64'))).toBe(false)
  }
}

/** A log and a backup of it from before its last three records. */
async function withBackup(): Promise<{ site: LogSite; file: string }> {
  const site = await createLogSite()
  await site.append('early', 3)
  const file = join(temporaryFolder(), 'backup.sqlite')
  const { code } = await backUp(site.folder, file)
  expect(code).toBe(0)
  await site.append('late', 3)
  return { site, file }
}

function change(path: string, sql: string): void {
  const client = new Database(path)
  client.exec(sql)
  client.close()
}

describe('sluis backup', () => {
  test('sluis backup makes nothing of a log that does not verify, and exits 4', async () => {
    const { site } = await withBackup()
    change(site.path('database'), "update entry set record = x'7b7d' where leaf_index = 2")
    const file = join(temporaryFolder(), 'backup.sqlite')
    const { code, stdout, stderr } = await backUp(site.folder, file)
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
    expect(stderr).toMatch(/no backup was made\n.*first bad entry 2/)
    expect(readdirSync(join(file, '..'))).toEqual([])
  })

  test('sluis backup overwrites no file, and clears away what a run that was cut off left', async () => {
    const { site, file } = await withBackup()
    const before = readFileSync(file)
    expect(await backUp(site.folder, file)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/exists already/),
    })
    expect(readFileSync(file)).toEqual(before)
    const other = join(temporaryFolder(), 'backup.sqlite')
    writeFileSync(`${other}.draft`, 'half of a backup')
    expect(await backUp(site.folder, other, '--json')).toMatchObject({ code: 0 })
    expect(readdirSync(join(other, '..'))).toEqual(['backup.sqlite'])
  })

  test('sluis backup prints size and checkpoint as JSON', async () => {
    const { site } = await withBackup()
    const { stdout } = await backUp(site.folder, join(temporaryFolder(), 'backup.sqlite'), '--json')
    const { treeSize, checkpoint } = JSON.parse(stdout) as { treeSize: number; checkpoint: string }
    expect(checkpoint).toMatch(new RegExp(`^log\\.example\\n${treeSize}\\n`))
  })
})

describe('sluis restore', () => {
  test('sluis restore reports that nothing is missing when the backup holds everything', async () => {
    const { site } = await withBackup()
    const file = join(temporaryFolder(), 'newest.sqlite')
    await backUp(site.folder, file)
    // The command itself comes into the log after the copy was made.
    const size = sizeOf(site.path('database'))
    const { stdout } = await restore(site.folder, file)
    expect(stdout).toContain(`entries ${size - 1} up to and including ${size - 1} are not in the backup`)
    site.remove('database')
    const aside = readdirSync(site.folder).find((name) => name.startsWith('sluis.sqlite.replaced-'))!
    const again = await restore(site.folder, join(site.folder, aside), '--json')
    expect(JSON.parse(again.stdout)).toMatchObject({ treeSize: size, next: 'start' })
    await site.append('after')
  })

  test('sluis backup and sluis restore answer in Dutch with --lang nl', async () => {
    const { site } = await withBackup()
    const file = join(temporaryFolder(), 'newest.sqlite')
    const size = sizeOf(site.path('database'))
    const made = await backUp(site.folder, file, '--lang', 'nl')
    expect(made.stdout.split('\n')[0]).toMatch(new RegExp(`newest\\.sqlite: klopt: ${size} records, wortel `))
    expect(made.stderr).toBe(
      'de reservekopie heeft geen sleutels: bewaar die apart; gegevens die later worden vernietigd, blijven in de reservekopie staan, dus vernietig die op tijd\n',
    )
    const { stdout, stderr } = await restore(site.folder, file, '--lang', 'nl')
    const aside = readdirSync(site.folder).find((name) => name.startsWith('sluis.sqlite.replaced-'))!
    expect(stderr).toBe('')
    expect(stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(new RegExp(`newest\\.sqlite: klopt: ${size} records, wortel `)),
      `de vervangen database is bewaard als ${site.path('database').replace('sluis.sqlite', aside)}; die heeft de persoonsgegevens nog, dus vernietig die op tijd`,
      `records ${size} tot en met ${size} staan niet in de reservekopie: wat daarin staat is wel gebeurd, en de ontvangstbewijzen ervan blijven geldig; de gateway start niet vóór \`sluis log new-origin --reason rolled-back\`; doe dat alleen als er geen nieuwere database te vinden is`,
    ])
    truncateSync(file, 0)
    expect((await restore(site.folder, file, '--lang', 'nl')).stderr).toMatch(
      /: KLOPT NIET: .*geef een andere reservekopie\nsluis: er is niets veranderd\n$/,
    )
    change(site.path('database'), "update entry set record = x'7b7d' where leaf_index = 2")
    expect((await backUp(site.folder, `${file}.2`, '--lang', 'nl')).stderr).toMatch(
      /^sluis: het logboek in de kopie klopt niet, dus er is geen reservekopie gemaakt\nKLOPT NIET: eerste foute record 2: /,
    )
  })

  test('sluis restore reports when the backup is of a copy that continued elsewhere, and when the anchor is lost', async () => {
    const { site } = await withBackup()
    const elsewhere = site.copy()
    await elsewhere.append('elsewhere', 9)
    await site.append('here', 1)
    const file = join(temporaryFolder(), 'elsewhere.sqlite')
    await backUp(elsewhere.folder, file)
    expect(JSON.parse((await restore(site.folder, file, '--json')).stdout)).toMatchObject({ reason: 'forked' })
    site.remove('anchor')
    expect(JSON.parse((await restore(site.folder, file, '--json')).stdout)).toMatchObject({ reason: 'anchor-lost' })
  })

  const bad: [what: string, damage: (file: string, other: string) => void][] = [
    ['has a record that was changed', (file) => change(file, "update entry set record = x'7b7d' where leaf_index = 1")],
    ['lacks a record', (file) => change(file, 'delete from entry where leaf_index = 2')],
    ['has no checkpoint', (file) => change(file, 'pragma foreign_keys = off; delete from checkpoint')],
    ['was cut off', (file) => truncateSync(file, 20_000)],
    ['is empty', (file) => truncateSync(file, 0)],
    ['is no database', (file) => writeFileSync(file, 'no database, and longer than a header is'.repeat(20))],
    [
      'is a database of something else',
      (file) => {
        writeFileSync(file, '')
        change(file, 'create table entry (x)')
      },
    ],
    ['is of another log', (file, other) => writeFileSync(file, readFileSync(other))],
  ]
  test.each(bad)('sluis restore exits 4 and changes nothing when the backup %s', async (_, damage) => {
    const { site, file } = await withBackup()
    damage(file, (await withOther()).file)
    const before = readdirSync(site.folder)
    const database = readFileSync(site.path('database'))
    const { code, stdout, stderr } = await restore(site.folder, file)
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
    expect(stderr).toMatch(/NOT verified: [^\n]+\nsluis: nothing was changed\n$/)
    expect(stderr).not.toMatch(STACK_TRACE)
    expect(readFileSync(site.path('database'))).toEqual(database)
    expect(readdirSync(site.folder).filter((name) => !before.includes(name))).toEqual([])
    await site.append('goes on')
  })

  test('sluis restore into a folder without keys asks for the key of the log', async () => {
    const { site, file } = await withBackup()
    const folder = join(temporaryFolder(), 'new')
    expect(await restore(folder, file)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/restore the keys first/),
    })
    const key = site.read('verifierKey').trim()
    const { code, stdout } = await restore(folder, file, '--log-key', key)
    expect(code).toBe(0)
    expect(stdout).toMatch(/--reason anchor-lost/)
    expect(sizeOf(join(folder, DATA_FILES.database))).toBe(3)
  })

  test('sluis restore asks for one file that exists', async () => {
    const { site, file } = await withBackup()
    for (const args of [[], [file, file], [join(site.folder, 'absent')]]) {
      const { code, stderr } = await runSluis(['restore', '--data', site.folder, ...args])
      expect(code).toBe(1)
      expect(stderr).toMatch(/give (one file: the backup|the file of a backup)/)
    }
  })
})

describe('a restore that is cut off', () => {
  test('a restore that is cut off leaves the old database or the new one, wherever it died, and a second run completes it', async () => {
    const { site, file } = await withBackup()
    // A process that was killed leaves a -wal, which belongs to the old database alone.
    const arrange = () => {
      const copy = site.copy()
      const path = copy.path('database')
      const replacement = `${path}.restoring`
      writeFileSync(replacement, readFileSync(file))
      return { copy, path, replacement }
    }
    const whole = dyingDisk()
    const first = arrange()
    replaceDatabase(first.path, first.replacement, `${first.path}.aside`, whole.calls)
    expect(sizeOf(first.path)).toBe(3)
    for (let at = 1; at <= whole.done.length + 2; at++) {
      const { copy, path, replacement } = arrange()
      expect(() => replaceDatabase(path, replacement, `${path}.aside`, dyingDisk(at).calls)).toThrow(Death)
      expect([3, 7]).toContain(sizeOf(path))
      if (existsSync(`${path}.aside`)) expect(sizeOf(`${path}.aside`)).toBe(7)
      expect(await restore(copy.folder, file)).toMatchObject({ code: 0 })
      expect(sizeOf(path)).toBe(3)
      await expect(copy.append('never')).rejects.toThrow(/rolled back/)
    }
  })
})

async function withOther(): Promise<{ file: string }> {
  const other = await createLogSite('other.example')
  await other.append('other', 3)
  const file = join(temporaryFolder(), 'other.sqlite')
  await backUp(other.folder, file)
  return { file }
}
