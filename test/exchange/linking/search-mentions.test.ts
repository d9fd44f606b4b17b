import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../../src/encoding/json.ts'
import { canonicaliseFields, fieldUseOf } from '../../../src/exchange/canonicalise-fields.ts'
import type { Gateway } from '../../../src/exchange/gateway.ts'
import { searchMentions } from '../../../src/exchange/linking/search-mentions.ts'
import { createKeyring } from '../../../src/pseudonym/keyring.ts'
import { canonicalOf, testKeyring, testMaterial } from '../../pseudonym/fixtures.ts'
import { testContext } from '../context.ts'
import { policeReport, toComensha, underPoliceData } from '../reports.ts'

const SHE = { voornaam: 'Adaeze', achternaam: 'Voorbeeld', geboortedatum: '1985-12-01' }

/** A report of the police with these data and no other. */
const reportOf = (data: Record<string, Json>): Json => {
  const { legalBasis, ...subject } = underPoliceData
  return { ...toComensha, legalBasis, dataSubjects: [{ ...subject, data }] }
}

const listed = (identifiers: Record<string, string>) =>
  Object.fromEntries(Object.entries(identifiers).map(([kind, value]) => [kind, [value]]))

/** Match tokens of epoch 2 beside those of epoch 1; everything else is of epoch 1. */
const overlapping = () => {
  const [first, second] = testMaterial([1, 2]).epochs
  return createKeyring({ epochs: [first!, { ...second!, uses: ['match'] }] })
}

describe('a search for a person', () => {
  const idsOf = async (gateway: Gateway, party: string, identifiers: Record<string, string> = SHE) =>
    (await searchMentions(gateway, party, canonicalOf(listed(identifiers)))).map(({ exchangeId }) => exchangeId)

  test('a search for a person looks in every pseudonym domain, for what this party sent', async () => {
    const { gateway, exchange } = await testContext()
    const shelter = { ...(policeReport() as Record<string, Json>), purpose: 'coordinatie-opvang-verzorging' }
    const answers = [
      await exchange('politie', policeReport()),
      await exchange('politie', shelter),
      await exchange('politie', policeReport({ achternaam: 'Ander', voornaam: 'Chidi', geboortedatum: '1990-02-03' })),
      await exchange('politie', policeReport()),
    ]
    const [first, second, , fourth] = answers.map(({ id }) => id)
    expect((await gateway.store.listDomains()).map(({ domain }) => domain).toSorted()).toEqual([
      'comensha-opvang',
      'comensha-registratie',
    ])
    expect(await idsOf(gateway, 'politie')).toEqual([first, second, fourth].toSorted())
    expect(await idsOf(gateway, 'kmar')).toEqual([])
  })

  test('a search for a person looks under every epoch in use, and not under a retired one', async () => {
    let keyring = testKeyring([1])
    const { gateway, exchange } = await testContext(() => ({
      keyring: {
        epochs: (use) => keyring.epochs(use),
        mac: (path, messages) => keyring.mac(path, messages),
      },
    }))
    const before = await exchange('politie', policeReport())
    keyring = overlapping()
    const after = await exchange('politie', policeReport())
    expect(await idsOf(gateway, 'politie')).toEqual([before.id, after.id].toSorted())
    keyring = testKeyring([1])
    expect(await idsOf(gateway, 'politie')).toEqual([before.id])
  })

  test('a search for a person finds nobody where nobody was ever mentioned', async () => {
    const { gateway } = await testContext()
    expect(await idsOf(gateway, 'politie')).toEqual([])
    expect(await idsOf(gateway, 'politie', { achternaam: 'Voorbeeld' })).toEqual([])
  })

  test.each<[string, Record<string, string>]>([
    ['the first of January as birth date', { geboortedatum: '1996-01-01' }],
    ['a year as birth date', { geboortedatum: '1995-00-00' }],
    ['no birth date', { geboortedatum: '' }],
    ['one name', { geboortedatum: '', achternaam: '' }],
    ['one name and a date', { achternaam: '' }],
    ['no name at all', { voornaam: '', achternaam: '' }],
  ])('a search for a person finds what this party reported with %s', async (_, change) => {
    const { gateway, exchange } = await testContext()
    const reported = Object.fromEntries(
      Object.entries({ voornaam: 'Semhar', achternaam: 'Tesfay', geboortedatum: '1996-03-04', ...change }).filter(
        ([, value]) => value !== '',
      ),
    )
    const { id } = await exchange('politie', reportOf({ ...reported, nationaliteit: 'ER' }))
    await exchange('politie', reportOf({ voornaam: 'Chidi', achternaam: 'Ander', geboortedatum: '1971-05-06' }))
    expect(await idsOf(gateway, 'politie', { ...reported, nationaliteit: 'ER' })).toEqual([id])
    expect(await idsOf(gateway, 'politie', reported)).toEqual([id])
    expect(await idsOf(gateway, 'kmar', reported)).toEqual([])
  })

  test('a search for a person refuses words for an unknown value, which point at nobody', async () => {
    const { gateway, exchange } = await testContext()
    await exchange('politie', reportOf({ voornaam: 'NN', achternaam: '.', nationaliteit: 'ER' }))
    await expect(idsOf(gateway, 'politie', { voornaam: 'NN', achternaam: '.' })).rejects.toMatchObject({
      code: 'value-invalid',
      faults: [{ pointer: '/identifiers' }],
    })
  })

  test('a search for a person finds every report of this party, and nothing in it changes with what others reported', async () => {
    const found: unknown[] = []
    for (const byOthers of [0, 90]) {
      const { gateway, exchange } = await testContext()
      for (let count = 0; count < byOthers; count++) await exchange('kmar', policeReport())
      // More names with this date and place than linking would look at.
      for (let count = 0; count < byOthers / 4; count++) {
        const voornaam = `Naam${[...String(count)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`
        await exchange('kmar', policeReport({ voornaam }))
      }
      for (let count = 0; count < 25; count++) await exchange('politie', policeReport())
      const mentions = await searchMentions(gateway, 'politie', canonicalOf(listed(SHE)))
      found.push(mentions.map(({ certainty, dataSubject, agrees }) => ({ certainty, dataSubject, agrees })))
      expect(mentions).toHaveLength(25)
    }
    expect(found[1]).toEqual(found[0])
    expect(found[0]).toContainEqual(expect.objectContaining({ certainty: 'certain' }))
  })

  test('a number that many differing reports of a party share makes nobody certain', async () => {
    const { gateway, exchange } = await testContext()
    const search = async () =>
      (await searchMentions(gateway, 'politie', canonicalOf(listed({ 'v-nummer': '1234567890' })))).map(
        ({ certainty }) => certainty,
      )
    const report = (count: number) =>
      exchange(
        'politie',
        policeReport({ 'v-nummer': '1234567890', voornaam: `Naam${'abcdefghijklmnopqrstuvwxyz'[count]}` }),
      )
    for (let count = 0; count < 20; count++) await report(count)
    for (let again = 0; again < 5; again++) await report(0)
    expect(new Set(await search())).toEqual(new Set(['certain']))
    await report(20)
    expect(new Set(await search())).toEqual(new Set(['possible']))
  })

  test('whatever a party reported, a search for it finds the report, unless nothing of it was used', async () => {
    const { gateway, exchange } = await testContext()
    const { vocabulary } = gateway.policySet
    const name = fc.constantFrom('Semhar', 'van der Berg', 'J.', 'Le Thi', 'بن علي', 'NN', 'Baby', "O'Neill")
    const data = fc.record(
      {
        voornaam: name,
        tussenvoegsel: fc.constantFrom('van der', 'de'),
        achternaam: name,
        aliassen: fc.array(name, { minLength: 1, maxLength: 3 }),
        geboortedatum: fc.constantFrom('1996-01-01', '1995-00-00', '1990-05-00', '1985-12-03', '1900-01-01'),
        geslacht: fc.constantFrom('vrouw', 'onbekend'),
        nationaliteit: fc.constantFrom('ER', 'NL'),
        geboorteplaats: fc.constantFrom('Asmara', 'onbekend'),
        'v-nummer': fc.constantFrom('1234567890', '1234567891'),
        telefoon: fc.constant('+31612345678'),
        email: fc.constant('semhar@voorbeeld.example'),
        verblijfadres: fc.constantFrom({ plaats: 'Tilburg' }, { postcode: '1012AB', huisnummer: '3' }),
      },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(data, async (reported) => {
        // The field that no rule of this purpose links is released, so that every report passes.
        const answer = await exchange('politie', reportOf({ ...reported, uitbuitingsvorm: 'arbeid' }))
        const { fields } = answer.decision.dataSubjects[0]!
        const used = canonicaliseFields(vocabulary, reported, '', (field) =>
          fieldUseOf(fields.find((decided) => decided.field === field)!),
        ).used
        if (Object.values(used).every((values) => values.length === 0)) return
        const asked = canonicaliseFields(vocabulary, reported, '', () => 'linked').linked
        const found = await searchMentions(gateway, 'politie', asked)
        expect(found.map(({ exchangeId }) => exchangeId)).toContain(answer.id)
      }),
      { numRuns: 60 },
    )
  })
})
