import { describe, expect, test } from 'vitest'
import { parseRecord } from '../../../src/audit/record/parse.ts'
import { formatBase64Url, formatUtf8 } from '../../../src/encoding/bytes.ts'
import type { Json } from '../../../src/encoding/json.ts'
import { createSubmitter } from '../../../src/exchange/submit.ts'
import { secret } from '../../../src/model/secret.ts'
import { addEpoch, ROTATIONS, retireEpoch } from '../../../src/pseudonym/key-rotation.ts'
import { createKeyring, type KeyringMaterial } from '../../../src/pseudonym/keyring.ts'
import { testMaterial } from '../../pseudonym/fixtures.ts'
import { type TestContext, testContext } from '../context.ts'
import { countRows, readRecords } from '../database.ts'
import { refusedReport } from '../reports.ts'

const before = testMaterial([1])
const rotated = addEpoch(before, ROTATIONS.lookup, secret(new Uint8Array(32).fill(2)), '2026-11-23').material
const retired = retireEpoch(rotated, 1, ROTATIONS.lookup).material

/** Submits with another keyring, as after a start with it. */
function submit({ gateway }: TestContext, material: KeyringMaterial, body: Json = refusedReport()) {
  const submitter = createSubmitter({ ...gateway, keyring: createKeyring(material) })
  return submitter.submit('fier', gateway.schemas.parseSubmission(body), body, 'key')
}

describe('an idempotency key from before a rotation', () => {
  test('an idempotency key from before a rotation returns the stored answer for as long as its epoch is held', async () => {
    const context = await testContext()
    const first = await submit(context, before)
    expect(await submit(context, rotated)).toEqual(first)
    expect(countRows(context.folder)).toMatchObject({ exchange: 1 })
  })

  test('an idempotency key from before a rotation is refused for another body', async () => {
    const context = await testContext()
    await submit(context, before)
    const other = { ...Object(refusedReport()), reference: 'A-2' }
    await expect(submit(context, rotated, other)).rejects.toMatchObject({ code: 'idempotency-key-reused' })
  })

  test('an idempotency key from before a rotation is a new one once its epoch is retired', async () => {
    const context = await testContext()
    const first = await submit(context, before)
    expect((await submit(context, retired)).id).not.toBe(first.id)
  })

  test('an idempotency key is stored under the newest epoch after a rotation', async () => {
    const context = await testContext()
    const first = await submit(context, rotated)
    expect(await submit(context, retired)).toEqual(first)
  })
})

test.each([
  ['before a rotation', before, 1],
  ['after one', rotated, 2],
])("the sender's reference is hashed under the newest epoch, %s", async (_, material, epoch) => {
  const context = await testContext()
  await submit(context, material, { ...Object(refusedReport()), reference: 'A-1' })
  const [code] = await createKeyring(material).mac({ use: 'reference', domain: 'fier', family: '', epoch }, [
    formatUtf8('A-1'),
  ])
  const [record] = await readRecords(context.folder)
  expect(parseRecord(record!)).toMatchObject({ reference: formatBase64Url(code!) })
})
