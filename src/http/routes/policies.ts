import type { BasisRule } from '../../model/rule.ts'
import type { Vocabulary, Word } from '../../model/vocabulary.ts'
import { ENGINE_VERSION } from '../../policy/decide.ts'
import type { PolicyFile } from '../../policy/policy-set.ts'
import { RULES_WARNING } from '../pages/rules-warning.ts'
import { json, notFound, type Route } from '../route.ts'

/** The vocabulary and the rules in force. Open to everybody: law is public and contains no personal data. */
export const policyRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/v1/vocabulary',
    operationId: 'getVocabulary',
    tag: 'policies',
    summary: 'Every word you may use, with labels in Dutch and English',
    answer: { status: 200, description: 'The closed vocabulary', schema: 'Vocabulary' },
    async perform({ gateway }) {
      return json(formatVocabulary(gateway.policySet.vocabulary, gateway.policySet.parties))
    },
  },
  {
    method: 'get',
    path: '/v1/policies',
    operationId: 'listPolicies',
    tag: 'policies',
    summary: 'The rule files in force',
    answer: { status: 200, description: 'Legal bases and prohibitions with their sources', schema: 'PolicyList' },
    async perform({ gateway }) {
      const { policyHash, sourceHash, files, rulesByFile } = gateway.policySet
      return json({
        policyHash,
        sourceHash,
        engineVersion: ENGINE_VERSION,
        warning: RULES_WARNING,
        policies: files.map((file) => {
          const rules = rulesByFile.get(file.id)
          return { ...summarise(file), ...(rules && { rules: rules.map(formatScope) }) }
        }),
      })
    },
  },
  {
    method: 'get',
    path: '/v1/policies/{id}',
    operationId: 'getPolicy',
    tag: 'policies',
    summary: 'One rule file, with its text',
    parameters: [
      {
        name: 'id',
        in: 'path',
        description: 'Id of the rule file',
        required: true,
        schema: { type: 'string', maxLength: 200 },
        example: 'wpg-bpg-4-2-comensha',
      },
    ],
    answer: { status: 200, description: 'The rule file', schema: 'Policy' },
    problems: ['not-found'],
    async perform({ gateway, parameters }) {
      const file = gateway.policySet.files.find(({ id }) => id === parameters.id)
      if (!file) throw notFound()
      return json({ ...summarise(file), explanation: file.explanation, text: file.text, warning: RULES_WARNING })
    },
  },
]

/** Who may give what to whom under a rule; what the rule further asks is in its text. */
const formatScope = ({ id, validity, scope, release, generalise, link }: BasisRule) => ({
  id,
  ...validity,
  ...scope,
  fields: [...new Set([...release, ...generalise.keys(), ...link])],
})

const summarise = ({ id, kind, title, citation, sources }: PolicyFile) => ({ id, kind, title, citation, sources })

function formatVocabulary(vocabulary: Vocabulary, parties: ReadonlyMap<string, Word>) {
  return {
    purposes: formatWords(vocabulary.purposes),
    kinds: formatWords(vocabulary.kinds),
    roles: formatWords(vocabulary.roles),
    circumstances: [...vocabulary.circumstances.values()],
    assessments: [...vocabulary.assessments.values()],
    duties: formatWords(vocabulary.duties),
    groups: formatWords(vocabulary.groups),
    parties: formatWords(parties),
    domains: [...vocabulary.domains.values()],
    fields: [...vocabulary.fields.values()].map(({ values, ...field }) => ({
      ...field,
      ...(values && { values: [...values].map(([id, label]) => ({ id, label })) }),
    })),
  }
}

const formatWords = (words: ReadonlyMap<string, Word>) => [...words.values()].map(({ id, label }) => ({ id, label }))
