import { expect, test } from 'vitest'
import { askIdentity } from '../../src/exchange/ask-identity.ts'
import { createSubmitter } from '../../src/exchange/submit.ts'
import { testContext } from './context.ts'
import { policeReport } from './reports.ts'

test('nobody can ask who somebody is when the vocabulary has no words for the question', async () => {
  const { gateway, exchange } = await testContext(({ policySet }) => {
    const { gatewayWords: _, ...vocabulary } = policySet.vocabulary
    return { policySet: { ...policySet, vocabulary } }
  })
  const { id } = await exchange('politie', policeReport())
  const question = {
    dataSubject: 0,
    purpose: 'navraag-identiteit',
    legalBasis: 'identiteitsvraag',
    circumstances: {},
    assessments: [],
    fields: ['voornaam'],
  }
  const asking = askIdentity(gateway, createSubmitter(gateway), { party: 'comensha' }, id, question, {}, 'key')
  await expect(asking).rejects.toMatchObject({ code: 'word-unknown' })
})
