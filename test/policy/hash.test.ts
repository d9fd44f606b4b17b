import { describe, expect, test } from 'vitest'
import { loadPolicySet } from '../../src/policy/files/load.ts'
import { deriveSourceHash } from '../../src/policy/hash.ts'
import { loadSmall, ruleFile, words } from './small-set.ts'

const body = (order: 'ab' | 'ba', explanation = 'Omdat.', citation = 'Wet 1') => {
  const rules = {
    a: `  - {id: a, van: [politie, kmar], gegevens: {verstrekken: [land, plaats]}, plichten: [{soort: loggen, grond: ${citation}}, {soort: vier-ogen}], uitleg: {nl: ${explanation}, en: B}}\n`,
    b: '  - {id: b, als: [politietaak], gegevens: {verstrekken: [vorm]}, uitleg: {nl: A, en: B}}\n',
  }
  return ruleFile('grondslag', 'wet-a', order === 'ab' ? rules.a + rules.b : rules.b + rules.a)
}
const other = ruleFile(
  'verbod',
  'verbod-z',
  '  - {id: p, verbiedt: [bsn], uitkomst: weglaten, uitleg: {nl: A, en: B}}\n',
)
const base = loadSmall(body('ab'), other)

describe('the policy hash', () => {
  test('the policy hash is 64 hexadecimal digits', () => {
    expect(base.policyHash).toMatch(/^[0-9a-f]{64}$/)
  })

  test.each([
    ['the order of files', loadSmall(other, body('ab'))],
    ['the order of rules', loadSmall(body('ba'), other)],
    ['an explanation', loadSmall(body('ab', 'Daarom.'), other)],
    ['a comment', loadSmall({ ...body('ab'), text: `# opmerking\n${body('ab').text}` }, other)],
    ['a case', loadSmall({ ...body('ab'), text: body('ab').text.replace('Iets', 'Iets anders') }, other)],
    [
      'the order of words',
      loadSmall({ ...body('ab'), text: body('ab').text.replace('[land, plaats]', '[plaats, land]') }, other),
    ],
    [
      'the order of parties',
      loadSmall({ ...body('ab'), text: body('ab').text.replace('[politie, kmar]', '[kmar, politie]') }, other),
    ],
    [
      'a group for its members',
      loadSmall({ ...body('ab'), text: body('ab').text.replace('[politie, kmar]', '["groep:opsporing"]') }, other),
    ],
  ])('the policy hash does not change with %s', (_, set) => {
    expect(set.policyHash).toBe(base.policyHash)
  })

  test.each([
    ['a field less', '[land, plaats]', '[land]'],
    ['a condition', 'als: [politietaak]', 'als: [toestemming]'],
    ['its negation', 'als: [politietaak]', 'als_niet: [politietaak]'],
    ['a condition for one sender', 'van: [politie, kmar],', 'van: [politie, kmar], als_van: {kmar: [politietaak]},'],
    ['a citation of a duty', 'grond: Wet 1', 'grond: Wet 2'],
    ['a sender less', '[politie, kmar]', '[politie]'],
    ['the ground', 'grond: Wet wet-a', 'grond: Wet wet-b'],
    ['a period', '{vanaf: 2020-01-01}', '{vanaf: 2020-01-02}'],
  ])('the policy hash changes with %s', (_, from, to) => {
    const changed = loadSmall({ ...body('ab'), text: body('ab').text.replace(from, to) }, other)
    expect(changed.policyHash).not.toBe(base.policyHash)
  })
})

describe('the policy hash of a condition for one sender', () => {
  const hashOf = (conditions: string) =>
    loadSmall(
      ruleFile(
        'grondslag',
        'wet-a',
        `  - {id: a, van: [politie, kmar], ${conditions} gegevens: {verstrekken: [land]}, uitleg: {nl: A, en: B}}\n`,
      ),
    ).policyHash
  const hash = hashOf('als_van: {politie: [toestemming, minderjarig], kmar: [toestemming, minderjarig]},')

  test.each([
    ['the order of senders', 'als_van: {kmar: [toestemming, minderjarig], politie: [toestemming, minderjarig]},'],
    ['the order of circumstances', 'als_van: {politie: [minderjarig, toestemming], kmar: [toestemming, minderjarig]},'],
    ['a group for its members', 'als_van: {"groep:opsporing": [toestemming, minderjarig]},'],
  ])('the policy hash of a condition for one sender does not change with %s', (_, conditions) => {
    expect(hashOf(conditions)).toBe(hash)
  })

  test.each([
    ['another sender', 'als_van: {kmar: [toestemming, minderjarig]},'],
    ['a circumstance less', 'als_van: {politie: [toestemming], kmar: [toestemming, minderjarig]},'],
    ['the same for every sender', 'als: [toestemming, minderjarig],'],
    ['none', ''],
  ])('the policy hash of a condition for one sender changes with %s', (_, conditions) => {
    expect(hashOf(conditions)).not.toBe(hash)
  })
})

describe('the limit of a domain', () => {
  const withLimit = (limit: string) => {
    const [vocabulary, ...others] = words
    const text = vocabulary!.text.replace('doelen: [registratie, opvang],', `$& ${limit}`)
    const loaded = loadPolicySet([{ ...vocabulary!, text }, ...others, body('ab'), other])
    if (!loaded.ok) throw new Error('the set does not load')
    return loaded.set
  }

  test('the limit of a domain is the default when the vocabulary does not set one', () => {
    expect(withLimit('').vocabulary.domains.get('opvanghuis-alles')).not.toHaveProperty('blockLimit')
    expect(withLimit('').policyHash).toBe(base.policyHash)
  })

  test.each([2, 1000])('the limit of a domain of %i is read, and decides', (limit) => {
    const set = withLimit(`blokgrens: ${limit},`)
    expect(set.vocabulary.domains.get('opvanghuis-alles')?.blockLimit).toBe(limit)
    expect(set.policyHash).not.toBe(base.policyHash)
  })
})

describe('the source hash', () => {
  test('the source hash changes with a comment and with the name of a file, not with folder or order', () => {
    const files = [
      { path: 'a.yaml', text: 'x' },
      { path: 'b.yaml', text: 'y' },
    ]
    const hash = deriveSourceHash(files)
    expect(deriveSourceHash(files.toReversed())).toBe(hash)
    expect(deriveSourceHash(files.map(({ path, text }) => ({ path: `/srv/policies/${path}`, text })))).toBe(hash)
    expect(deriveSourceHash([{ path: 'a.yaml', text: 'x # y' }, files[1]!])).not.toBe(hash)
    expect(deriveSourceHash([{ path: 'c.yaml', text: 'x' }, files[1]!])).not.toBe(hash)
  })

  test('the source hash does not let a file run over into the next', () => {
    const one = [{ path: 'a.yaml', text: 'xb.yamly' }]
    const two = [
      { path: 'a.yaml', text: 'x' },
      { path: 'b.yaml', text: 'y' },
    ]
    expect(deriveSourceHash(one)).not.toBe(deriveSourceHash(two))
  })

  test('the source hash is SHA-256 over length-prefixed names and texts', () => {
    // printf '\0\0\0\0\0\0\0\6a.yaml\0\0\0\0\0\0\0\1x' | sha256sum
    expect(deriveSourceHash([{ path: 'a.yaml', text: 'x' }])).toBe(
      'bd7bff216d3b0d5fb6519e71efe6fd032ce4b41454df3a6138178e21704da309',
    )
  })
})
