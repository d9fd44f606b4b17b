import { describe, expect, test } from 'vitest'
import { readCitedArticles } from '../../../src/policy/files/laws/cited-articles.ts'
import type { PolicyText } from '../../../src/policy/files/load.ts'
import type { Law } from '../../../src/policy/files/sources.ts'
import { parseYaml } from '../../../src/policy/files/yaml.ts'
import { faultsOf, loadSmall, ruleFile, SENTENCE, words } from '../small-set.ts'

/** A list of laws with one law, whose conditions start on line 8. */
const laws = (conditions: string): PolicyText => ({
  path: 'policies/bronnen.yaml',
  text: `bronnen:
  wet:
    naam: Wet op het voorbeeld
    citeer: Wvb
    adres: https://example.org/wet/{geldend}#Artikel{artikel}
    geldend: 2024-01-01
    voorwaarden:
${conditions}`,
})

const rules = `  - {id: een, gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}\n`
const asking = (questions: string): PolicyText => {
  const file = ruleFile('grondslag', 'wet-a', rules)
  return { ...file, text: file.text.replace('toelichting: Zomaar\n', `toelichting: Zomaar\nvragen:\n${questions}`) }
}

const QUESTION = '  - {id: twijfel, vraag: "Mag dit?", intussen: Nee.}\n'

describe('conditions of articles', () => {
  test('a law lists by article what it makes decisive, with words or an open question', () => {
    const list = `      "4:2":
        - {voorwaarde: Het is nodig (lid 1)., woorden: [noodzaak, opvanghuis, land]}
        - {voorwaarde: Het is dringend., vraag: wet-a/twijfel}
`
    const set = loadSmall(laws(list), asking(QUESTION))
    expect(set.laws.get('wet')?.conditions.get('4:2')).toMatchObject([
      { text: 'Het is nodig (lid 1).', words: ['noodzaak', 'opvanghuis', 'land'], position: { line: 9, column: 11 } },
      { text: 'Het is dringend.', words: [], question: 'wet-a/twijfel' },
    ])
  })

  test('conditions decide nothing: policyHash stays, sourceHash changes', () => {
    const of = (word: string) =>
      loadSmall(laws(`      "1": [{voorwaarde: V., woorden: [${word}]}]\n`), asking(QUESTION))
    expect(of('land').policyHash).toBe(of('naam').policyHash)
    expect(of('land').sourceHash).not.toBe(of('naam').sourceHash)
  })

  const AT = 'policies/bronnen.yaml:8'
  test.each([
    [
      '"1": [{voorwaarde: V., woorden: [noodzak]}]',
      `${AT}:40: woord \`noodzak\` bestaat niet; bedoelde u \`noodzaak\`?`,
    ],
    ['"1": [{voorwaarde: V., vraag: wet-a/twijfl}]', `${AT}:13: vraag \`wet-a/twijfl\` bestaat niet; bedoelde u`],
    ['"1": [{woorden: [noodzaak]}]', `${AT}:13: sleutel \`voorwaarde\` ontbreekt`],
    ['"1": []', `${AT}:12: de lijst is leeg`],
    ['"1": [{voorwaarde: V., woorden: []}]', `${AT}:39: de lijst is leeg`],
    [
      '"1 lid 2": [{voorwaarde: V.}]',
      `${AT}:7: \`1 lid 2\` is niet het nummer van een artikel; schrijf alleen het nummer`,
    ],
  ])('the fault in the condition `%s` is reported at its position', (condition, fault) => {
    expect(faultsOf([...words, laws(`      ${condition}\n`), asking(QUESTION)]).join('\n')).toContain(fault)
  })

  test('two questions of a file with one id are a fault', () => {
    expect(faultsOf([...words, asking(`${QUESTION}${QUESTION}`)])[0]).toContain(
      'wet-a.yaml:11:6: `twijfel` staat dubbel',
    )
  })
})

describe('articles that a source cites', () => {
  const law = (id: string, citation: string) => [id, { id, citation }] as unknown as [string, Law]
  const known = new Map([law('wet', 'Wvb'), law('verdrag', 'Verdrag')])
  const cited = (source: string) =>
    readCitedArticles(parseYaml('a.yaml', `- {${source}}`, [])!, known).map((one) => `${one.law} ${one.article}`)

  test.each<readonly [source: string, articles: readonly string[]]>([
    ['bron: wet, artikel: "15"', ['wet 15']],
    ['bron: wet, artikel: 4:2 lid 1 onder b onder 3°', ['wet 4:2']],
    ['bron: wet, artikel: 39f lid 1 en 2', ['wet 39f']],
    ['bron: wet, artikel: "6 lid 1, 2 en 3"', ['wet 6']],
    ['bron: wet, artikel: "31, 32 en 33 lid 1 onder a"', ['wet 31', 'wet 32', 'wet 33']],
    ['bron: wet, artikel: "7 lid 2, 14 lid 2 en 32a"', ['wet 7', 'wet 14', 'wet 32a']],
    ['bron: wet, artikel: "7 lid 1, 14, 25 lid 1"', ['wet 7', 'wet 25']],
    ['bron: wet, artikel: "7 lid 1, art. 14, 25 lid 1"', ['wet 7', 'wet 14', 'wet 25']],
    ['bron: wet, artikel: "39e lid 1 onder d, e en h"', ['wet 39e']],
    ['bron: wet, artikel: 4 onder 1 en overweging 26', ['wet 4']],
    ['bron: wet, artikel: 5.2.6 en Verdrag art. 7.3.11 lid 4', ['wet 5.2.6', 'verdrag 7.3.11']],
    ['bron: wet, citeer: "Verdrag art. 5 lid 1 en art. 89, en Wvb art. 24"', ['verdrag 5', 'verdrag 89', 'wet 24']],
    ['bron: wet, citeer: Wvb onderdeel B8', []],
    ['citeer: Andere wet art. 3, url: "https://example.org"', []],
  ])('a source with `%s` cites %j', (source, articles) => {
    expect(cited(source)).toEqual(articles)
  })
})
