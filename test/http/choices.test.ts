import { describe, expect, test } from 'vitest'
import { SluisError } from '../../src/errors.ts'
import { createSchemas } from '../../src/exchange/rule-sets/rules-in-force.ts'
import { identityQuestionExample, subjectRequestExample } from '../../src/http/examples.ts'
import { ROUTES } from '../../src/http/routes/table.ts'
import { wire } from '../../src/http/wire/schemas.ts'
import { parseBody } from '../../src/report/body-schema.ts'
import { findList } from '../../src/report/choices.ts'
import { loadPolicies } from '../exchange/context.ts'

const policySet = loadPolicies()
const schemas = createSchemas(policySet)
const person = {
  role: 'slachtoffer',
  circumstances: { 'verwerkt-onder-wpg-8': true, 'korter-dan-een-jaar-verwerkt': true },
  assessments: [],
  data: { nationaliteit: 'NG' },
}
const report = {
  recipient: 'comensha',
  purpose: 'registratie-mensenhandel',
  legalBasis: 'wpg-bpg-4-2-comensha',
  kind: 'melding',
  dataSubjects: [person],
}
const withPerson = (change: object) => ({ ...report, dataSubjects: [{ ...person, ...change }] })

/** Every fault of a body, as `pointer: sentence`. */
function faultsOf(parse: () => unknown): readonly string[] {
  try {
    parse()
  } catch (error) {
    if (error instanceof SluisError) return error.faults.map(({ pointer, detail }) => `${pointer}: ${detail.en}`)
    throw error
  }
  return []
}
const submit = (body: object) => () => schemas.parseSubmission(body as never)
const [{ purpose: _, ...withoutPurpose }, { kind: __, ...withoutKind }] = [report, report]

const FAULTS: readonly [string, () => unknown, string][] = [
  [
    'an unknown recipient',
    submit({ ...report, recipient: 'x' }),
    '/recipient: this word is not known; `GET /v1/vocabulary` lists the choices under `parties`',
  ],
  [
    'an unknown purpose',
    submit({ ...report, purpose: 'x' }),
    '/purpose: this word is not known; `GET /v1/vocabulary` lists the choices under `purposes`',
  ],
  [
    'a misspelt purpose',
    submit({ ...report, purpose: 'registratie-mensenhadel' }),
    '/purpose: this word is not known; did you mean `registratie-mensenhandel`? `GET /v1/vocabulary` lists the choices under `purposes`',
  ],
  [
    'an absent purpose',
    submit(withoutPurpose),
    '/purpose: `purpose` is missing; add it: `GET /v1/vocabulary` lists the choices under `purposes`',
  ],
  [
    'an unknown legal basis',
    submit({ ...report, legalBasis: 'x' }),
    '/legalBasis: this word is not known; `GET /v1/policies` lists the choices',
  ],
  [
    'an unknown kind, of which there are few',
    submit({ ...report, kind: 'x' }),
    `/kind: this word is not known; choose from ${[...policySet.vocabulary.kinds.keys()].map((kind) => `\`${kind}\``).join(', ')}`,
  ],
  [
    'an absent kind',
    submit(withoutKind),
    `/kind: \`kind\` is missing; add it: choose from ${[...policySet.vocabulary.kinds.keys()].map((kind) => `\`${kind}\``).join(', ')}`,
  ],
  [
    'an unknown role',
    submit(withPerson({ role: 'x' })),
    '/dataSubjects/0/role: this word is not known; `GET /v1/vocabulary` lists the choices under `roles`',
  ],
  [
    'a role that is a number',
    submit(withPerson({ role: 1 })),
    '/dataSubjects/0/role: invalid value; give text between quotation marks: `GET /v1/vocabulary` lists the choices under `roles`',
  ],
  [
    'an unknown circumstance',
    submit(withPerson({ circumstances: { x: true } })),
    '/dataSubjects/0/circumstances: member 1 of this object is not known; remove it, or `GET /v1/vocabulary` lists the choices under `circumstances`',
  ],
  [
    'an unknown assessment',
    submit(withPerson({ assessments: [{ word: 'x', by: 'y', on: '2026-11-22' }] })),
    '/dataSubjects/0/assessments/0/word: this word is not known; `GET /v1/vocabulary` lists the choices under `assessments`',
  ],
  [
    'an unknown member of an assessment',
    submit(withPerson({ assessments: [{ word: 'noodzaak', by: 'y', on: '2026-11-22', x: 1 }] })),
    '/dataSubjects/0/assessments/0: member 4 of this object is not known; remove it, or choose from `word`, `by`, `on`',
  ],
  [
    'an unknown field',
    submit(withPerson({ data: { x: 'y' } })),
    '/dataSubjects/0/data: member 1 of this object is not known; remove it, or `GET /v1/vocabulary` lists the choices under `fields`',
  ],
  [
    'an unknown member of a person',
    submit(withPerson({ x: 'y' })),
    '/dataSubjects/0: member 5 of this object is not known; remove it, or choose from `role`, `circumstances`, `assessments`, `data`',
  ],
  [
    'an unknown value of a field that has few',
    submit(withPerson({ data: { geslacht: 'x' } })),
    `/dataSubjects/0/data/geslacht: this word is not known; choose from ${[...policySet.vocabulary.fields.get('geslacht')!.values!.keys()].map((value) => `\`${value}\``).join(', ')}`,
  ],
  [
    'an unknown field in a check',
    () => schemas.parseCheck({ ...report, dataSubjects: [{ role: 'slachtoffer', fields: ['x'] }] } as never),
    '/dataSubjects/0/fields/0: this word is not known; `GET /v1/vocabulary` lists the choices under `fields`',
  ],
  [
    'an unknown assessment in a check',
    () =>
      schemas.parseCheck({
        ...report,
        dataSubjects: [{ role: 'slachtoffer', fields: ['nationaliteit'], assessments: ['x'] }],
      } as never),
    '/dataSubjects/0/assessments/0: this word is not known; `GET /v1/vocabulary` lists the choices under `assessments`',
  ],
  [
    'an unknown word to set aside in a check',
    () =>
      schemas.parseCheck({
        ...report,
        setAside: ['x'],
        dataSubjects: [{ role: 'slachtoffer', fields: ['nationaliteit'] }],
      } as never),
    '/setAside/0: this word is not known; `GET /v1/vocabulary` lists the choices',
  ],
  [
    'an unknown member of a check',
    () =>
      schemas.parseCheck({
        ...report,
        x: 1,
        dataSubjects: [{ role: 'slachtoffer', fields: ['nationaliteit'] }],
      } as never),
    ': member 6 of this object is not known; remove it, or choose from `recipient`, `purpose`, `legalBasis`, `kind`, `reference`, `inReplyTo`, `setAside`, `dataSubjects`',
  ],
  ...(['x', null] as const).map((dataSubject): [string, () => unknown, string] => [
    `a data subject of an identity question that is ${dataSubject === null ? 'null' : 'a text'}`,
    () => schemas.parseIdentityQuestion({ ...Object(identityQuestionExample), dataSubject } as never),
    `/dataSubject: invalid value; give a number${dataSubject === null ? ', or leave the member out when it is unknown' : ''}`,
  ]),
  [
    'an unknown request of a data subject',
    () => schemas.parseSubjectRequest({ ...Object(subjectRequestExample), request: 'x' } as never),
    '/request: this word is not known; choose from `access`, `erasure`',
  ],
  [
    'an unknown field of an identity question',
    () => schemas.parseIdentityQuestion({ ...Object(identityQuestionExample), fields: ['x'] } as never),
    '/fields/0: this word is not known; `GET /v1/vocabulary` lists the choices under `fields`',
  ],
  [
    'an unknown identifier of a subject request',
    () => schemas.parseSubjectRequest({ ...Object(subjectRequestExample), identifiers: { x: 'y' } } as never),
    '/identifiers: member 1 of this object is not known; remove it, or `GET /v1/vocabulary` lists the choices under `fields`',
  ],
  [
    'an unknown ground of a recall',
    () => parseBody(wire.RecallRequest, { ground: 'x' }, new Set(['ground'])),
    '/ground: this word is not known; choose from `onjuist`, `ten-onrechte-verstrekt`, `toestemming-ingetrokken`',
  ],
]

describe('choices in errors', () => {
  test.each(FAULTS)('%s is answered with the choices, or with the address of their list', (_, parse, sentence) => {
    expect(faultsOf(parse)).toEqual([sentence])
  })

  test('a check without the name of a field is refused, and so is a person without data', () => {
    const check = (subject: object) => () =>
      schemas.parseCheck({ ...report, dataSubjects: [{ role: 'slachtoffer', ...subject }] } as never)
    expect(faultsOf(check({}))[0]).toMatch(/^\/dataSubjects\/0: there is no field of this person/)
    expect(faultsOf(check({ fields: [] }))[0]).toMatch(/^\/dataSubjects\/0\/fields: the array is too short/)
    expect(faultsOf(check({ data: {} }))[0]).toMatch(/^\/dataSubjects\/0\/data: there is no data about this person/)
    expect(faultsOf(check({ fields: ['nationaliteit'], data: {} }))).toHaveLength(1)
    expect(faultsOf(submit(withPerson({ data: {} })))[0]).toMatch(/^\/dataSubjects\/0\/data: there is no data/)
  })

  test('every address of a list is served, with the member that it names', () => {
    const members = [
      ['recipient'],
      ['purpose'],
      ['legalBasis'],
      ['kind'],
      ['role'],
      ['circumstances'],
      ['assessments', 0],
      ['assessments', 0, 'word'],
      ['fields', 0],
      ['data'],
      ['data', 'geslacht'],
      ['rule'],
      ['setAside', 0],
    ]
    for (const path of members) {
      const { path: address, member } = findList(path)
      expect(ROUTES.map(({ path: served }) => served)).toContain(address)
      if (member !== undefined) expect(Object.keys(wire.Vocabulary.shape)).toContain(member)
    }
  })
})
