import { describe, expect, test } from 'vitest'
import { findAddressFault, isLoopback, isNamedAfterAnother, originAt } from '../../src/boot/public-address.ts'
import { parseSettings } from '../../src/boot/settings.ts'

describe('the public address', () => {
  test.each([
    'http://127.0.0.1:8787',
    'https://127.1',
    'https://0x7f000001',
    'https://2130706433',
    'https://127.255.255.254',
    'https://0.0.0.0',
    'https://[::1]',
    'https://[::]:8787',
    'https://[::ffff:127.0.0.1]',
    'https://[0:0:0:0:0:ffff:7f00:1]',
    'https://localhost',
    'https://LOCALHOST.',
    'https://sluis.localhost:8443',
  ])('%s is the machine itself and refused in production only', (address) => {
    expect(isLoopback(address)).toBe(true)
    expect(findAddressFault(address, 'production')).toMatch(/^in production the public address begins with https:\/\//)
    expect(findAddressFault(address, 'development')).toBeUndefined()
  })

  test.each([
    'https://sluis.example',
    'https://127.0.0.1.example',
    'https://localhost.example',
    'https://10.0.0.1',
    'https://[2001:db8::1]:8443',
    'https://[::2]',
  ])('%s is accepted in production with https, and refused without', (address) => {
    expect(isLoopback(address)).toBe(false)
    expect(findAddressFault(address, 'production')).toBeUndefined()
    expect(findAddressFault(address.replace('https:', 'http:'), 'production')).toBeDefined()
  })

  test.each([
    'https://sluis.example/',
    'https://sluis.example/path',
    'https://sluis.example?',
    'https://sluis.example?a=b',
    'https://sluis.example#',
    'https://user:secret@sluis.example',
    'ftp://sluis.example',
    'sluis.example',
    '',
  ])('a public address with anything but scheme, host and port is refused and not shown: %j', (SLUIS_ISSUER) => {
    const parsed = parseSettings({ SLUIS_ISSUER })
    expect(parsed).toMatchObject({ ok: false, faults: [expect.stringMatching(/^setting SLUIS_ISSUER /)] })
    expect(JSON.stringify(parsed)).not.toContain('sluis.example')
  })

  test.each([
    ['sluis.example', 'https://sluis.example', false],
    ['sluis.example/2', 'https://sluis.example', false],
    ['sluis.example:8443/3', 'https://sluis.example:8443', false],
    ['sluis.example', 'https://sluis.example:8443', true],
    ['127.0.0.1:8787', 'https://sluis.example', true],
    ['sluis.example.org', 'https://sluis.example', true],
  ])('a log named %s that is reached at %s is named after another address: %s', (origin, address, expected) => {
    expect(isNamedAfterAnother(origin, address)).toBe(expected)
  })

  test('a new log is named after host and port of its address', () => {
    expect(originAt('https://Sluis.example:443')).toBe('sluis.example')
    expect(originAt('http://127.0.0.1:8787')).toBe('127.0.0.1:8787')
  })
})
