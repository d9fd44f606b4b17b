import { describe, expect, test } from 'vitest'
import type { Json } from '../../../src/encoding/json.ts'
import { runPipeline } from '../../../src/exchange/pipeline.ts'
import { putKeysInForce } from '../../../src/exchange/upkeep/keys-in-force.ts'
import { secret } from '../../../src/model/secret.ts'
import { addEpoch, ROTATIONS, type Rotation, retireEpoch } from '../../../src/pseudonym/key-rotation.ts'
import { createKeyring, type KeyringMaterial } from '../../../src/pseudonym/keyring.ts'
import { testMaterial } from '../../pseudonym/fixtures.ts'
import { testContext } from '../context.ts'
import { policeReport } from '../reports.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const rotate = (material: KeyringMaterial, rotation: Rotation) =>
  addEpoch(material, ROTATIONS[rotation], secret(random(32)), '2026-11-23').material

/** A gateway whose keyring changes from one start to the next, as its recipient sees it. */
async function setUp() {
  const context = await testContext()
  let gateway = context.gateway
  return {
    async start(material: KeyringMaterial) {
      gateway = { ...gateway, keyring: createKeyring(material) }
      expect(await putKeysInForce(gateway)).toEqual([])
    },
    /** Sends a report. @returns the pseudonym under which CoMensha gets to know its person */
    async report(report: Json = policeReport()): Promise<string> {
      const answer = await runPipeline(gateway, {
        sender: 'politie',
        submission: gateway.schemas.parseSubmission(report),
        idempotency: { keyHash: random(32), bodyHash: random(32) },
      })
      const contents = await context.openInbox()
      return contents.find(({ exchangeId }) => exchangeId === answer?.id)!.dataSubjects[0]!.pseudonym
    },
    async renewals(): Promise<readonly { readonly from: string; readonly to: string }[]> {
      const notices = await context.openNotices()
      return notices.flatMap((notice) => (notice.type === 'pseudonyms-renewed' ? notice.pseudonyms : []))
    },
  }
}

const old = testMaterial([1])
const other = policeReport({ voornaam: 'Bogdan', achternaam: 'Exempel', geboortedatum: '1991-04-17' })

describe('after a rotation of the match keys', () => {
  const rotated = rotate(old, 'match')

  test('after a rotation of the match keys a person from before is still known, and somebody else is somebody else', async () => {
    const { start, report } = await setUp()
    await start(old)
    const before = await report()
    await start(rotated)
    expect(await report()).toBe(before)
    expect(await report()).toBe(before)
    expect(await report(other)).not.toBe(before)
  })

  test('a person who was reported since the rotation is known when the old epoch is retired, and one who was not is new', async () => {
    const { start, report } = await setUp()
    await start(old)
    const [seenAgain, notSeen] = [await report(), await report(other)]
    await start(rotated)
    await report()
    await start(retireEpoch(rotated, 1, ROTATIONS.match).material)
    expect(await report()).toBe(seenAgain)
    expect(await report(other)).not.toBe(notSeen)
  })
})

describe('after a rotation of the pseudonym keys', () => {
  test('after a rotation of the pseudonym keys a person has the pseudonym that the recipient was sent', async () => {
    const { start, report, renewals } = await setUp()
    await start(old)
    const before = [await report(), await report(other)]
    await start(rotate(old, 'pseudonym'))
    const now = [await report(), await report(other)]
    const pairs = await renewals()
    expect(pairs).toHaveLength(2)
    expect(now).toEqual(before.map((pseudonym) => pairs.find(({ from }) => from === pseudonym)?.to))
    expect(new Set([...before, ...now]).size).toBe(4)
  })

  test('match keys stay the same after a rotation of the pseudonym keys, and the other way round', async () => {
    const { start, report, renewals } = await setUp()
    await start(old)
    const before = await report()
    const both = rotate(rotate(old, 'match'), 'pseudonym')
    await start(both)
    expect(await renewals()).toEqual([{ from: before, to: await report() }])
  })
})
