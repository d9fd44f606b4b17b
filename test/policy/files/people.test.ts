import { describe, expect, test } from 'vitest'
import { parseClientId } from '../../../src/model/client-id.ts'
import { findClient, listOfficers } from '../../../src/policy/clients.ts'
import { formatFault } from '../../../src/policy/files/fault.ts'
import { loadPolicySet } from '../../../src/policy/files/load.ts'
import { dutySet, mutateSet } from '../../exchange/duty-set.ts'

const faults = (from: string, to: string) => {
  const loaded = loadPolicySet(mutateSet('partijen', from, to))
  return loaded.ok ? [] : loaded.faults.map((fault) => formatFault(fault, 'en'))
}

const OFFICER = 'functionaris-1: {nl: Privacyfunctionaris, en: Privacy officer, toegang: ["policy:write"]}'

describe('people in partijen.yaml', () => {
  type Broken = [what: string, from: string, to: string, fault: RegExp]
  const broken: Broken[] = [
    [
      'an officer who also reviews the log',
      '["policy:write"]',
      '["policy:write", "audit:read"]',
      /`functionaris-1` would change rules and review the log/,
    ],
    [
      'an officer of a party that reviews the log',
      'toegang: ["exchange:submit", "exchange:check"]',
      'toegang: ["audit:read"]',
      /`functionaris-1` would change rules and review the log/,
    ],
    [
      'a system that approves',
      'toegang: ["exchange:submit", "exchange:check"]',
      'toegang: ["exchange:approve"]',
      /`exchange:approve` is for a person/,
    ],
    [
      'a system that writes rules',
      'toegang: ["exchange:submit", "exchange:check"]',
      'toegang: ["policy:write"]',
      /`policy:write` is for a person/,
    ],
    ['an unknown scope', '["policy:write"]', '["policy:wrote"]', /did you mean `policy:write`/],
    ['a name with a full stop', 'functionaris-1: {nl', 'j.jansen: {nl', /cannot be a name/],
    [
      'a person without a label',
      OFFICER,
      'functionaris-1: {nl: Privacyfunctionaris, toegang: ["policy:write"]}',
      /key `en` is missing/,
    ],
    [
      'a person without scopes',
      OFFICER,
      'functionaris-1: {nl: Privacyfunctionaris, en: Privacy officer, toegang: []}',
      /the list is empty/,
    ],
    ...(
      [
        ['an e-mail address as subject', 'j.jansen@example.org'],
        ['a name with a space as subject', 'Jan Jansen'],
        ['a subject that is too long', 's'.repeat(256)],
        ['a number as subject', '12'],
      ] as const
    ).map(
      ([what, subject]): Broken => [
        what,
        OFFICER,
        OFFICER.replace('}', `, subject: ${subject}}`),
        /this is not a subject of a sign-in provider; write the `sub`/,
      ],
    ),
    [
      'two people with one subject',
      OFFICER,
      `${OFFICER.replace('}', ', subject: s}')}\n      functionaris-9: {nl: x, en: x, toegang: ["policy:write"], subject: s}`,
      /`functionaris-9` has the same subject as another person of this party/,
    ],
    ...(
      [
        ['two addresses', '"a@example.org, b@example.org"'],
        ['a name before it', '"Post <a@example.org>"'],
        ['a second line', '"a@example.org\\r\\nBcc: b@example.org"'],
        ['a line feed at its end', '"a@example.org\\n"'],
        ['no domain', 'a@localhost'],
        ['a space', '"a b@example.org"'],
        ['letters beyond ASCII', 'é@example.org'],
        ['too many letters', `a@${'example.'.repeat(40)}org`],
      ] as const
    ).map(
      ([what, address]): Broken => [
        `a mailbox with ${what}`,
        'comensha:',
        `fier: {nl: Fier, en: Fier, groepen: [], toegang: [], e-mail: ${address}, medewerkers: {m-1: {nl: x, en: x, toegang: ["inbox:read"]}}}\n  comensha:`,
        /this is not one e-mail address; write the address of a shared mailbox/,
      ],
    ),
    [
      'a mailbox where nobody may open the inbox',
      'comensha:',
      'fier: {nl: Fier, en: Fier, groepen: [], toegang: ["inbox:read"], e-mail: a@example.org}\n  comensha:',
      /nobody of this party may open the inbox; grant `inbox:read` to somebody under `medewerkers:`/,
    ],
  ]
  test.each(broken)('a person in partijen.yaml with a fault is reported: %s', (_, from, to, fault) => {
    expect(faults(from, to).join('\n')).toMatch(fault)
  })

  const loaded = loadPolicySet(dutySet())
  if (!loaded.ok) throw new Error('the set has faults')
  const { parties } = loaded.set

  test('a person has their own scopes and none of the party', () => {
    expect(findClient(parties, 'politie')?.scopes).toEqual(['exchange:submit', 'exchange:check'])
    expect(findClient(parties, 'politie.teamleider-2')).toEqual({
      id: 'politie.teamleider-2',
      party: 'politie',
      person: 'teamleider-2',
      scopes: ['exchange:approve'],
    })
  })

  test.each([
    '',
    'niemand',
    'politie.niemand',
    'niemand.teamleider-1',
    'politie.teamleider-1.x',
    'politie.',
    '.politie',
    'Politie',
    '__proto__',
    'politie.constructor',
  ])('%j names no person', (id) => {
    expect(findClient(parties, id)).toBeUndefined()
  })

  test('officers are listed by client id', () => {
    expect(listOfficers(parties)).toEqual(['politie.functionaris-1', 'comensha.functionaris-1'])
  })

  test('a text that is not a client id is not read as one', () => {
    expect(() => parseClientId('a.b.c')).toThrow(SyntaxError)
  })
})
