import { describe, expect, it } from 'vitest'
import { formatHex } from '../../src/encoding.ts'
import { canonicalise } from '../../src/pseudonym/canonicalise/canonicalise.ts'
import { deriveTokens, type Identifiers } from '../../src/pseudonym/tokens.ts'
import type { IdentifierKind } from '../../src/types.ts'
import { hasTestPersons, readTestPersons, testKeyring } from './fixtures.ts'

describe.skipIf(!hasTestPersons)('the BRP test persons (skipped when ../shared/data/brp is absent)', () => {
  it('all canonicalise, but for the fields named here', () => {
    const accepted: Partial<Record<IdentifierKind, number>> = {}
    const refused: string[] = []
    for (const { line, identifiers } of readTestPersons()) {
      for (const [kind, value] of Object.entries(identifiers) as [IdentifierKind, string][]) {
        if (canonicalise(kind, value).ok) accepted[kind] = (accepted[kind] ?? 0) + 1
        else refused.push(`line ${line}: ${kind}`)
      }
    }
    expect(refused).toEqual([
      'line 82: bsn',
      'line 148: achternaam',
      'line 190: voornaam',
      'line 197: voornaam',
      'line 214: achternaam',
    ])
    expect(accepted).toEqual({ bsn: 346, voornaam: 340, tussenvoegsel: 84, achternaam: 345, geboortedatum: 347 })
  })

  it('share no token of names and date of birth, but for two pairs of lines that hold the same names and date', () => {
    const keyring = testKeyring()
    const linesByToken = new Map<string, number[]>()
    for (const { line, identifiers } of readTestPersons()) {
      const derived = deriveTokens(keyring, 'test', 1, withoutBsn(identifiers))
      if (!derived.ok) continue
      for (const token of derived.tokens.map(formatHex))
        linesByToken.set(token, [...(linesByToken.get(token) ?? []), line])
    }
    const shared = [...linesByToken.values()].filter((lines) => lines.length > 1).map((lines) => lines.join(' and '))
    expect([...new Set(shared)]).toEqual(['65 and 176', '81 and 82'])
  })
})

const withoutBsn = (identifiers: Identifiers): Identifiers =>
  Object.fromEntries(Object.entries(identifiers).filter(([kind]) => kind !== 'bsn'))
