import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatCheckRecord, formatExchangeRecord } from '../../../src/audit/record/exchange.ts'
import { policyAnalyse } from '../../../src/cli/policy/analyse.ts'
import { policyCheck } from '../../../src/cli/policy/check.ts'
import { policyDecide } from '../../../src/cli/policy/decide.ts'
import { policyDiff } from '../../../src/cli/policy/diff.ts'
import { policyDocs } from '../../../src/cli/policy/docs.ts'
import { policyExplain } from '../../../src/cli/policy/explain.ts'
import { policyGaps } from '../../../src/cli/policy/gaps.ts'
import { policyReplay } from '../../../src/cli/policy/replay.ts'
import { policySchema } from '../../../src/cli/policy/schema.ts'
import { policyTest } from '../../../src/cli/policy/test.ts'
import type { Command } from '../../../src/cli/terminal/command.ts'
import { progressBar } from '../../../src/cli/terminal/progress.ts'
import { formatUtf8 } from '../../../src/encoding/bytes.ts'
import type { Question } from '../../../src/model/decision.ts'
import { decide } from '../../../src/policy/decide.ts'
import type { PolicyText } from '../../../src/policy/files/load.ts'
import { openSqlite } from '../../../src/storage/better-sqlite.ts'
import { createCheckpointSigner } from '../../../src/storage/log/checkpoint-signer.ts'
import { loadSmall, ruleFile, SENTENCE, VOCABULARY, words } from '../../policy/small-set.ts'
import { TEST_LOG_KEY, TEST_ORIGIN } from '../../storage/commits.ts'
import { temporaryFolder } from '../../storage/temporary-folder.ts'

const cases = `voorbeelden:
  uitgangspunt: {van: politie, naar: opvanghuis, doel: registratie, over: slachtoffer, op: 2024-06-01, ja: [politietaak], gegevens: [land]}
  gevallen:
    - {naam: Uit de politietaak mag het, verwacht: {besluit: verstrekt, gegevens: {land: verstrekken}}}
`
const rule = (id: string, members: string) => `  - {id: ${id}, ${members}, uitleg: ${SENTENCE}}\n`
const land = rule('een', 'als: [politietaak], gegevens: {verstrekken: [land]}')
const basis = ruleFile('grondslag', 'wet-a', land, { cases })

/** A folder with the small vocabulary and these rule files. */
function policyFolder(...files: readonly PolicyText[]): string {
  const folder = join(temporaryFolder(), 'policies')
  mkdirSync(folder)
  for (const { path, text } of [...words, ...files]) writeFileSync(join(folder, path.replace('policies/', '')), text)
  return folder
}

async function run(command: Command, args: readonly string[], input = '') {
  const out: string[] = []
  const err: string[] = []
  const code = await command.run(args, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    environment: {},
    readInput: async () => formatUtf8(input),
  })
  return { code, out, err, json: () => JSON.parse(out.join('')) as Record<string, unknown> }
}

const asked: Question = {
  sender: 'politie',
  recipient: 'opvanghuis',
  purpose: 'registratie',
  legalBasis: 'wet-a',
  at: '2024-06-01T12:00:00.000Z',
  dataSubjects: [{ role: 'slachtoffer', circumstances: { politietaak: true }, assessments: [], fields: ['land'] }],
}
const refused: Question = { ...asked, dataSubjects: [{ ...asked.dataSubjects[0]!, circumstances: {} }] }

/** A database whose log holds an exchange that passed, one that was refused, and a check that was refused. */
async function database(): Promise<string> {
  const set = loadSmall(basis)
  const path = join(temporaryFolder(), 'sluis.db')
  const { store, close } = await openSqlite({
    path,
    signer: createCheckpointSigner({ origin: TEST_ORIGIN, privateKey: TEST_LOG_KEY }),
  })
  const nonce = new Uint8Array(16)
  const exchange = (id: string, question: Question) =>
    formatExchangeRecord({ type: 'exchange', id, kind: 'melding', question, decision: decide(set, question), nonce })
  await store.commit([
    { record: exchange('1', asked) },
    { record: exchange('2', refused) },
    { record: formatCheckRecord({ type: 'check', question: refused, decision: decide(set, refused), nonce }) },
  ])
  close()
  return path
}

describe('policy check and test', () => {
  test('sluis policy check and test refuse a set with faults with exit code 3', async () => {
    const folder = policyFolder(
      ruleFile('grondslag', 'wet-a', rule('een', 'als: [politetaak], gegevens: {verstrekken: [land]}')),
    )
    for (const command of [policyCheck, policyTest, policyAnalyse]) {
      const { code, out } = await run(command, [folder, '--lang', 'nl'])
      expect(code).toBe(3)
      expect(out.join()).toContain('bedoelde u `politietaak`?')
    }
  })

  test('sluis policy check and test pass with cases that exercise everything, and fail when one is missing', async () => {
    const whole = await run(policyTest, [policyFolder(basis), '--coverage'])
    expect(whole).toMatchObject({ code: 0, err: [] })
    const idle = ruleFile('grondslag', 'wet-a', land + rule('twee', 'gegevens: {verstrekken: [vorm]}'), { cases })
    expect((await run(policyTest, [policyFolder(idle)])).code).toBe(0)
    const { code, out } = await run(policyTest, [policyFolder(idle), '--coverage', '--lang', 'en'])
    expect(code).toBe(1)
    expect(out.join('\n')).toContain('twee: no case makes this rule fire')
  })

  test('sluis policy check reports when the schemas of the editor are of other words', async () => {
    const folder = policyFolder(basis)
    expect(await run(policyCheck, [folder])).toMatchObject({ code: 0, err: [] })
    expect((await run(policySchema, [folder])).code).toBe(0)
    expect(readdirSync(join(folder, 'schema')).sort()).toEqual([
      'bronnen.json',
      'grondslag.json',
      'partijen.json',
      'verbod.json',
      'waarborg.json',
      'woordenlijst.json',
    ])
    expect(await run(policyCheck, [folder])).toMatchObject({ code: 0, err: [] })
    writeFileSync(join(folder, 'schema', 'verbod.json'), '{}')
    expect((await run(policyCheck, [folder])).err.join()).toContain('sluis policy schema')
  })
})

describe('policy analyse', () => {
  test('sluis policy analyse fails on a finding without an explanation, and shows the map and the conflicts on request', async () => {
    expect((await run(policyAnalyse, [policyFolder(basis)])).code).toBe(0)
    const shadowed = ruleFile(
      'grondslag',
      'wet-a',
      land + rule('twee', 'als: [politietaak, toestemming], gegevens: {verstrekken: [land]}'),
    )
    const ban = ruleFile('verbod', 'verbod-z', rule('p', 'als: [minderjarig], verbiedt: [land], uitkomst: weglaten'))
    const { code, out } = await run(policyAnalyse, [
      policyFolder(shadowed, ban),
      '--lang',
      'nl',
      '--on',
      '2024-06-01',
      '--conflicts',
      '--map',
    ])
    expect(code).toBe(1)
    expect(out.join('\n')).toContain('overschaduwd: de regel geeft nergens meer dan `een`')
    expect(out.join('\n')).toContain('wet-a/een × verbod-z/p: land')
    expect(out.join('\n')).toContain('politie → opvanghuis')
  })
})

describe('policy decide', () => {
  test('sluis policy decide answers every line with one line', async () => {
    const input = [asked, refused].map((question) => JSON.stringify(question)).join('\n')
    const { code, out } = await run(policyDecide, ['--policies', policyFolder(basis)], `${input}\n`)
    expect(code).toBe(0)
    expect(out.map((line) => (JSON.parse(line) as { outcome: string }).outcome)).toEqual(['verstrekt', 'geweigerd'])
  })

  test.each([
    ['{', ':2: /: '],
    ['[]', ':2: /: '],
    [
      JSON.stringify({ ...asked, sender: 'poltie' }),
      ':2: /sender: kent het woord `poltie` niet; bedoelde u `politie`?',
    ],
    [JSON.stringify({ ...asked, extra: 1 }), ':2: /: '],
    [
      JSON.stringify({ ...asked, dataSubjects: [{ ...asked.dataSubjects[0], fields: ['lnd'] }] }),
      ':2: /dataSubjects/0/fields: ',
    ],
  ])('sluis policy decide names the line that is bad and decides the others: %s', async (line, fault) => {
    const file = join(temporaryFolder(), 'in.ndjson')
    writeFileSync(file, `${JSON.stringify(asked)}\n${line}\n${JSON.stringify(asked)}\n`)
    const { code, out, err } = await run(policyDecide, [file, '--policies', policyFolder(basis), '--lang', 'nl'])
    expect(code).toBe(1)
    expect(out).toHaveLength(2)
    expect(err.join('\n')).toContain(`${file}${fault}`)
  })
})

describe('statements that contradict each other', () => {
  const folder = () => {
    const text = VOCABULARY.replace('The person is a minor.,', 'The person is a minor., sluit-uit: [toestemming],')
    const path = policyFolder(basis)
    writeFileSync(join(path, 'woordenlijst.yaml'), text)
    return path
  }
  const torn = JSON.stringify({
    ...asked,
    dataSubjects: [{ ...asked.dataSubjects[0], circumstances: { minderjarig: true, toestemming: true } }],
  })

  test.each([
    ['decide', policyDecide],
    ['explain', policyExplain],
  ])('sluis policy %s decides nothing on them, and names both places', async (_, command) => {
    const { code, out, err } = await run(command, ['--policies', folder()], torn)
    expect([code, out]).toEqual([1, []])
    for (const word of ['minderjarig', 'toestemming'])
      expect(err.join('\n')).toContain(`/dataSubjects/0/circumstances/${word}: `)
  })
})

describe('policy explain', () => {
  test.each([
    ['nl', asked, 0, ['Dit mag: alles wat is gevraagd, wordt verstrekt.', 'Verstrekt: Land. Omdat. (Wet wet-a)']],
    [
      'nl',
      refused,
      2,
      [
        'Dit mag niet: geen regel geeft hiervoor een grondslag.',
        'Wat er kan, hangt nog af van:',
        'Geen enkele grondslag staat hier iets toe.',
      ],
    ],
    ['en', refused, 2, ['Not allowed: no rule provides a legal basis.', 'What is possible still depends on:']],
  ] as const)('tells in %s what comes of a question', async (language, question, code, sentences) => {
    const told = await run(
      policyExplain,
      ['--policies', policyFolder(basis), '--lang', language],
      JSON.stringify(question),
    )
    expect(told.code).toBe(code)
    for (const sentence of sentences) expect(told.out).toContain(sentence)
  })
})

describe('policy explain of a case', () => {
  const explain = (...operands: string[]) =>
    run(policyExplain, [...operands, '--policies', policyFolder(basis), '--lang', 'nl'])

  test.each([
    ['wet-a', 'Uit de politietaak mag het'],
    ['policies/wet-a.yaml', 'uit  de POLITIETAAK'],
    ['Wet-A', 'politietaak'],
    ['titel van wet-a', 'politietaak'],
  ])('a case of %s is explained by its name %s', async (file, name) => {
    const told = await explain(file, name)
    expect(told.code).toBe(0)
    expect(told.out).toContain('Verstrekt: Land. Omdat. (Wet wet-a)')
  })

  test.each([
    ['wet-b', 'x', /no rule file is called `wet-b`/],
    ['wet-a', 'iets anders', /no case has that name; the cases are:\n {2}Uit de politietaak mag het/],
    ['wet-a', undefined, /give the name of a case/],
    ['geen.json', undefined, /geen\.json cannot be read/],
  ])('what cannot be explained says what to give: %s %s', async (file, name, said) => {
    await expect(explain(file, ...(name === undefined ? [] : [name]))).rejects.toThrow(said)
  })
})

describe('policy diff', () => {
  test('sluis policy diff states in words what changes', async () => {
    const stricter = ruleFile(
      'grondslag',
      'wet-a',
      rule('een', 'als: [politietaak, toestemming], gegevens: {verstrekken: [land]}'),
    )
    const { code, out } = await run(policyDiff, [policyFolder(basis), policyFolder(stricter), '--lang', 'nl'])
    expect(code).toBe(0)
    expect(out.join('\n')).toMatch(/ mag land niet meer geven aan .*, als vaststaat: ‘uit de politietaak’\.\n/)
    expect(out.join('\n')).toContain(' | Land | verstrekt → achtergehouden (geen grondslag)')
    const same = await run(policyDiff, [policyFolder(basis), policyFolder(basis), '--lang', 'en'])
    expect(same.out).toEqual([
      expect.stringMatching(/^Hash that officers approve: [0-9a-f]{64}$/),
      'No decision changes at all.',
    ])
  })
})

describe('policy replay and gaps', () => {
  test('sluis policy replay replays what is in the log under a draft', async () => {
    const stricter = ruleFile(
      'grondslag',
      'wet-a',
      rule('een', 'als: [politietaak, toestemming], gegevens: {verstrekken: [land]}'),
    )
    const path = await database()
    const args = ['--database', path, '--policies', policyFolder(stricter)]
    const { out } = await run(policyReplay, [...args, '--since', '2024-01-01', '--lang', 'nl'])
    expect(out).toEqual([
      '1 × Politie → Opvanghuis; Registratie: verstrekt → geweigerd (geen grondslag)',
      '  Land: verstrekt → achtergehouden',
      '2 uitwisselingen nagerekend, 1 zouden anders zijn besloten',
    ])
    expect((await run(policyReplay, [...args, '--since', '2024-06-02', '--json'])).json()).toMatchObject({
      replayed: 0,
      changed: 0,
    })
    const same = await run(policyReplay, [
      '--database',
      path,
      '--policies',
      policyFolder(basis),
      '--since',
      '2024-01-01',
      '--json',
    ])
    expect(same.json()).toMatchObject({ replayed: 2, changed: 0, groups: [] })
  })

  test('sluis policy gaps sets apart what another statement could have let through', async () => {
    const { code, json } = await run(policyGaps, [
      '--database',
      await database(),
      '--policies',
      policyFolder(basis),
      '--json',
    ])
    expect(code).toBe(0)
    expect(json()).toEqual({
      smallCell: 11,
      gaps: [],
      repaired: [],
      setAside: { checks: 1, retried: 0, couldPass: 1, prohibited: 0, toItself: 0, withoutData: 0, undecided: 0 },
    })
  })
})

describe('policy docs', () => {
  test('sluis policy docs writes pages that fetch nothing', async () => {
    const to = join(temporaryFolder(), 'docs')
    expect((await run(policyDocs, [policyFolder(basis), '--to', to])).code).toBe(0)
    for (const language of ['nl', 'en']) {
      const page = readFileSync(join(to, language, 'wet-a.html'), 'utf8')
      expect(page).toContain(`<html lang="${language}">`)
      expect(page).not.toMatch(/<script|<img|<iframe|src=|@import|url\(/)
    }
  })
})

describe('a progress bar', () => {
  test('a progress bar is not shown for work that is done at once', () => {
    const shown: string[] = []
    const show = progressBar(
      {
        out() {},
        err() {},
        environment: {},
        readInput: async () => new Uint8Array(),
        showProgress: (line) => shown.push(line),
      },
      'x',
    )
    show(1, 2)
    show(2, 2)
    expect(shown).toEqual([])
  })
})
