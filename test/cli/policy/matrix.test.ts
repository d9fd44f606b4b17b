import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ruleFile, SENTENCE, words } from '../../policy/small-set.ts'
import { temporaryFolder } from '../../storage/temporary-folder.ts'
import { type Run, runSluis } from '../run-sluis.ts'

const RULES = `  - {id: een, van: [politie, kmar], naar: [opvanghuis], doel: [registratie], over: [slachtoffer], als: [politietaak], beoordeling: [noodzaak], gegevens: {verstrekken: [land, vorm], generaliseren: {geboren: geboortejaar}}, uitleg: ${SENTENCE}}\n`
const PROHIBITION = `  - {id: een, van: [kmar], verbiedt: [vorm], uitkomst: weglaten, uitleg: ${SENTENCE}}\n`
const CASES = `voorbeelden:
  uitgangspunt: {van: politie, naar: opvanghuis, doel: registratie, over: slachtoffer, op: 2024-06-01, ja: [politietaak], verklaard: [noodzaak], gegevens: [land]}
  gevallen:
    - {naam: Iets, verwacht: {besluit: verstrekt}}
`

/** A folder with the small vocabulary, a basis with one case, and a prohibition. */
function policyFolder(): string {
  const folder = join(temporaryFolder(), 'policies')
  mkdirSync(folder)
  const files = [
    ...words,
    ruleFile('grondslag', 'wet-a', RULES, { cases: CASES }),
    ruleFile('verbod', 'verbod-a', PROHIBITION),
  ]
  for (const { path, text } of files) writeFileSync(join(folder, path.replace('policies/', '')), text)
  return folder
}

const matrix = (...args: readonly string[]): Promise<Run> =>
  runSluis([
    'policy',
    'matrix',
    ...args,
    '--policies',
    policyFolder(),
    ...(args.includes('--on') ? [] : ['--on', '2024-06-01']),
  ])

/** What the command writes to a file. */
async function written(...args: readonly string[]): Promise<string> {
  const path = join(temporaryFolder(), 'matrix')
  const { code, stdout } = await matrix(...args, '--to', path)
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${path}\n` })
  return readFileSync(path, 'utf8')
}

describe('sluis policy matrix', () => {
  test('the table has labels, the fewest statements, articles, and a mark where no case is', async () => {
    const { code, stdout } = await matrix('wet-a')
    expect(code).toBe(0)
    expect(stdout.split('\n').slice(3)).toEqual([
      'Titel van wet-a (Wet wet-a), on 1 June 2024',
      '  A  Victim',
      '  B  Suspect',
      'Police → Shelter; Registration',
      '  A: released 2, coarser 1; with 1, 2',
      '! B: refused (no legal basis)',
      'Marechaussee → Shelter; Registration',
      '! A: released 1, coarser 1, withheld 1 (Wet verbod-a); with 1, 2',
      '! B: refused (no legal basis)',
      'What is not listed is refused: no rule of this legal basis is about it.',
      '  1  yes: From the police task',
      '  2  declared: Necessity weighed',
      '',
    ])
  })

  test('the table is in Dutch too, in the same form', async () => {
    const { stdout } = await matrix('wet-a', '--lang', 'nl')
    expect(stdout).toContain(
      'Titel van wet-a (Wet wet-a), op 1 juni 2024\n  A  Slachtoffer\n  B  Verdachte\nPolitie → Opvanghuis; Registratie\n',
    )
    expect(stdout).toContain('  A: verstrekt 2, grover verstrekt 1; met 1, 2\n')
    expect(stdout).toContain('  1  ja: Uit de politietaak\n  2  verklaard: Noodzaak gewogen\n')
  })

  test.each([['geboren'], ['Geboren'], ['Born']])('one field, written as %s, has its level', async (field) => {
    expect((await matrix('wet-a', '--field', field)).stdout).toContain('A: coarser (geboortejaar); with 1, 2')
  })

  test('a rule file is found by its title, in any capitals', async () => {
    expect((await matrix('titel van Wet-A')).stdout).toContain('Titel van wet-a (Wet wet-a)')
  })

  test('the page has a caption and a scope for every head, and nothing that is fetched', async () => {
    const page = await written('wet-a', '--format', 'html')
    expect(page).toContain('<caption><span lang="nl">Titel van wet-a (Wet wet-a)</span>, on 1 June 2024</caption>')
    expect(page).toContain('<th scope="col"><div>Victim</div></th>')
    expect(page).toContain('<th scope="row">Marechaussee</th>')
    expect(page).not.toMatch(/<th(?! scope|ead)|<script|<link|<img|https?:/)
  })

  test('the csv has a row for each cell with the labels of its fields', async () => {
    const lines = (await written('wet-a', '--format', 'csv', '--separator', 'semicolon')).split('\r\n')
    expect(lines[0]).toBe(
      '\ufefflegal basis;article;sender;recipient;purpose;role;column;at most;released;coarser;linked only;withheld;refused;statements;other ways;case',
    )
    expect(lines[1]).toBe(
      'Titel van wet-a;Wet wet-a;Police;Shelter;Registration;;Victim;"released 2, coarser 1";"Country; Form";Born (geboortejaar);;;;"yes: From the police task; declared: Necessity weighed";0;yes',
    )
    expect(lines).toHaveLength(6)
  })

  test('a prohibition has the table of the basis that it narrows', async () => {
    const { stdout } = await matrix('verbod-a')
    expect(stdout).toContain('Marechaussee → Shelter; Registration\n')
    expect(stdout).not.toContain('Police →')
  })

  test.each([
    ['no operand', [], /give one rule file or one article/],
    ['two operands', ['wet-a', 'verbod-a'], /give one rule file or one article/],
    ['an unknown article', ['Wpg 99'], /no rule file has this name/],
    ['an unknown kind of column', ['wet-a', '--columns', 'parties'], /--columns is one of roles, regimes, ages, dates/],
    ['an unknown format', ['wet-a', '--format', 'pdf'], /--format is one of text, html, csv/],
    ['a page without a file', ['wet-a', '--format', 'html'], /give the file to write with --to FILE/],
    ['an unknown field', ['wet-a', '--field', 'gebooren'], /did you mean `geboren`/],
    ['a day that is none', ['wet-a', '--on', '2024-13-01'], /--on is not an existing day/],
  ])('%s is refused with what to do', async (_, args, message) => {
    const { code, stderr } = await matrix(...args)
    expect(code).toBe(1)
    expect(stderr).toMatch(message)
  })

  test('a folder with a fault has no table', async () => {
    const folder = policyFolder()
    writeFileSync(join(folder, 'wet-a.yaml'), 'soort: grondslag\n')
    const { code, stdout } = await runSluis(['policy', 'matrix', 'wet-a', '--policies', folder])
    expect(code).toBe(3)
    expect(stdout).toMatch(/wet-a\.yaml:\d+:\d+: /)
  })

  test.each([
    ['Bpg 4:2', 'roles'],
    ['Bpg 4:3', 'dates'],
    ['UAVG 5', 'ages'],
    ['Wpg 15', 'regimes'],
  ])('the tables of %s by %s in the shipped rules have labels and never ids', async (article, columns) => {
    const args = ['policy', 'matrix', article, '--columns', columns, '--policies', 'policies', '--on', '2026-12-01']
    const { code, stdout } = await runSluis(args)
    expect(code).toBe(0)
    expect(stdout).not.toMatch(/verwerkt-onder|jonger-dan|zorg-en-|nla-/)
  })
  test('a regime of Wpg 15 can be stated beside the task in which the marechaussee obtained the data', async () => {
    const args = ['policy', 'matrix', 'Wpg 15', '--columns', 'regimes', '--policies', 'policies', '--on', '2026-12-01']
    expect((await runSluis(args)).stdout).toMatch(/^Royal Netherlands Marechaussee → Police/m)
  })
})
