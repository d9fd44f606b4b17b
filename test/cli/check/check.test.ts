import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../../src/auth/client.ts'
import { InterruptedError } from '../../../src/cli/terminal/prompt.ts'
import type { FieldDecision, Outcome } from '../../../src/model/decision.ts'
import { post, readAs, submit } from '../../blackbox/calls.ts'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'
import { runSluis, STACK_TRACE } from '../run-sluis.ts'
import { checkAtTerminal, inOrder } from './scripted.ts'

let gateway: TestGateway
let settings: Record<string, string>
let shelter: Client
const path = (name: string) => join(gateway.folder, name)

beforeAll(async () => {
  gateway = await startTestGateway()
  settings = { SLUIS_ISSUER: gateway.issuer, SLUIS_PARTIES: gateway.partyFolder }
  shelter = await gateway.connect('fier')
  mkdirSync(path('answers'))
})
afterAll(() => gateway.stop())

const FOUR = 'voornaam,achternaam,geboortedatum,geslacht'
const about = (purpose: string, fields = FOUR) => [
  '--lang',
  'nl',
  '--as',
  'fier',
  '--to',
  'comensha',
  '--purpose',
  purpose,
  '--fields',
  fields,
]
const SHELTER = about('coordinatie-opvang-verzorging')

interface Result {
  readonly outcome: Outcome
  readonly choices: { recipient: string; purpose: string; legalBasis?: string; role: string; fields: string[] }
  readonly answers: {
    circumstances: Record<string, boolean>
    assessments: string[]
    declined: string[]
    unknown: string[]
    notNeeded: string[]
  }
  readonly fields: readonly FieldDecision[]
  readonly openQuestions: readonly { readonly word: string }[]
  readonly plans: readonly unknown[]
  readonly bodyOutcome?: Outcome
  readonly body?: Body
}
interface Body {
  readonly kind: string
  readonly dataSubjects: readonly [
    { circumstances: Record<string, boolean>; assessments: { by: string; on: string }[]; data: Record<string, string> },
  ]
}
const asJson = ({ stdout }: { stdout: string }) => JSON.parse(stdout) as Result

const VALUES: Readonly<Record<string, string>> = {
  voornaam: 'Proef',
  achternaam: 'Voorbeeld',
  geslacht: 'vrouw',
  telefoon: '+31 6 12345678',
}

/** The body with every placeholder replaced by a value that agrees with the answers. */
function fillIn(body: Body) {
  const [subject] = body.dataSubjects
  const years = subject.circumstances['jonger-dan-12'] ? 5 : subject.circumstances['jonger-dan-16'] ? 14 : 40
  const values = { ...VALUES, geboortedatum: `${new Date().getUTCFullYear() - years}-01-01` }
  return {
    ...body,
    kind: 'melding',
    dataSubjects: [
      {
        ...subject,
        assessments: subject.assessments.map((assessment) => ({ ...assessment, by: 'teamleider', on: '2026-11-01' })),
        data: Object.fromEntries(
          Object.keys(subject.data).map((field) => [field, values[field as keyof typeof values] as string]),
        ),
      },
    ],
  }
}

/** What the gateway says of the words of a result, asked directly. */
async function checkDirectly({ choices, answers }: Result) {
  const { role, fields, ...rest } = choices
  const { circumstances, assessments } = answers
  const body = { ...rest, dataSubjects: [{ role, circumstances, assessments, fields }] }
  const { decision } = await readAs('Check', await post(shelter, '/v1/exchanges/_check', body))
  return { outcome: decision.outcome, fields: decision.dataSubjects[0]!.fields }
}

/** The adult who consented, question by question. */
const CONSENT_OF_AN_ADULT = (_: string, shown: string) =>
  /Heeft de betrokkene toestemming gegeven/.test(shown.replaceAll(/\s+/g, ' ')) ? 'j' : 'n'

describe('sluis check at a terminal', () => {
  test.each([
    ['yes to everything', 'j'],
    ['no to everything', 'n'],
    ['never knowing', 'w'],
  ])(
    '%s reaches a result within the questions that matter, and the body foretells what the gateway does',
    async (_, reply) => {
      const run = await checkAtTerminal([...SHELTER, '--json'], settings, () => reply)
      expect(run.asked.length).toBeGreaterThan(0)
      expect(run.asked.length).toBeLessThanOrEqual(12)
      const result = asJson(run)
      expect(await checkDirectly(result)).toEqual({ outcome: result.outcome, fields: result.fields })
      await expectForetold(result)
      expect(run.code).toBe(result.outcome === 'verstrekt' ? 0 : 2)
      if (reply === 'w') expect(result.answers).toMatchObject({ circumstances: {}, assessments: [] })
    },
  )

  async function expectForetold({ body, bodyOutcome }: Result) {
    if (!body) return
    const response = await submit(shelter, fillIn(body) as never)
    expect(response.status).toBe(bodyOutcome === 'in-afwachting' ? 202 : 201)
    const { outcome } = await readAs('Exchange', response)
    expect(outcome).toBe(bodyOutcome)
  }

  test('the consent of an adult ends in a report that the gateway accepts once the values are in it', async () => {
    const run = await checkAtTerminal([...SHELTER, '--json'], settings, CONSENT_OF_AN_ADULT)
    const result = asJson(run)
    expect(result).toMatchObject({ outcome: 'verstrekt', bodyOutcome: 'verstrekt' })
    expect(run.code).toBe(0)
    expect(Object.keys(result.body!.dataSubjects[0].data)).toEqual(FOUR.split(','))
    await expectForetold(result)
    // Nothing filled in is nothing sent.
    const untouched = await submit(shelter, result.body as never)
    expect(untouched.status).toBe(400)
  })

  test('a body asks who assessed and when, and leaves out what would stay anyway', async () => {
    const run = await checkAtTerminal(
      [...about('registratie-mensenhandel', `${FOUR},bsn`), '--basis', 'avg-pseudoniem-comensha', '--json'],
      settings,
      (_, shown) =>
        /beroepsgeheim|toestemming\s+gegeven|jonger|curatele|kosteloos|politiegegevens/.test(shown) ? 'n' : 'j',
    )
    const result = asJson(run)
    expect(result.fields.find(({ field }) => field === 'bsn')).not.toMatchObject({ release: 'verstrekken' })
    expect(result.body!.dataSubjects[0].data).not.toHaveProperty('bsn')
    for (const { by, on } of result.body!.dataSubjects[0].assessments) {
      expect([by, on]).toEqual([expect.stringMatching(/^<.*>$/), expect.stringMatching(/^<.*>$/)])
    }
    expect(run.code).toBe(2)
    await expectForetold(result)
  })

  test('back takes the last answer away, and stop ends with what is known', async () => {
    const once = await checkAtTerminal([...SHELTER, '--json'], settings, inOrder('j', 's'))
    const corrected = await checkAtTerminal([...SHELTER, '--json'], settings, inOrder('n', 't', 'j', 'x', 'stop'))
    expect(asJson(corrected)).toEqual(asJson(once))
    expect(Object.keys(asJson(once).answers.circumstances)).toHaveLength(1)
    const ended = await checkAtTerminal([...SHELTER, '--json'], settings, inOrder('j'))
    expect(asJson(ended)).toEqual(asJson(once))
  })

  test('what is missing is chosen from lists, by number, word or label', async () => {
    const run = await checkAtTerminal(
      ['--as', 'fier', '--lang', 'nl', '--json'],
      settings,
      inOrder('nowhere', 'CoMensha', 'coordinatie-opvang-verzorging', 'Voornaam, 3', 's'),
    )
    expect(asJson(run).choices).toEqual({
      recipient: 'comensha',
      purpose: 'coordinatie-opvang-verzorging',
      legalBasis: 'avg-toestemming-comensha',
      role: 'slachtoffer',
      fields: ['voornaam', 'achternaam'],
    })
    const [known, others] = run.stderr.split('Met welk doel?')[1]!.split('Hierover kent geen enkele regel')
    expect(known).toContain('Coördinatie van opvang')
    expect(others).toContain('Uitvoering van de politietaak')
  })

  test('stop while choosing sends nothing and exits 1', async () => {
    for (const replies of [['s'], []]) {
      const run = await checkAtTerminal(['--as', 'fier', '--lang', 'nl'], settings, inOrder(...replies))
      expect(run).toMatchObject({ code: 1, stdout: '' })
      expect(run.stderr).toContain('Gestopt. Er is niets verzonden.')
    }
  })

  test('an interrupted check keeps its answers in the form that --answers reads', async () => {
    const replies = ['n', 'w', 'w', 'j', 'w', 'n']
    const run = await checkAtTerminal(
      [...about('registratie-mensenhandel'), '--basis', 'avg-pseudoniem-comensha'],
      settings,
      (_prompt, _shown, number) => {
        if (number === 4) throw new InterruptedError('interrupted')
        return replies[number - 1]
      },
    )
    expect(run).toMatchObject({ code: 1, stdout: '' })
    const kept = run.stderr.split('\n').find((line) => line.startsWith('{'))!
    expect(Object.values(JSON.parse(kept)).flatMap((part) => Object.keys(part as object))).toHaveLength(3)
    writeFileSync(path('answers/kept.json'), kept)
    const again = await runSluis(
      ['check', ...about('registratie-mensenhandel'), '--answers', path('answers/kept.json'), '--json'],
      settings,
    )
    expect([again.code, again.stderr]).toEqual([2, expect.not.stringContaining('kept.json')])
  })

  test('a person whose answers never fit ends the command', async () => {
    const run = await checkAtTerminal(SHELTER, settings, () => 'misschien')
    expect(run.code).toBe(1)
    expect(run.stderr).not.toMatch(STACK_TRACE)
  })

  test.each([40, 80, 200])('no line is wider than a screen of %i columns, but for the body', async (columns) => {
    const { stderr, stdout } = await checkAtTerminal(SHELTER, settings, CONSENT_OF_AN_ADULT, columns)
    for (const line of `${stderr}${stdout.split('\n{')[0]}`
      .split('\n')
      .filter((line) => !line.includes('sluis request')))
      expect(line.length, line).toBeLessThanOrEqual(columns)
  })

  test('the result says per field what happens, with a mark and the article, and ends with the body', async () => {
    const { stdout } = await checkAtTerminal([...SHELTER, '--lang', 'en'], settings, (_, shown) =>
      /Has the data subject consented to/.test(shown.replaceAll(/\s+/g, ' ')) ? 'y' : 'n',
    )
    expect(stdout).toMatch(/^Result: Allowed: everything requested is released\. Nothing has been sent\./)
    expect(stdout).toMatch(
      /^✓ Would be released, also linked: First name, Surname, Date of birth, Gender\.\n {4}[^✓]*\(AVG art/m,
    )
    const body = JSON.parse(stdout.slice(stdout.indexOf('\n{')))
    expect(body.dataSubjects[0].data.geboortedatum).toBe('<Date of birth: YYYY-MM-DD>')
  })

  test('whatever is answered, the result is what the gateway says of the words in it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('coordinatie-opvang-verzorging', 'registratie-mensenhandel'),
        fc.array(fc.constantFrom('j', 'n', 'w', 't', 's'), { minLength: 1, maxLength: 14 }),
        async (purpose, replies) => {
          let at = 0
          const run = await checkAtTerminal(
            [...about(purpose, `${FOUR},bsn,telefoon`), '--json'],
            settings,
            // Of two legal bases neither is chosen beforehand: the answers decide.
            (prompt) => (/Enter/.test(prompt) ? '' : (replies[at++] ?? 's')),
          )
          const result = asJson(run)
          expect(await checkDirectly(result)).toEqual({ outcome: result.outcome, fields: result.fields })
        },
      ),
      { numRuns: 15 },
    )
  }, 60_000)
})

describe('sluis check with answers from a file', () => {
  const write = (name: string, text: string) => {
    writeFileSync(path(`answers/${name}`), text)
    return path(`answers/${name}`)
  }
  const run = (...args: string[]) => runSluis(['check', '--as', 'fier', '--lang', 'nl', ...args], settings)

  const answered = `to: comensha
purpose: coordinatie-opvang-verzorging
fields: [voornaam, achternaam]
circumstances:
  toestemming: ja
  toestemming-ingetrokken: false
  jonger-dan-12: nee
  jonger-dan-16: false
  jonger-dan-18: false
  onder-curatele-bewind-of-mentorschap: false
  afkomstig-van-opsporingsdienst: false
  rechtstreekse-kosteloze-hulp-aan-minderjarige: false
  toestemming-wettelijk-vertegenwoordiger: false
  geneeskundige-behandeling: onbekend
`

  test('a file answers everything that is asked; what was not needed is named and not sent', async () => {
    const file = write('adult.yaml', answered)
    const result = asJson(await run('--answers', file, '--json'))
    expect(result.outcome).toBe('verstrekt')
    expect(result.answers.notNeeded).toContain('jonger-dan-18')
    expect(result.body!.dataSubjects[0].circumstances).not.toHaveProperty('jonger-dan-18')
    const text = await run('--answers', file)
    expect(text.code).toBe(0)
    expect(text.stdout.replaceAll(/\s+/g, ' ')).toMatch(/Niet nodig, en daarom niet gebruikt: .*jonger-dan-18/)
  })

  test('the same answers as JSON, with tabs and Windows line endings, give the same result', async () => {
    const circumstances = { 'toestemming-ingetrokken': true, toestemming: true }
    const [yaml, json] = await Promise.all([
      run(
        '--answers',
        write(
          'less.yaml',
          `to: comensha\npurpose: coordinatie-opvang-verzorging\nfields: [voornaam]\ncircumstances: {toestemming-ingetrokken: true, toestemming: true}\n`,
        ),
        '--json',
      ),
      run(
        '--answers',
        write(
          'less.json',
          JSON.stringify(
            { to: 'comensha', purpose: 'coordinatie-opvang-verzorging', fields: ['voornaam'], circumstances },
            null,
            '\t',
          ).replaceAll('\n', '\r\n'),
        ),
        '--json',
      ),
    ])
    expect(json).toEqual(yaml)
    expect(json.code).toBe(2)
  })

  test('an option counts before the file', async () => {
    const file = write('adult-2.yaml', answered)
    const result = asJson(await run('--answers', file, '--fields', 'geslacht', '--json'))
    expect(result.choices.fields).toEqual(['geslacht'])
  })

  test('unknown words and answers are faults with their place and the nearest word', async () => {
    const file = write(
      'wrong.yaml',
      'to: comensa\nfields: [voornam]\ncircumstances:\n  uitdrukkelijke-toesteming: true\n  jonger-dan-16: misschien\nasessments: [noodzaak]\n',
    )
    const { code, stdout, stderr } = await run('--answers', file, '--lang', 'en')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr.replaceAll(`${file}:`, '').trim().split('\n').sort()).toEqual([
      '1:5: unknown word `comensa`; did you mean `comensha`?',
      '2:10: unknown word `voornam`; did you mean `voornaam`?',
      '4:3: unknown word `uitdrukkelijke-toesteming`; did you mean `uitdrukkelijke-toestemming`?',
      '5:18: this is not an answer; write true, false or onbekend',
      '6:1: unknown word `asessments`; did you mean `assessments`?',
    ])
  })

  test('the report is written to a file for its owner only', async () => {
    const { code, stdout } = await run('--answers', write('adult-3.yaml', answered), '--to-file', path('report.json'))
    expect(code).toBe(0)
    expect(statSync(path('report.json')).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(path('report.json'), 'utf8'))).toHaveProperty('dataSubjects')
    expect(stdout).toContain(path('report.json'))
    expect(stdout).not.toContain('"dataSubjects"')
  })

  test('nobody at the terminal and no file gives the questions, and does not wait', async () => {
    const { code, stdout } = await run(
      '--to',
      'comensha',
      '--purpose',
      'coordinatie-opvang-verzorging',
      '--fields',
      FOUR,
    )
    expect(code).toBe(2)
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('Is de betrokkene jonger dan zestien jaar?')
    expect(stdout).toContain('Er is niets om te versturen')
  })

  test.each<[string, string[], RegExp]>([
    ['no party', [], /--as PARTY/],
    [
      'a choice that is missing',
      ['--as', 'fier', '--to', 'comensha', '--lang', 'en'],
      /the purpose is missing; give --purpose, for example registratie/,
    ],
    [
      'an unknown field',
      ['--as', 'fier', '--fields', 'voornam', '--lang', 'en'],
      /--fields: `voornam` .*did you mean `voornaam`/,
    ],
    ['an unknown recipient', ['--as', 'fier', '--to', 'comensa', '--lang', 'nl'], /--to: .*bedoelde u `comensha`/],
    ['a file that is not there', ['--as', 'fier', '--answers', 'nothing.yaml'], /nothing\.yaml cannot be read/],
  ])('%s is a wrong command line', async (_, args, message) => {
    const { code, stdout, stderr } = await runSluis(['check', ...args], settings)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(STACK_TRACE)
  })
})
