import { describe, expect, test } from 'vitest'
import type { Json } from '../../../src/encoding/json.ts'
import type { Gateway } from '../../../src/exchange/gateway.ts'
import { searchMentions } from '../../../src/exchange/linking/search-mentions.ts'
import { createKeyring } from '../../../src/pseudonym/keyring.ts'
import { canonicalOf, testKeyring, testMaterial } from '../../pseudonym/fixtures.ts'
import { testContext } from '../context.ts'
import { policeReport } from '../reports.ts'

const SHE = { voornaam: 'Adaeze', achternaam: 'Voorbeeld', geboortedatum: '1985-12-01' }

/** Match tokens of epoch 2 beside those of epoch 1; everything else is of epoch 1. */
const overlapping = () => {
  const [first, second] = testMaterial([1, 2]).epochs
  return createKeyring({ epochs: [first!, { ...second!, uses: ['match'] }] })
}

describe('a search for a person', () => {
  const idsOf = async (gateway: Gateway, party: string, identifiers: Record<string, string> = SHE) =>
    (
      await searchMentions(
        gateway,
        party,
        canonicalOf(Object.fromEntries(Object.entries(identifiers).map(([kind, value]) => [kind, [value]]))),
      )
    ).map(({ exchange }) => exchange.id)

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

  test('a search for a person finds nobody where nobody was ever mentioned, and still warns that a name alone is too little', async () => {
    const { gateway } = await testContext()
    expect(await idsOf(gateway, 'politie')).toEqual([])
    await expect(idsOf(gateway, 'politie', { achternaam: 'Voorbeeld' })).rejects.toMatchObject({
      code: 'value-invalid',
      faults: [{ pointer: '/identifiers' }],
    })
  })
})
