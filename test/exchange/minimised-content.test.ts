import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatUtf8, parseUtf8 } from '../../src/encoding/bytes.ts'
import type { Json } from '../../src/encoding/json.ts'
import type { Content } from '../../src/exchange/content.ts'
import type { ExchangeAnswer } from '../../src/exchange/pipeline.ts'
import { isConsistent } from '../../src/policy/facts/relations.ts'
import { placesUnder, settleSubject } from '../../src/policy/facts/settle.ts'
import { FREE_TEXT_MARKS, findMarks, releaseCanaries, spell } from './canaries.ts'
import { loadPolicies, testContext } from './context.ts'
import { countRows } from './database.ts'
import { toComensha, underPoliceData } from './reports.ts'

const policySet = loadPolicies()
const { vocabulary } = policySet
const { data: canaries, marks } = releaseCanaries(vocabulary)
const allMarks = [...new Set([...marks.values()].flat())]

/** What a text can be recognised by, whoever wrote it there. A name prefix identifies nobody and stays. */
const identifyingMarks = [...vocabulary.fields.values()]
  .filter(({ class: fieldClass }) => fieldClass === 'identificerend' || fieldClass === 'bsn')
  .filter(({ type, identifier }) => type !== 'adres' && identifier !== 'tussenvoegsel')
  .flatMap(({ id }) => marks.get(id)!)

const rules = [...policySet.rulesByFile].flatMap(([legalBasis, inFile]) =>
  inFile.map((rule) => ({ legalBasis, ...rule, covers: [...rule.release, ...rule.generalise.keys(), ...rule.link] })),
)
type Rule = (typeof rules)[number]

/** What must be stated for a prohibition not to apply; what a rule asks for itself goes before it. */
const lifting = Object.fromEntries(
  policySet.prohibitions.flatMap(({ when, whenNot, whenStated = [], unless }) => [
    ...when.map((word) => [word, false] as const),
    ...whenNot.map((word) => [word, true] as const),
    ...whenStated.map((word) => [word, false] as const),
    // What counts only if stated can be what the rule itself asks: then an exception lifts it.
    ...(whenStated.length > 0 ? (unless[0]?.when ?? []) : []).map((word) => [word, true] as const),
  ]),
)

/** A report about one person under a rule, with what the rule asks for. A prohibition can still stand in its way. */
function reportUnder(
  { legalBasis, scope, when, whenFrom, whenNot, anyOf, assessments }: Rule,
  fields: readonly string[],
  more: { circumstances?: Readonly<Record<string, boolean>>; assessments?: readonly string[]; data?: object } = {},
): { sender: string; report: Json } {
  const sender = scope.senders?.[0] ?? 'politie'
  const asked = [...when, ...(whenFrom?.get(sender) ?? []), ...anyOf.slice(0, 1)]
  const stated = [...whenNot.map((word) => [word, false] as const), ...asked.map((word) => [word, true] as const)]
  const recipient = scope.recipients?.find((party) => party !== sender) ?? 'comensha'
  const words: string[] = []
  for (const word of new Set([...assessments, ...(more.assessments ?? [])])) {
    if (isConsistent(vocabulary, { circumstances: {}, assessments: [...words, word] })) words.push(word)
  }
  const { circumstances, data } = withoutContradictions(
    // What the rule asks comes first: the rest gives way to it.
    [...stated, ...Object.entries(more.circumstances ?? {}), ...Object.entries(lifting)],
    words,
    Object.fromEntries(
      Object.entries({ ...canaries, ...more.data }).filter(([field]) => fields.includes(field)),
    ) as Record<string, Json>,
  )
  return {
    sender,
    report: {
      kind: 'melding',
      recipient,
      purpose: scope.purposes?.[0] ?? 'registratie-mensenhandel',
      legalBasis,
      dataSubjects: [
        {
          role: scope.roles?.[0] ?? 'slachtoffer',
          circumstances,
          assessments: words.map((word) => ({ word, by: 'iemand die weegt', on: '2025-11-24' })),
          data,
        },
      ],
    },
  }
}

/** The words that go together with those before them, and the values that go together with those words. */
function withoutContradictions(
  stated: readonly (readonly [word: string, isTrue: boolean])[],
  assessments: readonly string[],
  data: Readonly<Record<string, Json>>,
) {
  const circumstances: Record<string, boolean> = {}
  for (const [word, isTrue] of stated) {
    const more = { ...circumstances, [word]: isTrue }
    if (!Object.hasOwn(circumstances, word) && isConsistent(vocabulary, { circumstances: more, assessments })) {
      circumstances[word] = isTrue
    }
  }
  const places = placesUnder('')
  const { faults } = settleSubject(vocabulary, { circumstances, assessments: [], data }, '2026-11-22', places)
  const wrong = new Set(faults.map(({ pointer }) => pointer))
  return {
    circumstances,
    data: Object.fromEntries(Object.entries(data).filter(([field]) => !wrong.has(places.field(field)))),
  }
}

const allFields = [...vocabulary.fields.keys()]
/** Any report, biased to what the shipped rules let pass. */
const anyReport = fc.constantFrom(...rules).chain((rule) =>
  fc
    .record({
      fields: fc.oneof(
        fc.subarray([...new Set(rule.covers)], { minLength: 1 }),
        fc.subarray(allFields, { minLength: 1 }),
      ),
      circumstances: fc.oneof(
        fc.constant({}),
        fc.dictionary(fc.constantFrom(...vocabulary.circumstances.keys()), fc.boolean(), { maxKeys: 6 }),
      ),
      assessments: fc.subarray([...vocabulary.assessments.keys()], { maxLength: 4 }),
    })
    .map(({ fields, ...more }) => reportUnder(rule, fields, more))
    // Without a single value it is no report.
    .filter(({ report }) => Object.keys(Object(report).dataSubjects[0].data).length > 0),
)

/** Runs reports through the pipeline up to the store, and keeps what was sealed. */
async function sealedContents() {
  let plaintext: string | undefined
  const context = await testContext((gateway) => ({
    sealer: {
      async seal(_, content) {
        plaintext = parseUtf8(content)
        return 'sealed'
      },
    },
    queue: {
      async commit({ record }) {
        return { status: 'committed', receipt: { leafIndex: 0, record, proof: '' } }
      },
    },
    store: { ...gateway.store, findPerson: async () => undefined },
  }))
  return {
    folder: context.folder,
    async run(sender: string, report: Json): Promise<{ answer: ExchangeAnswer; plaintext: string | undefined }> {
      plaintext = undefined
      const answer = await context.exchange(sender, report)
      return { answer, plaintext }
    },
  }
}

describe('the sealed content', () => {
  test('the sealed content holds no value of a field that is withheld, and no more of a generalised one than its level', async () => {
    const pipeline = await sealedContents()
    const seen = { passed: 0, withheld: 0, generalised: 0 }
    await fc.assert(
      fc.asyncProperty(anyReport, async ({ sender, report }) => {
        const { answer, plaintext } = await pipeline.run(sender, report)
        if (plaintext === undefined) {
          expect(answer.outcome).toBe('geweigerd')
          return
        }
        seen.passed++
        const [content] = (JSON.parse(plaintext) as Content).dataSubjects
        for (const { field, release, level } of answer.decision.dataSubjects[0]!.fields) {
          if (release === 'verstrekken') continue
          // Free text repeats its identifiers in every field; what is left of them is for the next test.
          const own = vocabulary.fields.get(field)!.type === 'tekst' ? marks.get(field)!.slice(0, 2) : marks.get(field)!
          const allowed = release === 'generaliseren' ? Object.values(Object(content!.data[field])) : []
          expect(
            findMarks(
              plaintext,
              own.filter((mark) => !allowed.includes(mark)),
            ),
            `${field}: ${release} ${level}`,
          ).toEqual([])
          if (release === 'generaliseren') seen.generalised++
          else seen.withheld++
          if (release !== 'generaliseren') expect(content!.data).not.toHaveProperty([field])
        }
      }),
      { numRuns: 500 },
    )
    // The generator does reach all three.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(50)
    expect(countRows(pipeline.folder).entry).toBe(0)
  })

  test('the sealed content holds no identifier in free text, neither one by its form nor one of the report', async () => {
    const pipeline = await sealedContents()
    // A place of birth is text and an identifier: a town may be called as a person is.
    const freeText = [...vocabulary.fields.values()]
      .filter(({ type, identifier }) => type === 'tekst' && identifier === undefined)
      .map(({ id }) => id)
    const released = new Set<string>()
    for (const rule of rules.filter(({ release }) => release.some((field) => freeText.includes(field)))) {
      // Beside every other field; and alone, because some rules are about texts that stand beside nothing about a person.
      for (const [fields, known] of [
        [allFields, identifyingMarks],
        [rule.release, FREE_TEXT_MARKS],
      ] as const) {
        const text = `Zij heet ${known.join(', ')} en verder niets.`
        const data = Object.fromEntries(freeText.map((field) => [field, text]))
        const { sender, report } = reportUnder(rule, fields, { data })
        const sent = Object(report).dataSubjects[0].data
        // Of a date that the rule's own words contradict, the gateway does not know that it is the person's.
        const unsent = new Set(
          fields.filter((field) => !Object.hasOwn(sent, field)).flatMap((field) => marks.get(field) ?? []),
        )
        const recognisable = known.filter((mark) => !unsent.has(mark))
        const { plaintext } = await pipeline.run(sender, report)
        if (plaintext === undefined) continue
        const [content] = (JSON.parse(plaintext) as Content).dataSubjects
        for (const field of freeText) {
          const left = content!.data[field]
          if (left === undefined) continue
          released.add(field)
          expect(findMarks(String(left), recognisable), field).toEqual([])
          expect(left).toContain('en verder niets')
          expect(content!.redactions).toBeGreaterThanOrEqual(recognisable.length)
        }
      }
    }
    // Every text that a rule lets pass did pass.
    expect([...released].sort()).toEqual(
      freeText.filter((field) => rules.some(({ release }) => release.includes(field))).sort(),
    )
  })
})

describe('the record', () => {
  test('the record holds no value of the report in any spelling, and fits in 4 KiB with every field in it, and half of the facts', async () => {
    const context = await testContext()
    const { legalBasis, circumstances: asked, assessments: declared } = underPoliceData
    const words = (group: ReadonlyMap<string, unknown>, half: number) =>
      [...group.keys()].filter((_, index) => index % 2 === half)
    // Every circumstance and assessment is in one of the two.
    for (const half of [0, 1]) {
      const circumstances = {
        ...Object.fromEntries(
          words(vocabulary.circumstances, half).map((word) => [
            word,
            word.startsWith('verwerkt') || word === 'verkregen-in-politietaak',
          ]),
        ),
        ...asked,
      }
      const assessments = [...new Set([...words(vocabulary.assessments, half), ...declared.map(({ word }) => word)])]
      const report = {
        ...toComensha,
        legalBasis,
        reference: 'KANARIE-REFERENTIE-7',
        dataSubjects: [
          {
            role: 'slachtoffer',
            circumstances,
            assessments: assessments.map((word) => ({ word, by: 'Kanarie die weegt', on: '1959-05-05' })),
            data: canaries,
          },
        ],
      }
      const { outcome, receipt } = await context.exchange('politie', report)
      expect(outcome).toBe('gedeeltelijk')
      expect(
        findMarks(receipt.record, [...allMarks, 'Kanarie die weegt', '1959-05-05', 'KANARIE-REFERENTIE-7']),
      ).toEqual([])
      expect(formatUtf8(receipt.record).length).toBeLessThanOrEqual(4096)
    }
  })

  test('no value could hide from the search for it in the record', () => {
    for (const mark of allMarks) {
      for (const [position, spelling] of spell(mark).entries()) {
        expect(findMarks(`…${spelling}…`, [mark]), `spelling ${position}`).toEqual([mark])
      }
      for (const lead of ['', 'a', 'ab']) {
        expect(findMarks(Buffer.from(`${lead}${mark}ab`).toString('base64'), [mark])).toEqual([mark])
      }
    }
  })
})
