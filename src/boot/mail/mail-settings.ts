import { z } from 'zod'
import { formatUtf8 } from '../../encoding/bytes.ts'
import type { SmtpServer } from '../../mail/smtp.ts'
import { MAIL_ADDRESS } from '../../model/party.ts'
import { secret } from '../../model/secret.ts'
import { isLoopback } from '../public-address.ts'

const mailAddress = z.string().max(254).regex(MAIL_ADDRESS, 'is not one e-mail address')

/** Settings for mail that there is something in an inbox, with why each exists. They count on Node only. */
export const MAIL_SETTINGS = {
  SLUIS_SMTP_HOST: {
    schema: z
      .string()
      .max(253)
      .regex(/^[A-Za-z0-9.:-]+$/, 'is not the name or address of a host')
      .optional(),
    why: 'the mail server of your organisation, which takes the mail that there is something in an inbox; without it the gateway sends none and connects to no mail server',
  },
  SLUIS_SMTP_PORT: {
    schema: z.coerce.number().int().min(1).max(65_535).default(587),
    why: 'mail servers take mail of programs at 587, with implicit TLS at 465',
  },
  SLUIS_SMTP_TLS: {
    schema: z.enum(['starttls', 'implicit', 'none']).default('starttls'),
    why: 'who can read the connection sees which organisation gets something, and when; none only for a mail server on this machine',
  },
  SLUIS_SMTP_USER: {
    schema: z.string().min(1).max(255).optional(),
    why: 'the user name of the gateway at the mail server; without it the server must know the gateway by its address',
  },
  SLUIS_SMTP_PASSWORD: {
    schema: z
      .string()
      .min(1)
      .max(1_000)
      .transform((text) => secret(formatUtf8(text)))
      .optional(),
    why: 'the password with SLUIS_SMTP_USER; a secret, never printed',
  },
  SLUIS_MAIL_FROM: {
    schema: mailAddress.optional(),
    why: 'the address that the mail is from; one that your mail server lets you use, and that nobody needs to read',
  },
  SLUIS_MAIL_MINUTES: {
    schema: z.coerce.number().int().min(15).max(1440).default(60),
    why: 'minutes between the fixed moments at which mail leaves, with 60 at every whole hour: the longer, the less the time of a mail shows when something came in',
  },
} as const satisfies Record<string, { schema: z.ZodType; why: string }>

type MailSetting = keyof typeof MAIL_SETTINGS

/** The schema of every setting for mail, by its name. */
export const mailShape = Object.fromEntries(
  Object.entries(MAIL_SETTINGS).map(([name, { schema }]) => [name, schema]),
) as { readonly [Name in MailSetting]: (typeof MAIL_SETTINGS)[Name]['schema'] }

/** The mail server, and the minutes between two moments at which mail leaves. */
export interface MailSettings extends SmtpServer {
  readonly everyMinutes: number
}

/** The settings for mail among those that were parsed; none without a mail server. Faults name settings and quote no value. */
export function pickMail(parsed: z.output<z.ZodObject<typeof mailShape>>): {
  readonly mail: MailSettings | undefined
  readonly faults: readonly string[]
} {
  const {
    SLUIS_SMTP_HOST: host,
    SLUIS_SMTP_PORT: port,
    SLUIS_SMTP_TLS: tls,
    SLUIS_SMTP_USER: user,
    SLUIS_SMTP_PASSWORD: password,
    SLUIS_MAIL_FROM: from,
    SLUIS_MAIL_MINUTES: everyMinutes,
  } = parsed
  if (host === undefined) {
    const alone = (['SLUIS_SMTP_USER', 'SLUIS_SMTP_PASSWORD', 'SLUIS_MAIL_FROM'] as const).filter(
      (name) => parsed[name] !== undefined,
    )
    return { mail: undefined, faults: alone.map((name) => `setting ${name}: set SLUIS_SMTP_HOST too, or remove it`) }
  }
  const isOwnMachine = URL.canParse(addressOf(host)) && isLoopback(addressOf(host))
  const faults = [
    ...(URL.canParse(addressOf(host)) ? [] : ['setting SLUIS_SMTP_HOST: is not the name or address of a host']),
    ...(from === undefined ? ['setting SLUIS_MAIL_FROM: is missing; give the address that mail is from'] : []),
    ...(tls === 'none' && !isOwnMachine
      ? ['setting SLUIS_SMTP_TLS: `none` is for a mail server on this machine; write `starttls` or `implicit`']
      : []),
    ...((user === undefined) === (password === undefined)
      ? []
      : ['setting SLUIS_SMTP_USER: user and password belong together; set SLUIS_SMTP_PASSWORD too, or neither']),
  ]
  if (faults.length > 0 || from === undefined) return { mail: undefined, faults }
  const signIn = user === undefined || password === undefined ? undefined : { user, password }
  return { mail: { host, port, tls, from, everyMinutes, ...(signIn && { signIn }) }, faults }
}

const addressOf = (host: string): string => `http://${host.includes(':') ? `[${host}]` : host}`
