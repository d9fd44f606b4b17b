import { describe, expect, test } from 'vitest'
import type { PolicyText } from '../../../src/policy/files/load.ts'
import { faultsOf, loadSmall, ruleFile, SENTENCE, words } from '../small-set.ts'

const LAWS = `bronnen:
  wet:
    naam: Wet op het voorbeeld
    citeer: Wvb
    adres: https://example.org/wet/{geldend}#Artikel{artikel}
    geldend: 2024-01-01
  verdrag:
    naam: Verdrag
    citeer: Verdrag
    adres: https://example.org/verdrag
    geldend: 2020-05-05
    nagezien: nee
`
const laws = (text = LAWS): PolicyText => ({ path: 'policies/bronnen.yaml', text })

/** A rule file whose only source is this, on line 6. */
function citing(source: string): PolicyText {
  const file = ruleFile('grondslag', 'wet-a', `  - {id: een, gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}\n`)
  return { ...file, path: 'policies/map/wet-a.yaml', text: file.text.replace(/(?<=bronnen:\n).*/, `  - {${source}}`) }
}

const sourceOf = (source: string) => loadSmall(laws(), citing(source)).files[0]!.sources[0]!

describe('a source that cites a law of bronnen.yaml', () => {
  test.each([
    ['artikel: "15"', 'Wvb art. 15', '2024-01-01#Artikel15'],
    ['artikel: 15a lid 1 en 2', 'Wvb art. 15a lid 1 en 2', '2024-01-01#Artikel15a'],
    ['artikel: "4:2 lid 1 onder b"', 'Wvb art. 4:2 lid 1 onder b', '2024-01-01#Artikel42'],
    ['artikel: 7.3.11 en 7.3.15', 'Wvb art. 7.3.11 en 7.3.15', '2024-01-01#Artikel7.3.11'],
    ['artikel: "31, 32 en 33", link: "33"', 'Wvb art. 31, 32 en 33', '2024-01-01#Artikel33'],
    ['artikel: "7, 14 en 32", link: hele-wet', 'Wvb art. 7, 14 en 32', '2024-01-01'],
    ['citeer: Wvb onderdeel B8', 'Wvb onderdeel B8', '2024-01-01'],
    ['artikel: "15", geldend: 2019-02-03', 'Wvb art. 15', '2019-02-03#Artikel15'],
  ])('a source with `%s` reads `%s` and links to its dated version', (reference, citation, link) => {
    expect(sourceOf(`bron: wet, ${reference}, samenvatting: Kort`)).toEqual({
      citation,
      url: `https://example.org/wet/${link}`,
      version: link.slice(0, 10),
      summary: 'Kort',
    })
  })

  test('a source links to the law itself where its address has no articles, and says when nobody compared it', () => {
    expect(sourceOf('bron: verdrag, artikel: 6 lid 1, samenvatting: Kort')).toEqual({
      citation: 'Verdrag art. 6 lid 1',
      url: 'https://example.org/verdrag',
      version: '2020-05-05',
      summary: 'Kort',
      unverified: true,
    })
    expect(sourceOf('bron: wet, artikel: "1", nagezien: nee, samenvatting: Kort')).toHaveProperty('unverified', true)
    expect(sourceOf('bron: wet, artikel: "1", nagezien: ja, samenvatting: Kort')).not.toHaveProperty('unverified')
  })

  test('sources decide nothing: a set has the same policyHash with other sources', () => {
    const own = ruleFile('grondslag', 'wet-a', `  - {id: een, gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}\n`)
    const cited = loadSmall(laws(), citing('bron: wet, artikel: "15", samenvatting: Kort'))
    expect(cited.policyHash).toBe(loadSmall(own).policyHash)
    expect(cited.sourceHash).not.toBe(loadSmall(own).sourceHash)
  })
})

const FILE = 'policies/map/wet-a.yaml:6'
const LIST = 'policies/bronnen.yaml'

describe('a fault in a source', () => {
  test.each([
    ['bron: wett, artikel: "1", samenvatting: K', `${FILE}:12: bron \`wett\` bestaat niet; bedoelde u \`wet\`?`],
    ['bron: wet, samenvatting: K', `${FILE}:5: sleutel \`artikel\` ontbreekt; voeg \`artikel:\` toe`],
    ['bron: wet, artikel: "1", citeer: W, samenvatting: K', `${FILE}:31: \`artikel\` en \`citeer\` staan er allebei`],
    ['bron: wet, artikel: lid 1, samenvatting: K', `${FILE}:17: dit begint niet met het nummer van een artikel`],
    ['bron: wet, artikel: 15, samenvatting: K', `${FILE}:26: hier staat een getal in plaats van tekst`],
    [
      'bron: wet, artikel: "1", nagezien: misschien, samenvatting: K',
      `${FILE}:41: antwoord \`misschien\` bestaat niet`,
    ],
    ['bron: wet, artikel: "1", url: "https://x.nl", samenvatting: K', `${FILE}:31: onbekende sleutel \`url\``],
  ])('the fault in `%s` is reported at its position', (source, fault) => {
    expect(faultsOf([...words, laws(), citing(source)]).join('\n')).toContain(fault)
  })

  test.each([
    ['{geldend}', '{datum}', `${LIST}:5:12: \`https://example.org/wet/{datum}#Artikel{artikel}\` heeft een onbekende`],
    ['https://example.org/verdrag', 'example.org', `${LIST}:10:12: dit is geen webadres`],
    ['    naam: Verdrag\n', '', `${LIST}:8:5: sleutel \`naam\` ontbreekt`],
    ['2020-05-05', '2020-15-05', `${LIST}:11:14: dit is geen datum`],
    ['bronnen:', 'bron:', `${LIST}:1:1: onbekende sleutel \`bron\``],
  ])('a fault in the list of laws, `%s` made `%s`, is reported at its position', (from, to, fault) => {
    const cited = citing('bron: wet, artikel: "1", samenvatting: K')
    expect(faultsOf([...words, laws(LAWS.replace(from, to)), cited]).join('\n')).toContain(fault)
  })

  test('an unreadable list of laws is reported alone, not once for each citation', () => {
    const faults = faultsOf([...words, laws('bronnen: ['), citing('bron: wet, artikel: "1", samenvatting: K')])
    expect(new Set(faults.map((fault) => fault.split(':')[0]))).toEqual(new Set([LIST]))
  })

  test('a citation in a folder without a list of laws is a fault', () => {
    expect(faultsOf([...words, citing('bron: wet, artikel: "1", samenvatting: K')]).join('\n')).toContain(
      `${FILE}:12: bron \`wet\` bestaat niet; kies een woord uit bronnen.yaml`,
    )
  })
})
