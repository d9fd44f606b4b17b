import { describe, expect, test } from 'vitest'
import type { Decision, Question, SubjectQuestion } from '../../src/model/decision.ts'
import { decide, ENGINE_VERSION, listOptions } from '../../src/policy/decide.ts'
import type { PolicySet } from '../../src/policy/files/load.ts'
import { loadSmall, ruleFile, SENTENCE } from './small-set.ts'

const basis = (rules: string, id = 'wet-a', validity?: string) =>
  ruleFile('grondslag', id, rules, validity ? { validity } : {})
const prohibition = (rules: string, id = 'verbod-z', validity?: string) =>
  ruleFile('verbod', id, rules, validity ? { validity } : {})
/** One rule in flow style. */
const rule = (id: string, body: string) => `  - {id: ${id}, ${body}, uitleg: ${SENTENCE}}\n`

const ask = (subject: Partial<SubjectQuestion> = {}, question: Partial<Question> = {}): Question => ({
  sender: 'politie',
  recipient: 'opvanghuis',
  purpose: 'registratie',
  legalBasis: 'wet-a',
  at: '2024-06-01T12:00:00Z',
  dataSubjects: [{ role: 'slachtoffer', circumstances: {}, assessments: [], fields: ['land'], ...subject }],
  ...question,
})

/** Outcome, reason and per field `release[:level][+link]`, in one line. */
function summarise(decision: Decision): string {
  const fields = decision.dataSubjects.map((subject) =>
    subject.fields
      .map(({ field, release, level, link }) => `${field}=${release}${level ? `:${level}` : ''}${link ? '+link' : ''}`)
      .join(' '),
  )
  return [decision.outcome, decision.reason, ...fields].filter((part) => part !== undefined).join(' | ')
}

describe('a rule is in force (point 1)', () => {
  const set = loadSmall(
    basis(rule('een', 'gegevens: {verstrekken: [land]}'), 'wet-a', '{vanaf: 2024-01-01, tot: 2025-01-01}'),
    prohibition(rule('p', 'verbiedt: [bsn], uitkomst: weigeren'), 'verbod-z', '{vanaf: 2024-01-01, tot: 2025-01-01}'),
  )
  test.each([
    ['2023-12-31T22:59:59Z', 'geweigerd | geen-grondslag | land=weglaten bsn=weglaten'],
    ['2023-12-31T23:00:00Z', 'geweigerd | verbod | land=verstrekken bsn=weigeren'],
    ['2024-12-31T22:59:59Z', 'geweigerd | verbod | land=verstrekken bsn=weigeren'],
    ['2024-12-31T23:00:00Z', 'geweigerd | geen-grondslag | land=weglaten bsn=weglaten'],
    ['not an instant', 'geweigerd | geen-grondslag | land=weglaten bsn=weglaten'],
  ])('a rule is in force at %s: %s', (at, expected) => {
    expect(summarise(decide(set, ask({ fields: ['land', 'bsn'] }, { at })))).toBe(expected)
  })

  test('a rule is in force by its own period when it has one', () => {
    const own = rule('een', 'gegevens: {verstrekken: [land]}, geldig: {vanaf: 2024-07-01}')
    const later = loadSmall(basis(own))
    expect(decide(later, ask()).outcome).toBe('geweigerd')
    expect(decide(later, ask({}, { at: '2024-07-01T12:00:00Z' })).outcome).toBe('verstrekt')
  })
})

describe('a basis rule fires (point 2)', () => {
  const set = loadSmall(
    basis(
      rule(
        'een',
        'van: [politie], naar: [opvanghuis], doel: [registratie], over: [slachtoffer], als: [politietaak], als_niet: [minderjarig], beoordeling: [noodzaak, belang], gegevens: {verstrekken: [land]}',
      ) + rule('twee', 'ten_minste_een_van: [toestemming, politietaak], gegevens: {verstrekken: [plaats]}'),
    ),
    basis(rule('drie', 'gegevens: {verstrekken: [vorm]}'), 'wet-b'),
  )
  const full = {
    circumstances: { politietaak: true, minderjarig: false },
    assessments: ['noodzaak', 'belang'],
    fields: ['land'],
  }
  test.each<[string, Partial<SubjectQuestion>, Partial<Question>, string]>([
    ['when all of it is certain', {}, {}, 'verstrekt | land=verstrekken'],
    ['not for another sender', {}, { sender: 'kmar' }, 'geweigerd | geen-grondslag | land=weglaten'],
    ['not for another recipient', {}, { recipient: 'meldpunt' }, 'geweigerd | geen-grondslag | land=weglaten'],
    ['not for another purpose', {}, { purpose: 'opvang' }, 'geweigerd | geen-grondslag | land=weglaten'],
    ['not for another role', { role: 'verdachte' }, {}, 'geweigerd | geen-grondslag | land=weglaten'],
    ['not under another basis', {}, { legalBasis: 'wet-b' }, 'geweigerd | geen-grondslag | land=weglaten'],
    ['not under a basis that does not exist', {}, { legalBasis: 'x' }, 'geweigerd | geen-grondslag | land=weglaten'],
    [
      'not when `als` is unknown',
      { circumstances: { minderjarig: false } },
      {},
      'geweigerd | geen-grondslag | land=weglaten',
    ],
    [
      'not when `als_niet` is unknown',
      { circumstances: { politietaak: true } },
      {},
      'geweigerd | geen-grondslag | land=weglaten',
    ],
    [
      'not when `als_niet` is true',
      { circumstances: { politietaak: true, minderjarig: true } },
      {},
      'geweigerd | geen-grondslag | land=weglaten',
    ],
    [
      'not without one of its assessments',
      { assessments: ['belang'] },
      {},
      'geweigerd | beoordeling-ontbreekt | land=weglaten',
    ],
    ['not for a field that nobody knows', { fields: ['x'] }, {}, 'geweigerd | geen-grondslag | x=weglaten'],
    ['for any of `ten_minste_een_van`', { fields: ['plaats'] }, {}, 'verstrekt | plaats=verstrekken'],
    [
      'not when none of `ten_minste_een_van` is known',
      { fields: ['plaats'], circumstances: { politietaak: false } },
      {},
      'geweigerd | geen-grondslag | plaats=weglaten',
    ],
    [
      'of every basis when none is declared',
      { fields: ['land', 'plaats', 'vorm'] },
      {},
      'gedeeltelijk | land=verstrekken plaats=verstrekken vorm=weglaten',
    ],
    [
      'not for a word that every object has',
      { circumstances: JSON.parse('{"__proto__": true}') },
      {},
      'geweigerd | geen-grondslag | land=weglaten',
    ],
  ])('a basis rule fires: %s', (_, subject, question, expected) => {
    expect(summarise(decide(set, ask({ ...full, ...subject }, question)))).toBe(expected)
  })

  test('basis rules fire under every basis together when none is declared', () => {
    const { legalBasis: _, ...undeclared } = ask({ ...full, fields: ['land', 'plaats', 'vorm'] })
    expect(summarise(decide(set, undeclared))).toBe('verstrekt | land=verstrekken plaats=verstrekken vorm=verstrekken')
    expect(listOptions(set, undeclared).map(({ legalBasis, decision }) => [legalBasis, decision.outcome])).toEqual([
      ['wet-a', 'gedeeltelijk'],
      ['wet-b', 'gedeeltelijk'],
    ])
  })

  test('a basis rule fires for a group, and for all but the exceptions', () => {
    const grouped = loadSmall(
      basis(
        rule(
          'een',
          'van: ["groep:opsporing", "behalve:kmar"], naar: ["behalve:groep:opsporing"], gegevens: {verstrekken: [land]}',
        ),
      ),
    )
    const outcome = (sender: string, recipient: string) => decide(grouped, ask({}, { sender, recipient })).outcome
    expect(outcome('politie', 'opvanghuis')).toBe('verstrekt')
    expect(outcome('politie', 'meldpunt')).toBe('verstrekt')
    expect(outcome('kmar', 'opvanghuis')).toBe('geweigerd')
    expect(outcome('politie', 'kmar')).toBe('geweigerd')
  })
})

describe('a prohibition applies (point 3)', () => {
  const set = loadSmall(
    basis(rule('een', 'gegevens: {verstrekken: [land, plaats]}')),
    prohibition(
      rule(
        'p',
        'naar: [opvanghuis], als: [minderjarig], als_niet: [politietaak], verbiedt: [land], uitkomst: weglaten, tenzij: [{als: [toestemming], beoordeling: [belang]}, {naar: [opvanghuis], over: [verdachte]}]',
      ),
    ),
  )
  test.each<[string, Partial<SubjectQuestion>, Partial<Question>, boolean]>([
    ['when nothing is known', {}, {}, true],
    ['when `als` is true', { circumstances: { minderjarig: true } }, {}, true],
    ['not when `als` is known to be false', { circumstances: { minderjarig: false } }, {}, false],
    ['when `als_niet` is known to be false', { circumstances: { politietaak: false } }, {}, true],
    ['not when `als_niet` is known to be true', { circumstances: { politietaak: true } }, {}, false],
    ['not outside its scope', {}, { recipient: 'meldpunt' }, false],
    ['when its exception is only half certain', { circumstances: { toestemming: true } }, {}, true],
    ['not when its exception is certain', { circumstances: { toestemming: true }, assessments: ['belang'] }, {}, false],
    ['not when another exception is certain', { role: 'verdachte' }, {}, false],
    ['not when its fields are not asked for', { fields: ['plaats'] }, {}, false],
  ])('a prohibition applies: %s', (_, subject, question, isApplying) => {
    const [decided] = decide(set, ask({ fields: ['land', 'plaats'], ...subject }, question)).dataSubjects
    expect(decided?.prohibitions).toEqual(isApplying ? [{ file: 'verbod-z', rule: 'p' }] : [])
  })
})

describe('the outcome of a field (point 4)', () => {
  const permits = {
    nothing: '',
    release: 'verstrekken: [geboren]',
    month: 'generaliseren: {geboren: maand}',
    year: 'generaliseren: {geboren: geboortejaar}',
    link: 'koppelen: [geboren]',
    both: 'generaliseren: {geboren: geboortejaar}, koppelen: [geboren]',
  }
  const bans = {
    nothing: '',
    month: 'uitkomst: generaliseren, generaliseren: {geboren: maand}',
    year: 'uitkomst: generaliseren, generaliseren: {geboren: geboortejaar}',
    onlyLink: 'uitkomst: alleen-koppelen',
    withhold: 'uitkomst: weglaten',
    refuse: 'uitkomst: weigeren',
  }
  type Permit = keyof typeof permits
  type Ban = keyof typeof bans
  test.each<[readonly Permit[], readonly Ban[], string]>([
    [['nothing'], ['nothing'], 'geboren=weglaten'],
    [['release'], ['nothing'], 'geboren=verstrekken'],
    [['month', 'year'], ['nothing'], 'geboren=generaliseren:maand'],
    [['year', 'month', 'release'], ['nothing'], 'geboren=verstrekken'],
    [['link'], ['nothing'], 'geboren=weglaten+link'],
    [['link', 'release'], ['nothing'], 'geboren=verstrekken+link'],
    [['both'], ['nothing'], 'geboren=generaliseren:geboortejaar+link'],
    [['release', 'link'], ['month'], 'geboren=generaliseren:maand+link'],
    [['month'], ['year'], 'geboren=generaliseren:geboortejaar'],
    [['year'], ['month'], 'geboren=generaliseren:geboortejaar'],
    [['release'], ['month', 'year'], 'geboren=generaliseren:geboortejaar'],
    [['nothing'], ['year'], 'geboren=weglaten'],
    [['both'], ['onlyLink'], 'geboren=weglaten+link'],
    [['release'], ['onlyLink'], 'geboren=weglaten'],
    [['both'], ['withhold'], 'geboren=weglaten'],
    [['both'], ['onlyLink', 'withhold'], 'geboren=weglaten'],
    [['both'], ['year', 'onlyLink'], 'geboren=weglaten+link'],
    [['both'], ['refuse', 'withhold'], 'geboren=weigeren'],
    [['nothing'], ['refuse'], 'geboren=weigeren'],
  ])('a field permitted by %j and prohibited by %j is %s', (permitted, prohibited, expected) => {
    const given = permitted.filter((name) => name !== 'nothing')
    const banned = prohibited.filter((name) => name !== 'nothing')
    const set = loadSmall(
      basis(
        given.map((name) => rule(name, `gegevens: {${permits[name]}}`)).join('') +
          rule('ander', 'gegevens: {verstrekken: [land]}'),
      ),
      prohibition(
        banned.map((name) => rule(name.toLowerCase(), `verbiedt: [geboren], ${bans[name]}`)).join('') +
          rule('ander', 'verbiedt: [bsn], uitkomst: weglaten'),
      ),
    )
    expect(
      summarise(decide(set, ask({ fields: ['geboren'] })))
        .split(' | ')
        .at(-1),
    ).toBe(expected)
  })

  test('the outcome of a field names the rule, the citation and the sentence that determined it', () => {
    const set = loadSmall(
      basis(
        rule('arts', 'uitzondering: AVG 9 lid 2 onder h, gegevens: {verstrekken: [ziekte]}') +
          rule('los', 'gegevens: {verstrekken: [land, plaats], koppelen: [naam]}'),
      ),
      prohibition(
        rule('dicht', 'verbiedt: [plaats, bsn], uitkomst: weglaten') +
          rule('binnen', 'verbiedt: [naam], uitkomst: alleen-koppelen'),
      ),
    )
    const [decided] = decide(
      set,
      ask({ fields: ['ziekte', 'land', 'plaats', 'naam', 'bsn', 'vorm', 'land'] }),
    ).dataSubjects
    expect(
      decided?.fields.map(({ field, rule: by, citation, sentence }) => [field, by?.rule, citation, sentence.nl]),
    ).toEqual([
      ['ziekte', 'arts', 'Wet wet-a; AVG 9 lid 2 onder h', 'Omdat.'],
      ['land', 'los', 'Wet wet-a', 'Omdat.'],
      ['plaats', 'dicht', 'Wet verbod-z', 'Omdat.'],
      [
        'naam',
        'los',
        'Wet wet-a',
        'Wordt niet verstrekt: dient alleen om binnen Sluis de persoon te herkennen (Wet wet-a).',
      ],
      ['bsn', 'dicht', 'Wet verbod-z', 'Omdat.'],
      [
        'vorm',
        undefined,
        undefined,
        'Mag niet: geen regel van de opgegeven grondslag dekt dit gegeven in deze situatie.',
      ],
    ])
  })
})

describe('the outcome of an exchange (point 5)', () => {
  const set = loadSmall(
    basis(
      rule('open', 'gegevens: {verstrekken: [land, plaats], koppelen: [naam]}') +
        rule('gewogen', 'beoordeling: [noodzaak], gegevens: {verstrekken: [vorm]}'),
    ),
    prohibition(
      rule('weg', 'verbiedt: [plaats], uitkomst: weglaten') + rule('stop', 'verbiedt: [bsn], uitkomst: weigeren'),
    ),
  )
  const person = (fields: readonly string[]): SubjectQuestion => ({
    role: 'slachtoffer',
    circumstances: {},
    assessments: [],
    fields,
  })
  test.each<[string, readonly (readonly string[])[], string]>([
    ['all fields released', [['land']], 'verstrekt: verstrekt'],
    ['one field withheld', [['land', 'plaats']], 'gedeeltelijk: gedeeltelijk'],
    ['a field that only links', [['naam']], 'gedeeltelijk: gedeeltelijk'],
    ['nothing left by a prohibition', [['plaats']], 'geweigerd/verbod: geweigerd/verbod'],
    ['an assessment missing', [['vorm']], 'geweigerd/beoordeling-ontbreekt: geweigerd/beoordeling-ontbreekt'],
    ['an assessment missing, but something passes', [['vorm', 'land']], 'gedeeltelijk: gedeeltelijk'],
    ['an assessment missing beside a prohibition', [['vorm', 'plaats']], 'geweigerd/verbod: geweigerd/verbod'],
    ['no rule', [['ziekte']], 'geweigerd/geen-grondslag: geweigerd/geen-grondslag'],
    ['no field', [[]], 'geweigerd/geen-grondslag: geweigerd/geen-grondslag'],
    ['nobody', [], 'geweigerd/geen-grondslag: '],
    ['one forbidden field', [['land', 'bsn']], 'geweigerd/verbod: geweigerd/verbod'],
    ['one person forbidden', [['land'], ['bsn']], 'geweigerd/verbod: verstrekt geweigerd/verbod'],
    ['one person refused', [['land'], ['ziekte']], 'gedeeltelijk: verstrekt geweigerd/geen-grondslag'],
    ['one person withheld by a prohibition', [['land'], ['plaats']], 'gedeeltelijk: verstrekt geweigerd/verbod'],
    [
      'all persons refused, one for an assessment',
      [['plaats'], ['vorm']],
      'geweigerd/beoordeling-ontbreekt: geweigerd/verbod geweigerd/beoordeling-ontbreekt',
    ],
    [
      'all persons refused, one by a prohibition',
      [['ziekte'], ['plaats']],
      'geweigerd/verbod: geweigerd/geen-grondslag geweigerd/verbod',
    ],
  ])('the outcome of an exchange with %s', (_, persons, expected) => {
    const decision = decide(set, { ...ask(), dataSubjects: persons.map(person) })
    const name = ({ outcome, reason }: { outcome: string; reason?: string }) =>
      reason ? `${outcome}/${reason}` : outcome
    expect(`${name(decision)}: ${decision.dataSubjects.map(name).join(' ')}`).toBe(expected)
  })
})

describe('the duties (point 6)', () => {
  const duty = (id: string, duties: string, fields = 'verstrekken: [land]') =>
    rule(id, `gegevens: {${fields}}, plichten: [${duties}]`)
  const dutiesOf = (set: PolicySet, fields: readonly string[] = ['land']) => decide(set, ask({ fields }))

  test('duties are merged per kind and bearer: shortest retention, longest log, most people', () => {
    const set = loadSmall(
      basis(
        duty(
          'a',
          '{soort: bewaartermijn, dagen: 90, voor: ontvanger, grond: Wet 1}, {soort: loggen, ten_minste_bewaren: 10, grond: Wet 1}',
        ) +
          duty(
            'b',
            '{soort: bewaartermijn, dagen: 30, voor: ontvanger, grond: Wet 3}, {soort: loggen, ten_minste_bewaren: 1461, grond: Wet 2}',
          ) +
          duty(
            'c',
            '{soort: bewaartermijn, dagen: 30, voor: ontvanger, grond: Wet 2}, {soort: loggen}, {soort: vier-ogen}',
          ) +
          duty('d', '{soort: bewaartermijn, dagen: 7}, {soort: vier-ogen, aantal: 3}'),
      ),
    )
    expect(dutiesOf(set).duties).toEqual([
      { kind: 'bewaartermijn', for: 'ontvanger', retentionDays: 30, citation: 'Wet 2; Wet 3' },
      { kind: 'bewaartermijn', for: 'sluis', retentionDays: 7 },
      { kind: 'loggen', for: 'sluis', keepLogDays: 1461, citation: 'Wet 2' },
      { kind: 'vier-ogen', for: 'sluis', people: 3 },
    ])
  })

  test('duties hold the exchange when four eyes are among them, whole or in part', () => {
    const set = loadSmall(basis(duty('a', '{soort: vier-ogen}')))
    expect(dutiesOf(set).outcome).toBe('in-afwachting')
    expect(dutiesOf(set, ['land', 'vorm']).outcome).toBe('in-afwachting')
    expect(dutiesOf(set, ['vorm'])).toMatchObject({ outcome: 'geweigerd', duties: [] })
  })

  test('duties come only from rules that determined something', () => {
    const set = loadSmall(
      basis(
        duty('fijn', '{soort: loggen}', 'verstrekken: [geboren]') +
          duty('grof', '{soort: vier-ogen}', 'generaliseren: {geboren: maand}') +
          duty('dicht', '{soort: vier-ogen}', 'verstrekken: [plaats]') +
          duty('ander', '{soort: vier-ogen}', 'verstrekken: [vorm]') +
          duty('haakje', '{soort: bewaartermijn, dagen: 1}', 'koppelen: [naam]') +
          duty('nummer', '{soort: vier-ogen}', 'koppelen: [bsn]'),
      ),
      prohibition(rule('p', 'verbiedt: [plaats, bsn], uitkomst: weglaten')),
    )
    expect(dutiesOf(set, ['geboren', 'plaats', 'naam', 'bsn']).duties.map(({ kind }) => kind)).toEqual([
      'bewaartermijn',
      'loggen',
    ])
  })

  test('duties are none when the exchange is refused because of another person', () => {
    const set = loadSmall(
      basis(duty('a', '{soort: vier-ogen}')),
      prohibition(rule('p', 'verbiedt: [bsn], uitkomst: weigeren')),
    )
    const [first] = ask().dataSubjects
    const decision = decide(set, { ...ask(), dataSubjects: [first!, { ...first!, fields: ['bsn'] }] })
    expect(decision).toMatchObject({ outcome: 'geweigerd', reason: 'verbod', duties: [] })
  })
})

describe('the answer (point 7)', () => {
  test('a decision carries the set, the engine and the instant it was made for', () => {
    const set = loadSmall(basis(rule('een', 'gegevens: {verstrekken: [land]}')))
    expect(decide(set, ask())).toEqual({
      outcome: 'verstrekt',
      dataSubjects: [
        {
          outcome: 'verstrekt',
          fields: [
            {
              field: 'land',
              release: 'verstrekken',
              link: false,
              rule: { file: 'wet-a', rule: 'een' },
              citation: 'Wet wet-a',
              sentence: { nl: 'Omdat.', en: 'Because.' },
            },
          ],
          firedRules: [{ file: 'wet-a', rule: 'een' }],
          prohibitions: [],
          nearestMisses: [],
        },
      ],
      duties: [],
      policyHash: set.policyHash,
      engineVersion: ENGINE_VERSION,
      at: '2024-06-01T12:00:00Z',
    })
  })
})

describe('a long answer (point 7)', () => {
  const many = Array.from({ length: 100 }, (_, index) =>
    rule(`r${index + 100}`, 'gegevens: {verstrekken: [land, plaats]}'),
  )
  const bans = Array.from({ length: 100 }, (_, index) =>
    rule(`p${index + 100}`, 'verbiedt: [plaats], uitkomst: weglaten'),
  )
  const set = loadSmall(basis(many.join('')), prohibition(bans.join('')))

  test('a long decision lists every rule in play, in order, and survives copying', () => {
    const decision = decide(set, ask({ fields: ['land', 'plaats'] }))
    const [subject] = decision.dataSubjects
    expect(subject!.firedRules.map(({ rule: id }) => id)).toEqual(many.map((_, index) => `r${index + 100}`))
    expect(subject!.prohibitions.map(({ rule: id }) => id)).toEqual(bans.map((_, index) => `p${index + 100}`))
    expect(structuredClone(decision)).toEqual(decision)
    expect(JSON.parse(JSON.stringify(decision))).toEqual(decision)
    expect({ ...subject }).toEqual(subject)
  })
})

describe('the nearest misses (point 7)', () => {
  const missesOf = (set: PolicySet, subject: Partial<SubjectQuestion> = {}, question: Partial<Question> = {}) =>
    decide(set, ask(subject, question)).dataSubjects.flatMap(({ nearestMisses }) => nearestMisses)

  test.each([
    [
      'beoordeling: [belang]',
      ['assessment belang'],
      'Wet wet-a hangt af van een vraag: Is het belang gewogen? Ja: Dan verstrekt: Land. Nee: Blijft zoals het nu is: Land.',
    ],
    [
      'als: [politietaak]',
      ['when politietaak'],
      'Wet wet-a hangt af van een vraag: Komt het uit de politietaak? Ja: Dan verstrekt: Land. Nee: Blijft zoals het nu is: Land.',
    ],
    [
      'als_niet: [minderjarig]',
      ['when-not minderjarig'],
      'Wet wet-a hangt af van een vraag: Is de persoon minderjarig? Ja: Blijft zoals het nu is: Land. Nee: Dan verstrekt: Land.',
    ],
    [
      'ten_minste_een_van: [toestemming, politietaak]',
      ['when politietaak', 'when toestemming'],
      'Wet wet-a hangt af van een vraag: Komt het uit de politietaak? Ja: Dan verstrekt: Land. Nee: Na andere antwoorden nog mogelijk: verstrekt: Land.',
    ],
  ])('the nearest misses ask the question on which a rule with %s waits, with both answers', (condition, asked, nl) => {
    const misses = missesOf(loadSmall(basis(rule('een', `${condition}, gegevens: {verstrekken: [land]}`))))
    expect(misses.map(({ condition: kind, words }) => [kind, ...words].join(' '))).toEqual(asked)
    expect(misses[0]).toMatchObject({
      rule: { file: 'wet-a', rule: 'een' },
      citation: 'Wet wet-a',
      sentence: { nl },
    })
  })

  test.each<[string, string, Partial<SubjectQuestion>, Partial<Question>]>([
    ['another sender', 'van: [kmar]', {}, {}],
    ['another recipient', 'naar: [meldpunt, kmar]', {}, {}],
    ['another purpose', 'doel: [opvang]', {}, {}],
    ['another role', 'over: [verdachte]', {}, {}],
    ['another time', 'geldig: {vanaf: 2021-01-01, tot: 2022-01-01}', {}, {}],
    ['another basis', 'doel: [registratie]', {}, { legalBasis: 'wet-b' }],
    ['the opposite of what was stated', 'als: [minderjarig]', { circumstances: { minderjarig: false } }, {}],
  ])(
    'the nearest misses leave a rule out that is for %s, which no answer changes',
    (_, condition, subject, question) => {
      const set = loadSmall(basis(rule('een', `${condition}, gegevens: {verstrekken: [land]}`)))
      expect(missesOf(set, subject, question)).toEqual([])
    },
  )

  test.each([
    ['two answers are needed', 'als: [politietaak], beoordeling: [belang], gegevens: {verstrekken: [land]}'],
    ['two facts are needed', 'als: [politietaak, toestemming], gegevens: {verstrekken: [land]}'],
    ['no requested field is covered', 'beoordeling: [belang], gegevens: {verstrekken: [vorm]}'],
    ['it fires', 'gegevens: {verstrekken: [land]}'],
  ])('the nearest misses leave a rule out when %s', (_, body) => {
    expect(missesOf(loadSmall(basis(rule('een', body))))).toEqual([])
  })

  test('the nearest misses leave a rule out that would add nothing to what passes already', () => {
    const set = loadSmall(
      basis(
        rule('een', 'gegevens: {verstrekken: [land]}') +
          rule('twee', 'beoordeling: [belang], gegevens: {verstrekken: [land]}'),
      ),
    )
    expect(missesOf(set)).toEqual([])
  })

  test('the nearest misses leave a rule out whose fields a prohibition withholds anyway', () => {
    const set = loadSmall(
      basis(rule('een', 'beoordeling: [belang], gegevens: {verstrekken: [land]}')),
      prohibition(rule('p', 'verbiedt: [land], uitkomst: weglaten')),
    )
    expect(missesOf(set)).toEqual([])
  })

  test('the nearest misses ask the questions on which a prohibition depends', () => {
    const set = loadSmall(
      basis(rule('een', 'gegevens: {verstrekken: [land]}')),
      prohibition(
        rule('p', 'als: [minderjarig], verbiedt: [land], uitkomst: weglaten, tenzij: [{beoordeling: [belang]}]'),
      ),
    )
    expect(missesOf(set).map(({ sentence }) => sentence.en)).toEqual([
      'The prohibition of Wet verbod-z depends on a question: Is the person a minor? Yes: Still possible after other answers: released: Country. No: Then released: Country.',
      'The prohibition of Wet verbod-z depends on a question: Was the interest weighed? Yes: Then released: Country. No: Still possible after other answers: released: Country.',
    ])
    expect(missesOf(set, { circumstances: { minderjarig: true } })).toHaveLength(1)
  })
})
