import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../../src/auth/client.ts'
import { post, readAs } from '../../blackbox/calls.ts'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'

describe('what a client asks before it asks a person', () => {
  let gateway: TestGateway
  let shelter: Client
  beforeAll(async () => {
    gateway = await startTestGateway()
    shelter = await gateway.connect('fier')
  })
  afterAll(() => gateway?.stop())

  test('the list of rule files says of each rule of a legal basis what it is about, and of others nothing', async () => {
    const { policies } = await readAs('PolicyList', await shelter.request('GET', '/v1/policies'))
    const { rulesByFile } = gateway.gateway.policySet
    for (const { id, kind, rules } of policies) {
      expect(rules === undefined, id).toBe(kind !== 'grondslag')
      for (const [at, rule] of (rules ?? []).entries()) {
        const { id: name, scope, validity, release, generalise, link } = rulesByFile.get(id)![at]!
        const { fields, ...rest } = rule
        expect(rest).toEqual({ id: name, ...validity, ...scope })
        expect(new Set(fields)).toEqual(new Set([...release, ...generalise.keys(), ...link]))
      }
    }
  })

  const question = {
    recipient: 'comensha',
    purpose: 'coordinatie-opvang-verzorging',
    legalBasis: 'avg-toestemming-comensha',
    dataSubjects: [{ role: 'slachtoffer', fields: ['voornaam'] }],
  }

  test('no question or plan of a check uses what was set aside, and the decision is the same', async () => {
    const all = await readAs('Check', await post(shelter, '/v1/exchanges/_check', question))
    const word = all.openQuestions[0]!.word
    const body = { ...question, setAside: [word] }
    const less = await readAs('Check', await post(shelter, '/v1/exchanges/_check', body))
    const wordsOf = ({ openQuestions, plans }: typeof all) => [
      ...openQuestions.map(({ word }) => word),
      ...plans.flatMap(({ statements }) => statements.map(({ word }) => word)),
    ]
    expect(wordsOf(all)).toContain(word)
    expect(wordsOf(less)).not.toContain(word)
    expect(less.openQuestions.length).toBeGreaterThan(0)
    expect({ ...less.decision, at: '' }).toEqual({ ...all.decision, at: '' })
  })

  test('a word that is set aside is one of the vocabulary', async () => {
    const response = await post(shelter, '/v1/exchanges/_check', {
      ...question,
      setAside: ['uitdrukkelijke-toesteming'],
    })
    expect(response.status).toBe(400)
    const { errors } = await readAs('Problem', response)
    expect(errors).toMatchObject([{ pointer: '/setAside/0' }])
  })
})
