import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { MAIL_SETTINGS } from '../../../src/boot/mail/mail-settings.ts'
import { parseSettings } from '../../../src/boot/settings.ts'
import { parseWorkerSettings } from '../../../src/boot/worker-settings.ts'

const canary = 'kanarie4711'
const GOOD = {
  SLUIS_SMTP_HOST: 'mail.example.org',
  SLUIS_SMTP_USER: 'sluis',
  SLUIS_SMTP_PASSWORD: canary,
  SLUIS_MAIL_FROM: 'sluis@example.org',
}
const faultsOf = (settings: Readonly<Record<string, string | undefined>>) => {
  const parsed = parseSettings(settings)
  return parsed.ok ? [] : parsed.faults
}
const mailOf = (settings: Readonly<Record<string, string | undefined>>) => {
  const parsed = parseSettings(settings)
  if (!parsed.ok) throw new Error(parsed.faults.join('\n'))
  return parsed.settings.mail
}

describe('settings for mail', () => {
  test('without a mail server none is sent', () => {
    expect(mailOf({})).toBeUndefined()
  })

  test('mail is handed in under TLS, every hour, unless the operator says otherwise', () => {
    expect(mailOf(GOOD)).toMatchObject({ host: 'mail.example.org', port: 587, tls: 'starttls', everyMinutes: 60 })
  })

  test('the password is a secret from the first moment', () => {
    const mail = mailOf(GOOD)
    expect(inspect(mail, { depth: 9, showHidden: true }) + JSON.stringify(mail)).not.toContain(canary)
  })

  test.each(['127.0.0.1', 'localhost', '::1'])('a mail server on this machine, %s, needs no TLS', (host) => {
    expect(mailOf({ ...GOOD, SLUIS_SMTP_HOST: host, SLUIS_SMTP_TLS: 'none' })?.tls).toBe('none')
  })

  test.each<[what: string, settings: Readonly<Record<string, string | undefined>>, fault: RegExp]>([
    [
      'no TLS to another machine',
      { ...GOOD, SLUIS_SMTP_TLS: 'none' },
      /^setting SLUIS_SMTP_TLS: `none` is for a mail server on this/,
    ],
    ['an unknown kind of TLS', { ...GOOD, SLUIS_SMTP_TLS: canary }, /^setting SLUIS_SMTP_TLS does not fit/],
    ['no address that it is from', { ...GOOD, SLUIS_MAIL_FROM: undefined }, /^setting SLUIS_MAIL_FROM: is missing/],
    [
      'a password alone',
      { ...GOOD, SLUIS_SMTP_USER: undefined },
      /^setting SLUIS_SMTP_USER: user and password belong together/,
    ],
    [
      'a user alone',
      { ...GOOD, SLUIS_SMTP_PASSWORD: undefined },
      /^setting SLUIS_SMTP_USER: user and password belong together/,
    ],
    [
      'a password without a server',
      { SLUIS_SMTP_PASSWORD: canary },
      /^setting SLUIS_SMTP_PASSWORD: set SLUIS_SMTP_HOST too, or remove it/,
    ],
    [
      'an address without a server',
      { SLUIS_MAIL_FROM: 'a@example.org' },
      /^setting SLUIS_MAIL_FROM: set SLUIS_SMTP_HOST too, or remove it/,
    ],
    [
      'an address for a host',
      { ...GOOD, SLUIS_SMTP_HOST: 'smtp://mail.example.org' },
      /^setting SLUIS_SMTP_HOST does not fit/,
    ],
    ['a host that is none', { ...GOOD, SLUIS_SMTP_HOST: 'a:b' }, /^setting SLUIS_SMTP_HOST: is not the name/],
    ['another minute each time', { ...GOOD, SLUIS_MAIL_MINUTES: '1' }, /^setting SLUIS_MAIL_MINUTES does not fit/],
    ...[
      `a@example.org\r\nBcc: ${canary}@example.org`,
      `a@example.org\n`,
      `a@example.org, ${canary}@example.org`,
      `${canary} <a@example.org>`,
      `"${canary}"@example.org`,
    ].map((from): [string, Readonly<Record<string, string>>, RegExp] => [
      `more than one address: ${JSON.stringify(from).replaceAll(canary, '…')}`,
      { ...GOOD, SLUIS_MAIL_FROM: from },
      /^setting SLUIS_MAIL_FROM does not fit: is not one e-mail address$/,
    ]),
  ])('%s is refused by the name of the setting, without its value', (_, settings, fault) => {
    const faults = faultsOf(settings)
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(fault)
    expect(faults[0]).not.toContain(canary)
  })

  test.each(Object.keys(MAIL_SETTINGS))('a Worker refuses %s: it sends no mail', async (name) => {
    const parsed = await parseWorkerSettings({ [name]: canary })
    const faults = parsed.ok ? [] : parsed.faults
    expect(faults).toContain(
      `setting ${name}: a Worker hands no mail in; remove it, or run the gateway on Node for mail about inboxes`,
    )
  })
})
