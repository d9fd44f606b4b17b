import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { submissionExample } from '../../../src/http/examples.ts'
import { copyDatabase } from '../../../src/storage/files/database-copy.ts'
import { generateLogKey } from '../../../src/storage/log/checkpoint-signer.ts'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'
import { runSluis, STACK_TRACE } from '../run-sluis.ts'

let gateway: TestGateway
let copy: string
/** Of the log, and where the first of the exchanges stands in it. */
let treeSize: number
let first: number
const path = (name: string) => join(gateway.folder, name)

beforeAll(async () => {
  gateway = await startTestGateway()
  const police = await gateway.connect('politie')
  for (let number = 0; number < 5; number++) {
    await police.request('POST', '/v1/exchanges', {
      headers: { 'content-type': 'application/json', 'idempotency-key': `report-${number}` },
      body: JSON.stringify(submissionExample),
    })
  }
  treeSize = (await gateway.gateway.store.log.checkpoint())!.treeSize
  first = treeSize - 5
  copy = path('copy.sqlite')
  copyDatabase(gateway.databasePath, copy)
})
afterAll(() => gateway.stop())

const verify = (database: string, key: string = path('gateway/log.pub'), ...options: string[]) =>
  runSluis(['audit', 'verify', '--database', database, '--log-key', key, ...options])

function tampered(name: string, sql: string): string {
  copyFileSync(copy, path(name))
  const client = new Database(path(name))
  client.exec(sql)
  client.close()
  return path(name)
}

const otherLogKey = () =>
  generateLogKey('other.example', (length) => crypto.getRandomValues(new Uint8Array(length))).verifierKey

describe('sluis audit verify', () => {
  test('sluis audit verify verifies a copy, and the log of a running gateway, with nothing but the public key', async () => {
    for (const database of [copy, gateway.databasePath]) {
      for (const key of [path('gateway/log.pub'), gateway.verifierKey]) {
        const { code, stdout, stderr } = await verify(database, key)
        expect(stdout).toMatch(new RegExp(`^verified: ${treeSize} entries, root [A-Za-z0-9+/]{43}=\\n$`))
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      }
    }
    const { stdout } = await verify(copy, undefined, '--json')
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, treeSize })
  })

  const changes: readonly [string, (first: number) => string, (first: number) => string, isNamed: boolean][] = [
    [
      'a record that was changed',
      (first) =>
        `update entry set record = cast(replace(record, 'gedeeltelijk', 'verstrektxxx') as blob) where leaf_index = ${first}`,
      (first) => `^NOT verified: first bad entry ${first}: `,
      true,
    ],
    [
      'a record that was taken away',
      (first) =>
        `delete from exchange; delete from delivery; delete from salt; delete from entry where leaf_index = ${first}`,
      (first) => `^NOT verified: (first )?bad entry .*${first}`,
      false,
    ],
    [
      'a checkpoint that was taken away',
      (first) => `delete from checkpoint where tree_size > ${first}`,
      (first) => `^NOT verified: first bad entry ${first}: `,
      true,
    ],
  ]
  test.each(changes)('sluis audit verify names %s, and exits 4', async (name, sql, message, isNamed) => {
    const database = tampered(`${name.replaceAll(' ', '-')}.sqlite`, `pragma foreign_keys = off; ${sql(first)}`)
    const { code, stdout } = await verify(database)
    expect(stdout).toMatch(new RegExp(message(first)))
    expect(code).toBe(4)
    const asJson = await verify(database, undefined, '--json')
    expect(JSON.parse(asJson.stdout)).toMatchObject({ ok: false, ...(isNamed && { firstBadIndex: first }) })
  })

  test('sluis audit verify does not accept the key of another log', async () => {
    const { code, stdout } = await verify(copy, otherLogKey())
    expect(stdout).toMatch(/^NOT verified: /)
    expect(code).toBe(4)
  })

  test('sluis audit verify explains what to do with a file that is no database, and exits 1', async () => {
    writeFileSync(path('garbage.sqlite'), 'this is no database, and long enough to look like something'.repeat(100))
    writeFileSync(path('cut-off.sqlite'), readFileSync(copy).subarray(0, 5000))
    new Database(path('other.sqlite')).exec('create table entry (x)').close()
    for (const name of ['garbage.sqlite', 'cut-off.sqlite', 'other.sqlite', 'not-there.sqlite', 'gateway']) {
      const { code, stdout, stderr } = await verify(path(name))
      expect(stderr, name).toMatch(/^sluis: .*check the path/)
      expect(stderr, name).not.toMatch(STACK_TRACE)
      expect({ code, stdout }, name).toEqual({ code: 1, stdout: '' })
    }
  })
})
