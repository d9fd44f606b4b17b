import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { verifyReceipt } from '../../src/audit/receipt/receipt.ts'
import type { EpochReason, EpochRecord } from '../../src/audit/record/epoch.ts'
import { parseRecord } from '../../src/audit/record/parse.ts'
import { parseUtf8 } from '../../src/encoding/bytes.ts'
import { openSqliteReader } from '../../src/storage/better-sqlite.ts'
import { runSluis, STACK_TRACE } from '../cli/run-sluis.ts'
import { Death, dyingDisk } from '../storage/dying-disk.ts'
import { createLogSite, type LogSite } from './log-site.ts'

/** A log of six records that was put back to three. */
async function rolledBack(): Promise<{ site: LogSite; before: LogSite }> {
  const site = await createLogSite()
  await site.append('early', 3)
  const early = site.copy()
  await site.append('late', 3)
  const before = site.copy()
  site.take(early, 'database')
  return { site, before }
}

const sizeIn = (note: string): number => Number(note.split('\n')[1])
const originIn = (note: string): string => note.split('\n')[0]!

/** Every checkpoint in a database, by the origin that signed it and its size. */
function checkpointsOf(site: LogSite): Map<string, string> {
  const client = new Database(site.path('database'), { readonly: true })
  const notes = client.prepare('select note from checkpoint').pluck().all() as string[]
  client.close()
  return new Map(notes.map((note) => [`${originIn(note)} ${sizeIn(note)}`, note.split('\n')[2]!]))
}

async function recordAt(site: LogSite, leafIndex: number): Promise<EpochRecord> {
  const reader = openSqliteReader(site.path('database'))
  const [bytes] = await reader.log.records(leafIndex, leafIndex + 1)
  reader.close()
  return parseRecord(parseUtf8(bytes!)) as EpochRecord
}

describe('a new origin', () => {
  test('a new origin continues a log that was rolled back, and records what was lost', async () => {
    const { site, before } = await rolledBack()
    const oldKey = site.read('verifierKey').trim()
    const old = await before.append('only there')
    expect(await site.newOrigin({ reason: 'rolled-back' })).toMatchObject({
      status: 'begun',
      origin: 'log.example/2',
      previousOrigin: 'log.example',
      inherited: 3,
      lost: 3,
    })
    expect(await recordAt(site, 3)).toMatchObject({
      type: 'epoch',
      reason: 'rolled-back',
      origin: 'log.example/2',
      inherited: 3,
      previous: { origin: 'log.example', verifierKey: oldKey, treeSize: 6 },
    })
    const [receipt] = await site.append('after')
    expect(receipt?.leafIndex).toBe(4)
    const newKey = site.read('verifierKey').trim()
    expect(await verifyReceipt(receipt!, newKey)).toMatchObject({ ok: true })
    expect(await verifyReceipt(receipt!, oldKey)).toMatchObject({ ok: false })
    // What a party holds from before stays good, with the key of before or with both.
    expect(await verifyReceipt(old[0]!, [newKey, oldKey])).toMatchObject({ ok: true })
    expect(await site.verify()).toMatchObject({
      ok: true,
      treeSize: 5,
      originChanges: [{ leafIndex: 3, origin: 'log.example/2', reason: 'rolled-back', lost: 3 }],
    })
    expect(site.read('earlierVerifierKeys')).toBe(`${oldKey}\n`)
    expect(originIn(site.read('anchor'))).toBe('log.example/2')
    expect(statSync(site.path('logKey')).mode & 0o777).toBe(0o600)
    expect(existsSync(site.path('nextLogKey'))).toBe(false)
  })

  type Arrange = (site: LogSite, before: LogSite) => unknown
  const reasons: [reason: EpochReason, what: string, arrange: Arrange, previous: object][] = [
    ['anchor-lost', 'the anchor is missing', (site) => site.remove('anchor'), { treeSize: 6 }],
    [
      'anchor-lost',
      'the anchor is cut off',
      (site) => {
        for (const path of ['', '.synced']) writeFileSync(site.path('anchor') + path, 'log.example\n6')
      },
      { treeSize: 6 },
    ],
    ['key-lost', 'the key is gone', (site) => site.remove('logKey'), { treeSize: 6 }],
    ['key-lost', 'the key is damaged', (site) => writeFileSync(site.path('logKey'), 'PRIVATE'), { treeSize: 6 }],
    ['key-lost', 'the key was stolen and is there', () => undefined, { treeSize: 6 }],
    [
      'forked',
      'a copy went on elsewhere',
      async (site, early) => {
        await early.append('elsewhere', 5)
        site.take(early, 'database')
      },
      { treeSize: 6 },
    ],
    [
      'rolled-back',
      'the database was taken away',
      async (site) => {
        site.remove('database')
        await expect(site.append('never')).rejects.toMatchObject({ code: 'not-ready' })
      },
      { treeSize: 6 },
    ],
    [
      'anchor-lost',
      'the database is of before there were anchors',
      (site) => {
        site.remove('anchor')
        const client = new Database(site.path('database'))
        client.exec('delete from origin')
        client.close()
      },
      { treeSize: 6 },
    ],
  ]
  test.each(reasons)('a new origin for the reason %s: %s', async (reason, _, arrange, previous) => {
    const site = await createLogSite()
    await site.append('early', 3)
    const early = site.copy()
    await site.append('late', 3)
    await arrange(site, early)
    const result = await site.newOrigin({ reason })
    expect(result).toMatchObject({ status: 'begun', origin: 'log.example/2' })
    const { inherited } = result as { inherited: number }
    expect((await recordAt(site, inherited)).previous).toMatchObject({ origin: 'log.example', ...previous })
    await site.append('after', 2)
    expect(await site.verify()).toMatchObject({ ok: true, treeSize: inherited + 3 })
  })

  test('a new origin can be followed by another, and by one for a database of before the first', async () => {
    const { site } = await rolledBack()
    const old = site.copy()
    await site.newOrigin({ reason: 'rolled-back' })
    await site.append('second', 4)
    site.remove('logKey')
    expect(await site.newOrigin({ reason: 'key-lost' })).toMatchObject({ origin: 'log.example/3', inherited: 8 })
    await site.append('third', 1)
    expect(await site.verify()).toMatchObject({ ok: true, treeSize: 10 })

    site.take(old, 'database')
    await expect(site.append('never')).rejects.toThrow(/older than the current origin of this log/)
    expect(await site.newOrigin({ reason: 'rolled-back' })).toMatchObject({
      origin: 'log.example/4',
      previousOrigin: 'log.example/3',
      inherited: 3,
      lost: 7,
    })
    await site.append('fourth', 1)
    expect(await site.verify()).toMatchObject({ ok: true, treeSize: 5 })
    expect(site.verifierKeys()).toHaveLength(4)
  })

  test('a new origin believes a witness where the anchor knows no better', async () => {
    const { site, before } = await rolledBack()
    await before.append('witnessed', 2)
    site.remove('anchor')
    const checkpoint = before.read('anchor')
    expect(await site.newOrigin({ reason: 'anchor-lost', checkpoint })).toMatchObject({ status: 'refused' })
    expect(await site.newOrigin({ reason: 'rolled-back', checkpoint })).toMatchObject({ status: 'begun', lost: 5 })
    expect(await site.verify()).toMatchObject({ ok: true })
  })

  test('a new origin is refused, and changes nothing, when its reason is not true', async () => {
    const { site, before } = await rolledBack()
    const sound = before.copy()
    const other = await createLogSite('other.example')
    await other.append('other', 2)
    const mixed = before.copy()
    mixed.take(other, 'database')
    const withoutPublicKey = before.copy()
    withoutPublicKey.remove('logKey', 'verifierKey', 'database')
    await other.append('database', 1)
    const rows: [LogSite, Parameters<LogSite['newOrigin']>[0], RegExp][] = [
      [site, { reason: 'anchor-lost' }, /the reason is rolled-back/],
      [sound, { reason: 'rolled-back' }, /nothing needs a new origin/],
      [sound, { reason: 'forked' }, /nothing needs a new origin/],
      [sound, { reason: 'anchor-lost' }, /nothing needs a new origin/],
      [mixed, { reason: 'rolled-back' }, /database is that of another log/],
      [sound, { reason: 'key-lost', checkpoint: other.read('anchor') }, /no signature is by a known key/],
      [sound, { reason: 'key-lost', checkpoint: 'not a note' }, /note: has no signatures/],
    ]
    for (const [where, order, message] of rows) {
      const files = ['logKey', 'verifierKey', 'anchor'] as const
      const texts = files.map(where.read)
      const result = await where.newOrigin(order)
      const reason = expect.stringMatching(message)
      expect(result).toMatchObject({
        reason: 'status' in result && result.status === 'refused' ? { en: reason } : reason,
      })
      expect(files.map(where.read)).toEqual(texts)
      expect(existsSync(where.path('nextLogKey'))).toBe(false)
    }
  })
})

describe('a new origin that is cut off', () => {
  test('a new origin that is cut off is completed by running it again, wherever the process died; no origin signs two trees', async () => {
    const { site, before } = await rolledBack()
    const whole = dyingDisk()
    await site.copy().newOrigin({ reason: 'rolled-back' }, whole.calls)
    expect(whole.done.length).toBeGreaterThan(20)
    const { length } = whole.done
    // Before a call is after the one before it, but for the transaction on the database, which comes after the tenth.
    const deaths = Array.from({ length }, (_, index) => ({ at: index + 1, when: 'before' as 'before' | 'after' }))
    deaths.push({ at: 10, when: 'after' }, { at: length, when: 'after' })
    for (const { at, when } of deaths) {
      const dead = site.copy()
      const where = `${when} ${whole.done[at - 1]} (${at})`
      await expect(dead.newOrigin({ reason: 'rolled-back' }, dyingDisk(at, when).calls), where).rejects.toThrow(Death)
      // Whatever it left: the gateway does not sign, unless everything is in its place.
      const signed = checkpointsOf(dead)
      const started = await dead.append('meanwhile').catch((error: unknown) => error)
      if (started instanceof Error) {
        const again = await dead.newOrigin({ reason: 'rolled-back' })
        expect(again, where).toMatchObject({ origin: expect.stringMatching(/^log\.example\/[23]$/) })
      }
      await dead.append('after', 2)
      expect(await dead.verify(), where).toMatchObject({ ok: true, originChanges: [{ lost: 3 }] })
      expect(existsSync(dead.path('nextLogKey')), where).toBe(false)
      expect(originIn(dead.read('anchor')), where).toBe(
        originIn(dead.read('logKey').replace('PRIVATE+KEY+', '').replace(/\+/, '\n')),
      )
      expect(dead.read('earlierVerifierKeys'), where).toBe(before.read('verifierKey'))
      const later = checkpointsOf(dead)
      for (const [size, root] of [...checkpointsOf(before), ...signed]) {
        if (later.has(size)) expect(later.get(size), where).toBe(root)
      }
    }
  }, 60_000)

  test('a gateway does not start after a new origin that is cut off, and the reason says to run it again', async () => {
    const { site } = await rolledBack()
    const disk = dyingDisk(11)
    await expect(site.newOrigin({ reason: 'rolled-back' }, disk.calls)).rejects.toThrow(Death)
    await expect(site.append('never')).rejects.toThrow(/was begun and cut off; run `sluis log new-origin` again/)
  })

  test('a new origin never reuses an origin that a call named before it died', async () => {
    const { site } = await rolledBack()
    const disk = dyingDisk(7, 'after')
    await expect(site.newOrigin({ reason: 'rolled-back' }, disk.calls)).rejects.toThrow(Death)
    expect(site.read('nextLogKey')).toContain('+log.example/2+')
    expect(await site.newOrigin({ reason: 'rolled-back' })).toMatchObject({ status: 'begun', origin: 'log.example/3' })
  })

  test('a new origin stores nothing when its transaction fails', async () => {
    const { site } = await rolledBack()
    const client = new Database(site.path('database'))
    client.exec("create trigger refuse before insert on origin begin select raise(abort, 'no'); end")
    await expect(site.newOrigin({ reason: 'rolled-back' })).rejects.toThrow()
    client.exec('drop trigger refuse')
    client.close()
    expect(sizeIn([...checkpointsOf(site).keys()].at(-1)!.replace(' ', '\n'))).toBe(3)
    expect(await site.newOrigin({ reason: 'rolled-back' })).toMatchObject({ status: 'begun', origin: 'log.example/3' })
    expect(await site.verify()).toMatchObject({ ok: true, treeSize: 4 })
  })
})

describe('sluis log new-origin', () => {
  const run = (site: LogSite, ...args: string[]) => runSluis(['log', 'new-origin', '--data', site.folder, ...args])

  test('sluis log new-origin reports its result and whom to inform', async () => {
    const { site } = await rolledBack()
    const { code, stdout, stderr } = await run(site, '--reason', 'rolled-back')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(
      /continues under log\.example\/2, with 3 records of log\.example and without 3 that it had signed/,
    )
    expect(stdout).toContain(site.read('verifierKey').trim())
    expect(stdout).toMatch(/send this key, and the reason, to every party .*, every auditor and every witness/)
    expect(stdout).not.toContain('PRIVATE')
    const published = await runSluis(['keys', 'export-public', '--data', site.folder])
    expect(JSON.parse(published.stdout)).toMatchObject({
      log: { origin: 'log.example/2', earlierVerifierKeys: site.read('earlierVerifierKeys').trim().split('\n') },
    })
  })

  test('sluis log new-origin answers in Dutch with --lang nl', async () => {
    const { site, before } = await rolledBack()
    expect(await run(before, '--reason', 'rolled-back', '--lang', 'nl')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'sluis: database en anker passen bij elkaar, dus er is geen nieuwe oorsprong nodig; start de gateway, of geef met --checkpoint FILE een checkpoint dat een getuige bewaarde\n',
    })
    const note = join(site.folder, 'note')
    writeFileSync(note, 'nonsense')
    const unverified = await run(site, '--reason', 'rolled-back', '--checkpoint', note, '--lang', 'nl')
    expect(unverified.stderr).toMatch(/^sluis: KLOPT NIET: notitie: heeft geen handtekeningen /)
    const { stdout, stderr } = await run(site, '--reason', 'rolled-back', '--lang', 'nl')
    expect(stderr).toBe('')
    expect(stdout.trimEnd().split('\n')).toEqual([
      'het logboek gaat verder onder log.example/2, met 3 records van log.example en zonder 3 die dat al ondertekend had',
      `de controlesleutel: ${site.read('verifierKey').trim()}`,
      'stuur deze sleutel, met de reden, naar elke partij (voor `inbox open` en ontvangstbewijzen), elke auditor en elke getuige van dit logboek',
      `de eerdere sleutels staan in ${site.path('earlierVerifierKeys')}: daarmee controleert u oudere ontvangstbewijzen`,
      'maak nu een reservekopie van log.key en log.pub; start dan de gateway',
    ])
  })

  test('sluis log new-origin refuses with exit 2, and exits 4 for a checkpoint that does not verify', async () => {
    const { site, before } = await rolledBack()
    const refused = await run(before, '--reason', 'rolled-back')
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    const note = join(site.folder, 'note')
    for (const text of ['', 'nonsense', before.read('anchor').replace('\n6\n', '\n7\n')]) {
      writeFileSync(note, text)
      const { code, stdout, stderr } = await run(site, '--reason', 'rolled-back', '--checkpoint', note)
      expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
      expect(stderr).toMatch(/^sluis: NOT verified: note: /)
    }
  })

  test('sluis log new-origin asks for a reason, a database and files that exist', async () => {
    const { site } = await rolledBack()
    const rows: [string[], RegExp][] = [
      [[], /give the reason with --reason: rolled-back, forked, anchor-lost, key-lost/],
      [['--reason', 'because'], /give the reason with --reason/],
      [['--reason', 'rolled-back', '--checkpoint', join(site.folder, 'absent')], /cannot be read/],
    ]
    const absent = join(site.folder, 'absent')
    const runs = [
      ...rows.map(([args, message]) => ({ message, result: run(site, ...args) })),
      {
        message: /no database in/,
        result: runSluis(['log', 'new-origin', '--data', absent, '--reason', 'rolled-back']),
      },
    ]
    for (const { message, result } of runs) {
      const { code, stderr } = await result
      expect(code).toBe(1)
      expect(stderr).toMatch(message)
      expect(stderr).not.toMatch(STACK_TRACE)
    }
  })
})
