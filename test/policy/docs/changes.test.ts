import { describe, expect, test } from 'vitest'
import { diffPolicySets } from '../../../src/policy/analysis/diff.ts'
import { formatChangesPage } from '../../../src/policy/docs/changes-page.ts'
import { describeChanges } from '../../../src/policy/docs/changes-text.ts'
import type { PolicySet } from '../../../src/policy/policy-set.ts'
import { loadSmall, loadTexts, ruleFile, SENTENCE, words } from '../small-set.ts'

const set = (rule: string, ...more: readonly string[]) =>
  loadSmall(
    ruleFile('grondslag', 'wet-a', `  - {id: een, van: [politie], naar: [opvanghuis], ${rule}, uitleg: ${SENTENCE}}\n`),
    ...more.map((ban) => ruleFile('verbod', 'verbod-z', `  - {id: p, ${ban}, uitleg: ${SENTENCE}}\n`)),
  )
const changed = (old: ReturnType<typeof set>, next: ReturnType<typeof set>) => {
  const sets = { old, next }
  const changes = diffPolicySets(old, next)
  return {
    text: describeChanges(changes, sets, 'en').join('\n'),
    page: formatChangesPage(changes, ['<relation>'], sets, 'en'),
    next,
  }
}
const base = 'gegevens: {verstrekken: [land], generaliseren: {geboren: geboortejaar}, koppelen: [naam]}'

describe('a difference between two sets in words', () => {
  test.each([
    [
      'gegevens: {verstrekken: [land, vorm], generaliseren: {geboren: geboortejaar}, koppelen: [naam]}',
      'Police may now also give form to Shelter.',
    ],
    [
      'gegevens: {verstrekken: [land, geboren], koppelen: [naam]}',
      'Police may now give born to Shelter whole instead of coarser.',
    ],
    [
      'gegevens: {verstrekken: [land], generaliseren: {geboren: maand}, koppelen: [naam]}',
      'Police may now give born to Shelter as maand.',
    ],
    [
      'gegevens: {generaliseren: {geboren: geboortejaar}, koppelen: [naam]}',
      'Police may no longer give country to Shelter.',
    ],
    [
      'gegevens: {verstrekken: [land], generaliseren: {geboren: geboortejaar}}',
      'Sluis no longer uses name to recognise the person, in data from Police to Shelter.',
    ],
    [
      'gegevens: {verstrekken: [land, naam], generaliseren: {geboren: geboortejaar}, koppelen: [naam]}',
      'Police may now also give name to Shelter.',
    ],
  ])('a changed rule is one sentence: %s', (rule, sentence) => {
    const { text, page } = changed(set(base), set(rule))
    expect(text).toContain(`wet-a/een:\n${sentence}\n`)
    expect(page).toContain(`<p>${sentence}</p>`)
  })

  test.each([
    ['als: [toestemming]', ', with consent.'],
    ['als: [minderjarig, toestemming]', ', with consent (and what is below).'],
    ['als: [minderjarig], beoordeling: [noodzaak]', ', after weighing (and what is below).'],
    ['als: [minderjarig]', ', when it is certain: ‘the person is a minor’.'],
    ['als_niet: [toestemming]', ', when it is certain: not ‘consent given’.'],
  ])('a sentence ends with the short form of a statement that has one: %s', (condition, end) => {
    const shortened = words.map(({ path, text }) => ({
      path,
      text: text
        .replace('en: Consent given,', 'en: Consent given, kort: {nl: met toestemming, en: with consent},')
        .replace('en: Necessity weighed,', 'en: Necessity weighed, kort: {nl: na weging., en: after weighing.},'),
    }))
    const [old, next] = ['land', 'land, vorm'].map((fields) =>
      loadTexts(
        ...shortened,
        ruleFile(
          'grondslag',
          'wet-a',
          `  - {id: een, van: [politie], naar: [opvanghuis], ${condition}, gegevens: {verstrekken: [${fields}]}, uitleg: ${SENTENCE}}\n`,
        ),
      ),
    ) as [PolicySet, PolicySet]
    const { text, page } = changed(old, next)
    expect(text).toContain(`Police may now also give form to Shelter${end}\n`)
    expect(page).toContain(`Police may now also give form to Shelter${end}</p>`)
  })

  test('a new prohibition that refuses is a sentence of its own', () => {
    const { text } = changed(set(base), set(base, 'verbiedt: [land], uitkomst: weigeren'))
    expect(text).toContain('Sluis now refuses every exchange from')
  })

  test('the text and the page start with the hash of the texts, which is what officers approve', () => {
    const { text, page, next } = changed(set(base), set('gegevens: {verstrekken: [land]}'))
    expect(text.split('\n')[0]).toBe(`Hash that officers approve: ${next.sourceHash}`)
    expect(page).toContain(next.sourceHash)
    expect(page).not.toContain(next.policyHash)
  })

  test('a condition is written once, in the text and on the page, where it is folded', () => {
    const rule =
      'ten_minste_een_van: [toestemming, minderjarig], als: [politietaak], gegevens: {verstrekken: [land, vorm, plaats]}'
    const { text, page } = changed(set('gegevens: {koppelen: [naam]}'), set(`${rule.slice(0, -1)}, koppelen: [naam]}`))
    for (const label of ['‘consent given’', '‘the person is a minor’']) {
      expect(text.split(label).length - 1, label).toBe(1)
      expect(page.split(label).length - 1, label).toBe(1)
    }
    expect(page).toMatch(/<details><summary>Exact conditions<\/summary>[\s\S]*‘consent given’[\s\S]*<\/details>/)
  })

  test('no rule takes more lines of text than a screen has, whatever changes', () => {
    const many = set(base)
    const rules = ['politie', 'kmar', 'opvanghuis', 'meldpunt'].flatMap((from) =>
      ['registratie', 'opvang'].map((purpose) => `van: [${from}], doel: [${purpose}]`),
    )
    const text = rules
      .map(
        (scope, index) =>
          `  - {id: r${index}, ${scope}, als: [${index % 2 ? 'toestemming' : 'minderjarig'}], gegevens: {verstrekken: [land, vorm, plaats], generaliseren: {geboren: maand}}, uitleg: ${SENTENCE}}\n`,
      )
      .join('')
    const lines = describeChanges(
      diffPolicySets(many, loadSmall(ruleFile('grondslag', 'wet-a', text))),
      { old: many, next: many },
      'nl',
    )
    for (const block of lines.join('\n').split('\n\n').slice(1))
      expect(block.split('\n').length).toBeLessThanOrEqual(40)
  })

  test('a page escapes what comes from the files', () => {
    expect(changed(set(base), set(base)).page).toContain('&lt;relation&gt;')
  })
})
