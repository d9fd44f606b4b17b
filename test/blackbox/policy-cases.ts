import { beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../src/auth/client.ts'
import { readPolicyFolder } from '../../src/boot/policy-folder.ts'
import { post, readAs, readProblem, submit } from './calls.ts'
import type { BlackBox } from './gateway.ts'
import { policeReport } from './reports.ts'

/** The shipped rule files with a comment at the end of each: other texts, the same rules. */
const commented = (comment: string) =>
  readPolicyFolder('policies').map(({ path, text }) => ({ path, text: `${text}# ${comment}\n` }))

export function policyCases(gateway: () => BlackBox): void {
  describe('rule sets', () => {
    let proposer: Client
    let approver: Client
    beforeAll(async () => {
      ;[proposer, approver] = (await Promise.all(
        ['politie.functionaris-1', 'comensha.functionaris-1'].map(gateway().connect),
      )) as [Client, Client]
    })

    test('a set is larger than a report may be, and reaches the officers whole', async () => {
      const files = [...commented('x'.repeat(2_048)), { path: 'policies/fout.yaml', text: 'soort: grondslag\n' }]
      const response = await post(proposer, '/v1/policy-proposals', { files })
      expect(response.status).toBe(422)
      const { faults } = await readAs('PolicyFaults', response)
      expect(new Set(faults.map(({ file }) => file))).toEqual(new Set(['policies/fout.yaml']))
    })

    test('a set that no store would hold is refused', async () => {
      const response = await post(proposer, '/v1/policy-proposals', { files: commented('x'.repeat(32_768)) })
      expect(await readProblem(response)).toEqual({ status: 413, code: 'body-too-large' })
    })

    test('two officers put the whole shipped set in force, and exchanges go on under it', async () => {
      const files = commented('voorgesteld en goedgekeurd')
      const proposed = await post(proposer, '/v1/policy-proposals', { files })
      expect(proposed.status).toBe(201)
      const { sourceHash, policyHash } = await readAs('Proposal', proposed)
      const path = `/v1/policy-proposals/${sourceHash}/_approve`
      expect((await post(proposer, path, {})).status).toBe(403)
      expect((await post(approver, path, {})).status).toBe(200)
      const list = await gateway().send(new Request(`${gateway().issuer}/v1/policies`))
      expect(await list.json()).toMatchObject({ sourceHash, policyHash })
      const politie = await gateway().connect('politie')
      const { decision } = await readAs('Exchange', await submit(politie, policeReport))
      expect(decision.policyHash).toBe(policyHash)
    })
  })
}
