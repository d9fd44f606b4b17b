import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseSignInSettings } from '../../../src/boot/console/sign-in-settings.ts'

const PROVIDER = {
  id: 'fier',
  issuer: 'https://login.fier.example/tenant/v2.0',
  clientId: 'sluis',
  parties: ['fier'],
  authentication: 'private_key_jwt',
}
const OTHER = { ...PROVIDER, id: 'other', issuer: 'https://other.example', parties: ['other'] }
const parse = (settings: unknown, mode: 'development' | 'production' = 'development') =>
  parseSignInSettings(typeof settings === 'string' ? settings : JSON.stringify(settings), 'sign-in.json', mode)

describe('who may sign in', () => {
  test('providers stand side by side, and a session lasts half an hour idle and twelve hours in all', () => {
    const parsed = parse({ providers: [PROVIDER, OTHER] })
    expect(parsed).toEqual({
      ok: true,
      settings: { providers: [PROVIDER, OTHER], idleMinutes: 30, sessionHours: 12, listsPeople: false },
    })
  })

  test('a client secret cannot be printed', () => {
    const parsed = parse({
      providers: [{ ...PROVIDER, authentication: 'client_secret_basic', clientSecret: 'hush' }],
    })
    expect(parsed.ok && JSON.stringify(parsed.settings)).toContain('[secret]')
    expect(parsed.ok && new TextDecoder().decode(parsed.settings.providers[0]!.clientSecret!.reveal())).toBe('hush')
  })

  test('the example in the docs is accepted in production', () => {
    const example = /```json\n(\{\n {2}"providers"[^`]+)```/.exec(readFileSync('docs/operating.md', 'utf8'))![1]!
    expect(parse(example, 'production')).toMatchObject({ ok: true })
  })

  const provider = (change: object) => ({ providers: [{ ...PROVIDER, ...change }] })
  const faults: [what: string, settings: unknown, fault: RegExp][] = [
    ['no JSON', '{"providers": [{"clientSecret": "hush"', /^sign-in\.json: the text: /],
    ['no providers', { providers: [] }, /: providers: /],
    ['a member that nobody reads', provider({ scope: 'openid' }), /: providers\.0: .*scope/],
    [
      'an issuer without TLS',
      provider({ issuer: 'http://login.example' }),
      /: providers\.0\.issuer: starts with https/,
    ],
    ['an issuer with a query', provider({ issuer: 'https://login.example/?a' }), /: providers\.0\.issuer: /],
    ['an issuer with a password', provider({ issuer: 'https://hush:hush@login.example' }), /: providers\.0\.issuer: /],
    ['an issuer that is no address', provider({ issuer: 'hush' }), /: providers\.0\.issuer: /],
    ['an id that is no word of an address', provider({ id: 'a/b' }), /: providers\.0\.id: /],
    ['no party', provider({ parties: [] }), /: providers\.0\.parties: /],
    [
      'a secret without its method',
      provider({ clientSecret: 'hush' }),
      /clientSecret: belongs to `client_secret_basic`/,
    ],
    ['a method without its secret', provider({ authentication: 'client_secret_basic' }), /clientSecret: belongs/],
    ['one id twice', { providers: [PROVIDER, { ...OTHER, id: 'fier' }] }, /: providers\.1\.id: appears twice/],
    [
      'one issuer twice',
      { providers: [PROVIDER, { ...OTHER, issuer: PROVIDER.issuer }] },
      /: providers\.1\.issuer: appears twice/,
    ],
    ['one party twice', { providers: [PROVIDER, { ...OTHER, parties: ['fier'] }] }, /: providers\.1\.parties: appears/],
    ['an endless session', { providers: [PROVIDER], sessionHours: 25 }, /: sessionHours: /],
    ['a session without an idle end', { providers: [PROVIDER], idleMinutes: 0 }, /: idleMinutes: /],
  ]
  test.each(faults)('a fault is named with its place and without its value: %s', (_, settings, fault) => {
    const parsed = parse(settings)
    expect(parsed.ok ? [] : parsed.faults.join('\n')).toMatch(fault)
    expect(JSON.stringify(parsed)).not.toContain('hush')
  })

  test('an issuer on this machine may do without TLS', () => {
    expect(parse(provider({ issuer: 'http://127.0.0.1:9000' })).ok).toBe(true)
  })

  test('people are listed in a demo only', () => {
    const settings = { providers: [PROVIDER], listsPeople: true }
    expect(parse(settings).ok).toBe(true)
    expect(parse(settings, 'production')).toEqual({
      ok: false,
      faults: ['sign-in.json: listsPeople: is for a demo; remove it in production'],
    })
  })
})
