import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatAddCheckpoint } from '../../src/audit/checkpoint/add-checkpoint.ts'
import { formatBase64 } from '../../src/encoding/bytes.ts'
import { createWitness } from '../../src/witness/server.ts'
import { openWitnessStore } from '../../src/witness/witness-store.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'
import { newCosigner, newTestLog, post, records, type TestLog } from './test-log.ts'

const ORIGIN = 'log.example/2026'
const MAX_SIZE = 40

/** A restart of the witness, or a request of a log, honest or not. */
type Step =
  | { readonly kind: 'restart' }
  | {
      readonly kind: 'request'
      readonly tree: number
      readonly size: number
      /** Undefined is the size that the witness has. */
      readonly oldSize: number | undefined
      /** Which tree the proof is made in: the same, another, or none. */
      readonly proofTree: number | undefined
    }
  /** From the size that the witness has, in one tree: accepted if that tree contains everything cosigned before. */
  | { readonly kind: 'growth'; readonly tree: number; readonly leaves: number }

const size = fc.integer({ min: 0, max: MAX_SIZE })
const tree = fc.integer({ min: 0, max: 3 })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('growth' as const), tree, leaves: fc.integer({ min: 0, max: 6 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('request' as const),
      tree,
      size,
      oldSize: fc.option(size, { nil: undefined }),
      proofTree: fc.option(tree, { nil: undefined }),
    }),
  },
)

test('whatever trees it is shown, in whatever order, a witness never cosigns two that are inconsistent', {
  timeout: 120_000,
}, async () => {
  const path = join(temporaryFolder(), 'witness.sqlite')
  const cosigner = newCosigner('witness.example')
  let cosignedInAll = 0
  let refusedInAll = 0
  const law = fc.asyncProperty(
    fc.tuple(size, size, size),
    fc.array(step, { minLength: 5, maxLength: 40 }),
    fc.uuid(),
    async (forkedAt, steps, name) => {
      // A witness of its own would cost a file each; a log of its own is as good, because logs are kept apart.
      const trunk = newTestLog(`${ORIGIN}/${name}`)
      trunk.append(...records(MAX_SIZE))
      const forks = forkedAt.map((at, number) => {
        const fork = trunk.fork(at)
        fork.append(...records(MAX_SIZE - at, `fork ${number}`))
        return fork
      })
      const trees: readonly TestLog[] = [trunk, ...forks]
      let store = openWitnessStore(path)
      const open = () =>
        createWitness({ logs: [trunk.key], store, cosigner, clock: () => new Date(0), reportFault() {} })
      let app = open()
      const cosigned: { tree: TestLog; size: number }[] = []
      try {
        for (const step of steps) {
          if (step.kind === 'restart') {
            store.close()
            store = openWitnessStore(path)
            app = open()
            continue
          }
          const shown = trees[step.tree]!
          const witnessed = cosigned.at(-1)?.size ?? 0
          const size = step.kind === 'growth' ? Math.min(witnessed + step.leaves, MAX_SIZE) : step.size
          const oldSize = step.kind === 'growth' ? witnessed : (step.oldSize ?? witnessed)
          const proofTree =
            step.kind === 'growth' ? shown : step.proofTree === undefined ? undefined : trees[step.proofTree]
          const hasProof = proofTree && oldSize > 0 && oldSize <= size
          const proof = hasProof ? await proofTree.proof(oldSize, size) : []
          const response = await app.fetch(
            post(formatAddCheckpoint({ oldSize, proof, checkpoint: shown.checkpoint(size) })),
          )
          if (response.status === 200) cosigned.push({ tree: shown, size })
          else expect([400, 409, 422]).toContain(response.status)
          refusedInAll += response.status === 200 ? 0 : 1
        }
      } finally {
        store.close()
      }
      cosignedInAll += cosigned.length
      for (const [position, later] of cosigned.entries()) {
        for (const earlier of cosigned.slice(0, position)) {
          expect(later.size).toBeGreaterThanOrEqual(earlier.size)
          expect(formatBase64(later.tree.root(earlier.size))).toBe(formatBase64(earlier.tree.root(earlier.size)))
        }
      }
    },
  )
  await fc.assert(law, { numRuns: 60 })
  expect(cosignedInAll, 'the law was tried on enough cosignatures').toBeGreaterThan(100)
  expect(refusedInAll).toBeGreaterThan(100)
})
