import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readPolicyFolder } from '../../src/boot/policy-folder.ts'
import { runCases } from '../../src/policy/analysis/cases.ts'
import { decide } from '../../src/policy/decide.ts'
import { formatFault } from '../../src/policy/files/fault.ts'
import { loadPolicySet } from '../../src/policy/files/load.ts'

const loaded = loadPolicySet(readPolicyFolder('policies'))

const without = (levels: ReadonlyMap<string, string>, field: string): ReadonlyMap<string, string> =>
  new Map([...levels].filter(([name]) => name !== field))

describe('the rule files that the project ships', () => {
  test('the shipped rule files have no faults', () => {
    expect(loaded.ok ? [] : loaded.faults.map((fault) => formatFault(fault))).toEqual([])
  })

  test('the shipped rule files are the same set without their folders, in any order', () => {
    const flat = readPolicyFolder('policies').map(({ path, text }) => ({ path: basename(path), text }))
    const same = loadPolicySet(flat.toReversed())
    expect(same.ok && [same.set.policyHash, same.set.sourceHash]).toEqual(
      loaded.ok && [loaded.set.policyHash, loaded.set.sourceHash],
    )
  })

  test('the shipped rule files pass every one of their cases', () => {
    const results = loaded.ok ? runCases(loaded.set) : []
    const failed = results.filter(({ passed }) => !passed)
    expect(
      failed.map(({ path, line, name, differences }) => `${path}:${line} ${name}: ${differences.join('; ')}`),
    ).toEqual([])
    expect(results.length).toBeGreaterThan(0)
  })

  test('the shipped rule files have a case that fails when a rule gives a coarser field whole, or the e-mail address too', () => {
    const set = loaded.ok ? loaded.set : undefined
    const edits = (set?.rules ?? []).flatMap((rule) => {
      const coarser = [...rule.generalise.keys()].map((field) => ({
        edit: `${rule.file}/${rule.id}: ${field} whole`,
        rule,
        edited: { ...rule, release: [...rule.release, field], generalise: without(rule.generalise, field) },
      }))
      if (coarser.length === 0 || rule.release.includes('email')) return coarser
      const edited = { ...rule, release: [...rule.release, 'email'] }
      return [...coarser, { edit: `${rule.file}/${rule.id}: email`, rule, edited }]
    })
    const unnoticed = edits.filter(({ rule, edited }) => {
      const rules = set!.rules.map((other) => (other === rule ? edited : other))
      const files = set!.files.filter(({ id }) => id === rule.file)
      return runCases({ ...set!, rules, files }).every(({ passed }) => passed)
    })
    expect(unnoticed.map(({ edit }) => edit)).toEqual([])
    expect(edits.length).toBeGreaterThan(50)
  })

  test('the shipped rule files have a case for every rule', () => {
    const set = loaded.ok ? loaded.set : undefined
    const decided = (set?.files ?? []).flatMap(({ cases }) => cases.map(({ question }) => decide(set!, question)))
    const inPlay = decided
      .flatMap(({ dataSubjects }) => dataSubjects)
      .flatMap(({ firedRules, prohibitions }) => [...firedRules, ...prohibitions])
      .map(({ file, rule }) => `${file}/${rule}`)
    const rules = [...(set?.rules ?? []), ...(set?.prohibitions ?? [])].map(({ file, id }) => `${file}/${id}`)
    expect(rules.filter((rule) => !inPlay.includes(rule))).toEqual([])
  })

  test('the shipped rule files identify nobody, and ask it of nobody, but where the gateway checked the question', () => {
    const rules = loaded.ok ? loaded.set.rules : []
    const established = [
      ['identiteit-na-navraag', 'antwoord-op-identiteitsvraag'],
      ['navraag-identiteit', 'vraag-over-ontvangen-uitwisseling'],
    ] as const
    for (const [purpose, circumstance] of established) {
      const reached = rules.filter(({ scope }) => scope.purposes?.includes(purpose) ?? true)
      expect(reached.length).toBeGreaterThan(0)
      expect(reached.filter(({ when }) => !when.includes(circumstance)).map(({ file, id }) => `${file}/${id}`)).toEqual(
        [],
      )
    }
  })

  test('the shipped rule files tell nobody what to state: an explanation says what the decision depends on', () => {
    const all = loaded.ok ? [...loaded.set.rules, ...loaded.set.prohibitions, ...loaded.set.safeguards] : []
    expect(all.length).toBeGreaterThan(0)
    const suggesting = all.filter(
      ({ explanation: { nl, en } }) =>
        /\b(geef aan|verklaar|meld|vermeld|zeg) dat\b/i.test(nl) || /\b(state|declare|say|report) that\b/i.test(en),
    )
    expect(suggesting.map(({ file, id }) => `${file}/${id}`)).toEqual([])
  })
})
