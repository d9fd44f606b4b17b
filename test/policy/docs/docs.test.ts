import { describe, expect, test } from 'vitest'
import { html } from '../../../src/policy/docs/html.ts'
import { formatDocs } from '../../../src/policy/docs/pages.ts'
import { listProcessingActivities } from '../../../src/policy/docs/register.ts'
import { loadSmall, ruleFile, SENTENCE } from '../small-set.ts'

const permit = `  - {id: een, van: [politie], naar: [opvanghuis], doel: [opvang], over: [slachtoffer], als: [toestemming], gegevens: {verstrekken: [land], koppelen: [naam]}, plichten: [{soort: bewaartermijn, dagen: 30, voor: ontvanger}], uitleg: ${SENTENCE}}\n`
const ban = `  - {id: p, als: [minderjarig], verbiedt: ["klasse:bsn"], uitkomst: weglaten, tenzij: [{naar: [meldpunt], beoordeling: [belang]}], uitleg: ${SENTENCE}}\n`
const careful = `  - {id: w, generaliseren: {geboren: geboortejaar}, plichten: [{soort: vier-ogen}], uitleg: ${SENTENCE}}\n`
const titled = ruleFile('grondslag', 'wet-a', permit)
const set = loadSmall(
  { ...titled, text: titled.text.replace('titel: Titel van wet-a', 'titel: "<b>Titel</b> & meer"') },
  ruleFile('verbod', 'verbod-z', ban),
  {
    ...ruleFile('verbod', 'waarborg-w', careful),
    text: ruleFile('verbod', 'waarborg-w', careful).text.replace('soort: verbod', 'soort: waarborg'),
  },
)
const pages = formatDocs(set)

describe('the pages of a set', () => {
  test('a set has a page for each file, an index, the register and the open questions, in both languages', () => {
    expect([...pages.keys()].sort()).toEqual([
      'en/index.html',
      'en/register.html',
      'en/verbod-z.html',
      'en/vragen.html',
      'en/waarborg-w.html',
      'en/wet-a.html',
      'index.html',
      'nl/index.html',
      'nl/register.html',
      'nl/verbod-z.html',
      'nl/vragen.html',
      'nl/waarborg-w.html',
      'nl/wet-a.html',
      'style.css',
    ])
  })

  test('the page of a file states everything that a rule states', () => {
    const page = pages.get('nl/wet-a.html')!
    for (const text of [
      'Politie',
      'Opvanghuis',
      'Opvang',
      'Slachtoffer',
      'Toestemming gegeven',
      'Land',
      'Naam',
      'hooguit 30 dagen',
      'Omdat.',
    ]) {
      expect(page).toContain(text)
    }
    const forbidden = pages.get('en/verbod-z.html')!
    for (const text of ['The person is a minor', 'BSN', 'withheld', 'Hotline', 'Interest weighed', 'Because.'])
      expect(forbidden).toContain(text)
    expect(pages.get('nl/waarborg-w.html')).toContain('Geboren (geboortejaar)')
  })

  test('pages escape the text of the files', () => {
    expect(pages.get('nl/wet-a.html')).toContain('&lt;b&gt;Titel&lt;/b&gt; &amp; meer')
    expect(html`<a href="${'"\'<'}">${[html`<b>${'&'}</b>`]}</a>`.html).toBe(
      '<a href="&quot;&#39;&lt;"><b>&amp;</b></a>',
    )
  })

  test('pages have a language, a title, one main heading, and links to pages that exist', () => {
    for (const [path, text] of pages) {
      if (!path.endsWith('.html')) continue
      expect(text).toMatch(/<html lang="(nl|en)">/)
      expect(text.match(/<h1>/g)).toHaveLength(1)
      expect(text).toMatch(/<title>.+<\/title>/)
      for (const [, link] of text.matchAll(/href="([^"#]+)(?:#[^"]*)?"/g)) {
        if (link!.startsWith('https://')) continue
        const target = new URL(link!, `file:///${path}`).pathname.slice(1)
        expect(pages.has(target), `${path} links to ${target}`).toBe(true)
      }
    }
  })

  test('pages contain the record of processing activities', () => {
    expect(listProcessingActivities(set, 'en')).toMatchObject([
      {
        file: 'wet-a',
        rule: 'een',
        controllers: ['Police'],
        recipients: ['Shelter'],
        data: ['Country'],
        linkedOnly: ['Name'],
        retentionDays: 30,
      },
    ])
    expect(pages.get('nl/register.html')).toContain('hooguit 30 dagen')
  })

  test('a field that a rule only links is not listed as data for the recipient, on any page', () => {
    for (const page of ['nl/wet-a.html', 'nl/register.html']) {
      const [before, after] = pages.get(page)!.split('Alleen gekoppeld, binnen Sluis; de ontvanger krijgt dit niet')
      expect(before, page).not.toContain('Naam')
      expect(after, page).toContain('Naam')
    }
  })

  test('a rule names every prohibition and safeguard that takes data from it, with the fields and the effect', () => {
    const wide = `  - {id: een, gegevens: {verstrekken: [land, geboren, plaats], koppelen: [naam, geboren]}, uitleg: ${SENTENCE}}\n`
    const bans =
      `  - {id: p, verbiedt: [plaats, naam, geboren], uitkomst: alleen-koppelen, uitleg: ${SENTENCE}}\n` +
      `  - {id: q, naar: [meldpunt], als: [minderjarig], verbiedt: [naam, bsn], uitkomst: weglaten, uitleg: ${SENTENCE}}\n`
    const limited = loadSmall(ruleFile('grondslag', 'wet-a', wide), ruleFile('verbod', 'verbod-z', bans), {
      ...ruleFile('verbod', 'waarborg-w', careful),
      text: ruleFile('verbod', 'waarborg-w', careful).text.replace('soort: verbod', 'soort: waarborg'),
    })
    expect(listProcessingActivities(limited, 'en')[0]?.limits).toEqual([
      { file: 'verbod-z', rule: 'p', text: 'Born: linked only' },
      { file: 'verbod-z', rule: 'p', text: 'Place: withheld' },
      { file: 'verbod-z', rule: 'q', text: 'Name: withheld' },
      { file: 'waarborg-w', rule: 'w', text: 'Born (geboortejaar): coarser' },
    ])
    for (const page of ['nl/wet-a.html', 'nl/register.html'])
      expect(formatDocs(limited).get(page)).toContain('<a href="verbod-z.html#q">verbod-z: q</a>: Naam: achtergehouden')
  })
})
