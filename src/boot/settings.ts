import { z } from 'zod'
import { DEFAULT_OPEN_CHECKS_PER_MINUTE } from '../console/share/minute-limit.ts'
import { formatUtf8 } from '../encoding/bytes.ts'
import type { Gateway } from '../exchange/gateway.ts'
import { DEFAULT_HEARTBEAT_MINUTES } from '../exchange/upkeep/heartbeat.ts'
import { type Secret, secret } from '../model/secret.ts'
import { LIMIT_SETTINGS, limitShape, pickLimits } from './limit-settings.ts'
import { MAIL_SETTINGS, type MailSettings, mailShape, pickMail } from './mail/mail-settings.ts'

const port = z.coerce.number().int().min(0).max(65_535)
const publicAddress = z.url({ protocol: /^https?$/ }).refine(
  // Also called for a text that is no URL, which has its fault already.
  (address) => !URL.canParse(address) || (!/\/$|[?#@]/.test(address) && new URL(address).pathname === '/'),
  'has no path, no trailing slash, no question and no user',
)

/** Every setting, with why it exists. A test holds `docs/operating.md` against this list. */
export const SETTINGS = {
  PORT: { schema: port.default(8787), why: 'another program may have the port; 0 takes a free one' },
  HOST: {
    schema: z.string().min(1).default('127.0.0.1'),
    why: 'only this machine can reach the gateway until you say otherwise; put a TLS proxy in front before you do',
  },
  SLUIS_ISSUER: {
    schema: publicAddress.optional(),
    why: 'the public address: tokens, DPoP proofs and the log are bound to it, so it cannot come from a Host header',
  },
  SLUIS_DATA: {
    schema: z.string().min(1).default('var/sluis'),
    why: 'where database and keys live; keep it on a disk that keeps its promises about fsync, and out of the backup of anything else',
  },
  SLUIS_ANCHOR: {
    schema: z.string().min(1).optional(),
    why: 'the file that remembers the newest signed checkpoint, so that a database that was put back or copied over shows at the next start; it protects most on another disk than the database, and never goes into its backup',
  },
  SLUIS_KEYRING: {
    schema: z
      .string()
      .min(1)
      .transform((text) => secret(formatUtf8(text)))
      .optional(),
    why: 'a platform that hands out secrets by environment gives the text of keyring.json here; then no keyring file is read or made, and none lies beside the database',
  },
  SLUIS_POLICIES: {
    schema: z.string().min(1).default('policies'),
    why: 'the rule files of your privacy officers may live in a repository of their own',
  },
  SLUIS_MODE: {
    schema: z.enum(['development', 'production']).default('development'),
    why: 'in production the gateway is under the rule set that two officers approved last, from its database, and reports rule files that differ; in development it takes the files as they are',
  },
  SLUIS_APPROVAL_HOURS: {
    schema: z.coerce.number().int().min(1).max(720).default(72),
    why: 'how long an exchange waits for its second person before its content is destroyed: a weekend fits in, and sealed content should not lie about for longer',
  },
  ...LIMIT_SETTINGS,
  SLUIS_ANSWER_MS: {
    schema: z.coerce.number().int().min(0).max(10_000).default(100),
    why: 'answers about persons leave at multiples of so many milliseconds after their request, because the time of a look-up would show whether the person was known; longer than a look-up takes on your machine, and 0 only where nobody else can measure',
  },
  SLUIS_WITNESS_POLICY: {
    schema: z.string().min(1).optional(),
    why: 'a witness policy (C2SP tlog-policy): the witnesses in it that have an address are asked to cosign each checkpoint; without it nobody is asked',
  },
  SLUIS_HEARTBEAT_MINUTES: {
    schema: z.coerce.number().int().min(1).max(1440).default(DEFAULT_HEARTBEAT_MINUTES),
    why: 'how often the log gets a heartbeat with a count of its records: a log that was cut off shows only by the heartbeat that is missing, so it can stay hidden for this long',
  },
  SLUIS_CONTACT: {
    schema: z.email().max(254).optional(),
    why: 'the e-mail address of the operator: errors that a partner cannot fix name it, and so does the API description',
  },
  SLUIS_SIGN_IN: {
    schema: z.string().min(1).optional(),
    why: 'a JSON file with the OpenID providers at which the people of each party sign in to the console; without it nobody can, and the gateway asks no provider',
  },
  SLUIS_OPEN_CHECK: {
    schema: z.enum(['yes', 'no']).optional(),
    why: 'whether everybody may open "Mag ik dit delen?" without signing in: it shows what the rules say and nothing of any exchange, but lets strangers use your machine; without it yes in development and no in production, where people with exchange:check may',
  },
  SLUIS_OPEN_CHECKS_PER_MINUTE: {
    schema: z.coerce.number().int().min(1).max(1_000_000).default(DEFAULT_OPEN_CHECKS_PER_MINUTE),
    why: 'how often "Mag ik dit delen?" is answered in a minute to everybody who has not signed in together, and to the people of each party: every choice on it is an answer that takes time of the processor, and strangers must not take it all',
  },
  ...MAIL_SETTINGS,
  SLUIS_PARTIES: {
    schema: z.string().min(1).default('var/demo/parties'),
    why: 'where the command line finds the private keys of the party it acts as',
  },
} as const satisfies Record<string, { schema: z.ZodType; why: string }>

export interface Settings {
  readonly port: number
  readonly host: string
  /** Public address without trailing slash; made from host and port when not set. */
  readonly issuer: string
  readonly dataFolder: string
  /** Where the anchor of the log is; in the data folder when absent. */
  readonly anchorPath?: string
  /** Text of the keyring; absent when it is in a file of the data folder. */
  readonly keyring?: Secret
  readonly policyFolder: string
  readonly partyFolder: string
  /** Path of the witness policy; nobody is asked to cosign when absent. */
  readonly witnessPolicy?: string
  readonly mode: 'development' | 'production'
  readonly approvalHours: number
  readonly limits: NonNullable<Gateway['limits']>
  readonly answerIntervalMs: number
  readonly heartbeatMinutes: number
  /** Whether everybody may open "Mag ik dit delen?". */
  readonly isCheckOpen: boolean
  readonly openChecksPerMinute: number
  /** E-mail address of the operator. */
  readonly operatorContact?: string
  /** Path of the file of providers to sign in at; nobody signs in when absent. */
  readonly signIn?: string
  /** Where mail about inboxes is handed in; none is sent when absent. */
  readonly mail?: MailSettings
}

/** Whether everybody may open "Mag ik dit delen?": what the operator chose, or else only where nothing is real. */
export const isCheckOpen = (chosen: 'yes' | 'no' | undefined, mode: Settings['mode']): boolean =>
  chosen === undefined ? mode === 'development' : chosen === 'yes'

/** The plain-http address of a host and a port. */
export const formatAddress = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`

/** Settings from environment variables. A value that does not fit is named, never shown. */
export function parseSettings(
  environment: Readonly<Record<string, string | undefined>>,
): { ok: true; settings: Settings } | { ok: false; faults: readonly string[] } {
  const shape = z.object({
    PORT: SETTINGS.PORT.schema,
    HOST: SETTINGS.HOST.schema,
    SLUIS_ISSUER: SETTINGS.SLUIS_ISSUER.schema,
    SLUIS_DATA: SETTINGS.SLUIS_DATA.schema,
    SLUIS_ANCHOR: SETTINGS.SLUIS_ANCHOR.schema,
    SLUIS_KEYRING: SETTINGS.SLUIS_KEYRING.schema,
    SLUIS_POLICIES: SETTINGS.SLUIS_POLICIES.schema,
    SLUIS_PARTIES: SETTINGS.SLUIS_PARTIES.schema,
    SLUIS_WITNESS_POLICY: SETTINGS.SLUIS_WITNESS_POLICY.schema,
    SLUIS_MODE: SETTINGS.SLUIS_MODE.schema,
    SLUIS_APPROVAL_HOURS: SETTINGS.SLUIS_APPROVAL_HOURS.schema,
    ...limitShape,
    SLUIS_ANSWER_MS: SETTINGS.SLUIS_ANSWER_MS.schema,
    SLUIS_HEARTBEAT_MINUTES: SETTINGS.SLUIS_HEARTBEAT_MINUTES.schema,
    SLUIS_CONTACT: SETTINGS.SLUIS_CONTACT.schema,
    SLUIS_SIGN_IN: SETTINGS.SLUIS_SIGN_IN.schema,
    SLUIS_OPEN_CHECK: SETTINGS.SLUIS_OPEN_CHECK.schema,
    SLUIS_OPEN_CHECKS_PER_MINUTE: SETTINGS.SLUIS_OPEN_CHECKS_PER_MINUTE.schema,
    ...mailShape,
  })
  const parsed = shape.safeParse(environment)
  if (!parsed.success) {
    return {
      ok: false,
      faults: parsed.error.issues.map(
        (issue) => `setting ${issue.path.join('.')} does not fit: ${issue.message.toLowerCase()}`,
      ),
    }
  }
  const { mail, faults } = pickMail(parsed.data)
  if (faults.length > 0) return { ok: false, faults }
  const {
    PORT,
    HOST,
    SLUIS_ISSUER,
    SLUIS_DATA,
    SLUIS_ANCHOR,
    SLUIS_KEYRING,
    SLUIS_POLICIES,
    SLUIS_PARTIES,
    SLUIS_WITNESS_POLICY,
    SLUIS_MODE,
    SLUIS_APPROVAL_HOURS,
    SLUIS_ANSWER_MS,
    SLUIS_HEARTBEAT_MINUTES,
    SLUIS_CONTACT,
    SLUIS_SIGN_IN,
    SLUIS_OPEN_CHECK,
    SLUIS_OPEN_CHECKS_PER_MINUTE,
  } = parsed.data
  return {
    ok: true,
    settings: {
      port: PORT,
      host: HOST,
      issuer: SLUIS_ISSUER ?? formatAddress(HOST, PORT),
      dataFolder: SLUIS_DATA,
      ...(SLUIS_ANCHOR !== undefined && { anchorPath: SLUIS_ANCHOR }),
      ...(SLUIS_KEYRING && { keyring: SLUIS_KEYRING }),
      policyFolder: SLUIS_POLICIES,
      partyFolder: SLUIS_PARTIES,
      ...(SLUIS_WITNESS_POLICY && { witnessPolicy: SLUIS_WITNESS_POLICY }),
      mode: SLUIS_MODE,
      approvalHours: SLUIS_APPROVAL_HOURS,
      limits: pickLimits(parsed.data),
      answerIntervalMs: SLUIS_ANSWER_MS,
      heartbeatMinutes: SLUIS_HEARTBEAT_MINUTES,
      isCheckOpen: isCheckOpen(SLUIS_OPEN_CHECK, SLUIS_MODE),
      openChecksPerMinute: SLUIS_OPEN_CHECKS_PER_MINUTE,
      ...(SLUIS_CONTACT !== undefined && { operatorContact: SLUIS_CONTACT }),
      ...(SLUIS_SIGN_IN !== undefined && { signIn: SLUIS_SIGN_IN }),
      ...(mail && { mail }),
    },
  }
}
