import { describe, expect, test } from 'vitest'
import { analysePolicySet } from '../../../src/policy/analysis/analyse.ts'
import type { PolicyText } from '../../../src/policy/files/load.ts'
import { loadTexts, PARTIES, ruleFile, SENTENCE, VOCABULARY } from '../small-set.ts'

/** The small vocabulary in which minors exclude consent. */
const vocabulary = VOCABULARY.replace('The person is a minor.,', 'The person is a minor., sluit-uit: [toestemming],')
const words = [
  { path: 'policies/woordenlijst.yaml', text: vocabulary },
  { path: 'policies/partijen.yaml', text: PARTIES },
]

const laws = (conditions: string): PolicyText => ({
  path: 'policies/bronnen.yaml',
  text: `bronnen:
  wet:
    naam: Wet op het voorbeeld
    citeer: Wvb
    adres: https://example.org/wet/{geldend}#Artikel{artikel}
    geldend: 2024-01-01
    voorwaarden:
      ${conditions}
`,
})

/** A rule file that cites an article on line 6. */
function citing(article: string, members: string, id = 'wet-a'): PolicyText {
  const file = ruleFile('grondslag', id, `  - {id: een, ${members}, uitleg: ${SENTENCE}}\n`)
  const source = `  - {bron: wet, artikel: "${article}", samenvatting: Kort}`
  const questions = 'toelichting: Zomaar\nvragen:\n  - {id: twijfel, vraag: "Mag dit?", intussen: Nee.}\n'
  return { ...file, text: file.text.replace(/(?<=bronnen:\n).*/, source).replace('toelichting: Zomaar\n', questions) }
}

const land = 'gegevens: {verstrekken: [land]}'
const find = (...files: readonly PolicyText[]) =>
  analysePolicySet(loadTexts(...words, ...files), '2026-11-22')
    .findings.filter(({ position }) => position !== undefined)
    .map(({ kind, path, position, message }) => `${path}:${position?.line}:${position?.column}: ${kind}: ${message.nl}`)

const AT = 'policies/bronnen.yaml:8'

describe('conditions of cited articles', () => {
  test.each<readonly [name: string, conditions: string, file: PolicyText, found: readonly string[]]>([
    [
      'a word that the rule asks',
      '"1": [{voorwaarde: V., woorden: [toestemming]}]',
      citing('1', `als: [toestemming], ${land}`),
      [],
    ],
    [
      'a word that the rule asks the opposite of',
      '"1": [{voorwaarde: V., woorden: [toestemming]}]',
      citing('1', `als_niet: [toestemming], ${land}`),
      [],
    ],
    [
      'a word that settles one which the rule asks',
      '"1": [{voorwaarde: V., woorden: [minderjarig]}]',
      citing('1', `als: [toestemming], ${land}`),
      [],
    ],
    [
      'recipient, role, purpose, field and duty',
      '"1": [{voorwaarde: V., woorden: [opvanghuis, slachtoffer, opvang, land, loggen]}]',
      citing('1', `naar: [opvanghuis], over: [slachtoffer], doel: [opvang], ${land}, plichten: [{soort: loggen}]`),
      [],
    ],
    ['an open question', '"1": [{voorwaarde: V., vraag: wet-a/twijfel}]', citing('1', land), []],
    [
      'neither word nor question',
      '"1": [{voorwaarde: V.}]',
      citing('1', land),
      [`${AT}:13: voorwaarde-zonder-woord: geen woord drukt deze voorwaarde van \`Wvb art. 1\` uit`],
    ],
    [
      'a word that no rule uses',
      '"1": [{voorwaarde: V., woorden: [noodzaak, politietaak]}]',
      citing('1', `beoordeling: [noodzaak], ${land}`),
      [`${AT}:13: voorwaarde-ongevraagd: geen regel die \`Wvb art. 1\` citeert, gebruikt \`politietaak\``],
    ],
    [
      'an article without a list',
      '"1": [{voorwaarde: V., woorden: [land]}]',
      citing('1 lid 2, 2 lid 1', land),
      ['policies/wet-a.yaml:6:26: artikel-zonder-voorwaarden: van `Wvb art. 2` staat nergens wat beslissend is'],
    ],
  ])('the analysis of an article with %s', (_, conditions, file, found) => {
    expect(find(laws(conditions), file)).toEqual(found)
  })

  test('a word counts where one of the files that cite the article uses it, and nowhere else', () => {
    const list = laws('"1": [{voorwaarde: V., woorden: [politietaak]}]')
    const using = (article: string) => citing(article, `als: [politietaak], ${land}`, 'wet-b')
    expect(find(list, citing('1', land), using('1'))).toEqual([])
    expect(find(list, citing('1', land), using('2'))).toHaveLength(2)
  })

  test('an article that several files cite without a list is one finding, and the analysis is not clean', () => {
    const files = [laws('"1": [{voorwaarde: V., woorden: [land]}]'), citing('2', land), citing('2', land, 'wet-b')]
    expect(find(...files)).toHaveLength(2)
    expect(analysePolicySet(loadTexts(...words, ...files), '2026-11-22').ok).toBe(false)
  })
})
