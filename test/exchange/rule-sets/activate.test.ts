import { expect, test } from 'vitest'
import { parseRecord } from '../../../src/audit/record/parse.ts'
import type { Gateway } from '../../../src/exchange/gateway.ts'
import { activatePolicySet } from '../../../src/exchange/rule-sets/activate.ts'
import { testContext } from '../context.ts'
import { readRecords } from '../database.ts'

test('a rule set is recorded when it comes into force, and only then', async () => {
  const { gateway, folder } = await testContext()
  const { policySet } = gateway
  const other: Gateway = {
    ...gateway,
    policySet: { ...policySet, policyHash: 'f'.repeat(64), sourceHash: 'e'.repeat(64) },
  }
  const hashes = async () => (await readRecords(folder)).map((record) => Object(parseRecord(record)))

  await activatePolicySet(gateway)
  await activatePolicySet(gateway)
  expect(await hashes()).toMatchObject([
    { type: 'policy', policyHash: policySet.policyHash, sourceHash: policySet.sourceHash },
  ])
  expect((await hashes())[0]).not.toHaveProperty('previous')

  await activatePolicySet(other)
  await activatePolicySet(other)
  await activatePolicySet(gateway)
  expect((await hashes()).slice(1)).toMatchObject([
    { policyHash: 'f'.repeat(64), previous: policySet.policyHash },
    { policyHash: policySet.policyHash, previous: 'f'.repeat(64) },
  ])
  expect(await gateway.store.findActivePolicyHash()).toBe(policySet.policyHash)
})
