import { describe, expect, test } from 'vitest'
import { diffPolicySets } from '../../../src/policy/analysis/diff.ts'
import { describeRelations, diffRelations } from '../../../src/policy/analysis/relation-diff.ts'
import { loadPolicySet } from '../../../src/policy/files/load.ts'
import { PARTIES, ruleFile, SENTENCE, VOCABULARY } from '../small-set.ts'

const prohibition = (exceptions: string) =>
  ruleFile(
    'verbod',
    'verbod-a',
    `  - {id: een, verbiedt: [land], uitkomst: weglaten, tenzij: [${exceptions}], uitleg: ${SENTENCE}}\n`,
  )
const basis = ruleFile('grondslag', 'wet-a', `  - {id: een, gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}\n`)
const BOTH = '{als: [minderjarig]}, {als: [politietaak]}'

function load(keys: Readonly<Record<string, string>>, exceptions = BOTH) {
  const text = Object.entries(keys).reduce(
    (sofar, [word, more]) => sofar.replace(new RegExp(`^(  ${word}: \\{.*)\\}$`, 'm'), `$1, ${more}}`),
    VOCABULARY,
  )
  const files = [{ path: 'woordenlijst.yaml', text }, { path: 'partijen.yaml', text: PARTIES }, basis]
  const loaded = loadPolicySet([...files, prohibition(exceptions)])
  if (!loaded.ok) throw new Error('the rule files have faults')
  return loaded.set
}

const RELATED = {
  minderjarig: 'sluit-uit: [noodzaak], volgt-uit-waarde: {veld: geboren, jonger-dan: 18}',
  politietaak: 'volgt-uit: [minderjarig], volgt-uit-waarde: {veld: land, waar-bij: [NL], onwaar-bij: [BE, DE]}',
  geboren: 'grenzen: {niet-in-de-toekomst: ja, hoogstens-jaren-geleden: 130}',
}

describe('relations of the vocabulary that change', () => {
  const [old, next] = [load({}), load(RELATED)]

  test('every relation that only the new set has is listed, in words', () => {
    expect(describeRelations(diffRelations(old, next), { old, next }, 'nl')).toEqual([
      'Nieuw verband: ‘De persoon is minderjarig’ en ‘Noodzaak gewogen’ gaan niet samen',
      'Nieuw verband: uit ‘De persoon is minderjarig’ volgt ‘Uit de politietaak’',
      'Nieuw verband: ‘De persoon is minderjarig’ volgt uit ‘Geboren’: jonger dan 18 jaar',
      'Nieuw verband: ‘Uit de politietaak’ volgt uit ‘Land’: waar bij NL, onwaar bij BE en DE',
      'Nieuw verband: ‘Geboren’: niet na de dag van de uitwisseling; hoogstens 130 jaar geleden',
    ])
  })

  test('the other way round the same relations are gone, and a set has none that change with itself', () => {
    const gone = diffRelations(next, old)
    expect(gone.map(({ change }) => change)).toEqual(Array(5).fill('removed'))
    expect(describeRelations(gone, { old: next, next: old }, 'en')[1]).toBe(
      'Relation gone: from ‘The person is a minor’ follows ‘From the police task’',
    )
    expect(diffRelations(next, next)).toEqual([])
  })

  test('no decision changes when a rule loses what follows from the words that are left', () => {
    expect(diffPolicySets(load(RELATED), load(RELATED, '{als: [politietaak]}'))).toEqual([])
    expect(diffPolicySets(load({}), load({}, '{als: [politietaak]}'))).not.toEqual([])
  })
})
