import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatUtf8, parseUtf8 } from '../../src/encoding.ts'
import type { Content } from '../../src/exchange/content.ts'
import type { ExchangeAnswer } from '../../src/exchange/pipeline.ts'
import type { Json } from '../../src/types.ts'
import { findMarks, releaseCanaries, spell } from './canaries.ts'
import { loadPolicies, testContext } from './context.ts'
import { countRows } from './database.ts'
import { toComensha, underConsent, underPoliceData } from './reports.ts'

const policySet = loadPolicies()
const { vocabulary } = policySet
const { data: canaries, marks } = releaseCanaries(vocabulary)
const allMarks = [...new Set([...marks.values()].flat())]

/** What a text can be recognised by, whoever wrote it there. A name prefix identifies nobody and stays. */
const identifyingMarks = [...vocabulary.fields.values()]
  .filter(({ class: fieldClass }) => fieldClass === 'identificerend' || fieldClass === 'bsn')
  .filter(({ type, identifier }) => type !== 'adres' && identifier !== 'tussenvoegsel')
  .flatMap(({ id }) => marks.get(id)!)

const anyCircumstances = fc.dictionary(fc.constantFrom(...vocabulary.circumstances.keys()), fc.boolean())
const anyFields = fc.subarray([...vocabulary.fields.keys()], { minLength: 1 })

/** Any report, biased to what the shipped rules let pass. */
const anyReport = fc
  .tuple(
    fc.constantFrom(['politie', underPoliceData] as const, ['fier', underConsent] as const),
    fc.constantFrom(...vocabulary.purposes.keys()),
    fc.constantFrom('slachtoffer', 'slachtoffer', ...vocabulary.roles.keys()),
    fc.oneof(
      fc.constant({}),
      fc.constant({ 'toestemming-voor-bijzondere-gegevens': true, 'verkregen-in-politietaak': true }),
      anyCircumstances,
    ),
    fc.subarray([...vocabulary.assessments.keys()]),
    anyFields,
  )
  .map(([[sender, base], purpose, role, circumstances, assessments, fields]) => ({
    sender,
    report: {
      ...toComensha,
      purpose,
      legalBasis: base.legalBasis,
      dataSubjects: [
        {
          role,
          circumstances: { ...base.circumstances, ...circumstances },
          assessments: [...new Set([...base.assessments.map(({ word }) => word), ...assessments])].map((word) => ({
            word,
            by: 'iemand die weegt',
            on: '2026-11-22',
          })),
          data: Object.fromEntries(fields.map((field) => [field, canaries[field]!])),
        },
      ],
    } as Json,
  }))

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
  test('holds no value of a field that is withheld, and no more of a generalised one than its level', async () => {
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
      { numRuns: 300 },
    )
    // The generator does reach all three.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(50)
    expect(countRows(pipeline.folder).entry).toBe(0)
  })

  test('holds no identifier in free text, neither one by its form nor one of the report', async () => {
    const pipeline = await sealedContents()
    const freeText = [...vocabulary.fields.values()].filter(({ type }) => type === 'tekst').map(({ id }) => id)
    const text = `Zij heet ${identifyingMarks.join(', ')} en verder niets.`
    const data = { ...canaries, ...Object.fromEntries(freeText.map((field) => [field, text])) }
    let released = 0
    for (const purpose of vocabulary.purposes.keys()) {
      for (const [sender, { legalBasis, ...subject }] of [
        ['politie', underPoliceData],
        ['fier', underConsent],
      ] as const) {
        const circumstances = { ...subject.circumstances, 'toestemming-voor-bijzondere-gegevens': true }
        const report = { ...toComensha, purpose, legalBasis, dataSubjects: [{ ...subject, circumstances, data }] }
        const { plaintext } = await pipeline.run(sender, report)
        const [content] = (JSON.parse(plaintext!) as Content).dataSubjects
        for (const field of freeText) {
          const left = content!.data[field]
          if (left === undefined) continue
          released++
          expect(findMarks(String(left), identifyingMarks), field).toEqual([])
          expect(left).toContain('en verder niets')
          expect(content!.redactions).toBeGreaterThanOrEqual(identifyingMarks.length)
        }
      }
    }
    expect(released).toBeGreaterThan(3)
  })
})

describe('the record', () => {
  test('holds no value of the report in any spelling, and fits in 4 KiB with every field and circumstance in it', async () => {
    const context = await testContext()
    const circumstances = Object.fromEntries(
      [...vocabulary.circumstances.keys()].map((word) => [word, word.startsWith('verwerkt')]),
    )
    const assessments = [...vocabulary.assessments.keys()].map((word) => ({
      word,
      by: 'Kanarie die weegt',
      on: '1959-05-05',
    }))
    const { legalBasis } = underPoliceData
    const report = {
      ...toComensha,
      legalBasis,
      reference: 'KANARIE-REFERENTIE-7',
      dataSubjects: [{ role: 'slachtoffer', circumstances, assessments, data: canaries }],
    }
    const { outcome, receipt } = await context.exchange('politie', report)
    expect(outcome).toBe('gedeeltelijk')
    expect(findMarks(receipt.record, [...allMarks, 'Kanarie die weegt', '1959-05-05', 'KANARIE-REFERENTIE-7'])).toEqual(
      [],
    )
    expect(formatUtf8(receipt.record).length).toBeLessThanOrEqual(4096)
  })

  test('could not hide a value from the search for it', () => {
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
