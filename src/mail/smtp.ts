import { createTransport } from 'nodemailer'
import { formatHex, parseUtf8 } from '../encoding/bytes.ts'
import type { Secret } from '../model/secret.ts'
import type { Clock, RandomBytes } from '../ports/keys.ts'
import type { MailFailure, MailSender } from '../ports/mail.ts'

/** A mail server to hand mail to (RFC 6409), and who it is from. */
export interface SmtpServer {
  readonly host: string
  readonly port: number
  /** `starttls` begins in plain text and goes on only under TLS (RFC 3207); `implicit` begins with it (RFC 8314 §3.3). */
  readonly tls: 'starttls' | 'implicit' | 'none'
  readonly from: string
  /** Absent for a server that knows the gateway by its address. */
  readonly signIn?: { readonly user: string; readonly password: Secret }
}

/** Most that one message may take, however slowly the server answers. */
const MAX_SEND_MS = 30_000
/** How long the server may be silent. */
const MAX_SILENCE_MS = 10_000

/**
 * Sends mail over SMTP. Certificates are checked as for any other TLS; a private authority is trusted through `NODE_EXTRA_CA_CERTS`.
 * @param name host of the public address of the gateway, which it calls itself by, instead of the name of its machine
 */
export function createSmtpSender(
  { host, port, tls, from, signIn }: SmtpServer,
  name: string,
  { clock, random }: { readonly clock: Clock; readonly random: RandomBytes },
): MailSender {
  const transport = createTransport({
    host,
    port,
    name,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(signIn && {
      auth: { user: signIn.user, pass: parseUtf8(signIn.password.reveal()) },
      // Without it, a server that hides that it can sign somebody in would get the message without.
      forceAuth: true,
    }),
    connectionTimeout: MAX_SILENCE_MS,
    greetingTimeout: MAX_SILENCE_MS,
    socketTimeout: MAX_SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ to, subject, text }, signal) {
      const mail = {
        from,
        to,
        subject,
        text,
        date: clock(),
        messageId: `<${formatHex(random(16))}@${name}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal: AbortSignal.any([signal, AbortSignal.timeout(MAX_SEND_MS)]),
      }
      try {
        await transport.sendMail(mail)
        return 'sent'
      } catch (error) {
        return nameFailure(error)
      }
    },
  }
}

/** What the codes of nodemailer mean; every other is about the connection. */
const FAILURES: Readonly<Record<string, MailFailure>> = {
  EENVELOPE: 'refused',
  EMESSAGE: 'refused',
  ETLS: 'tls',
  EAUTH: 'sign-in',
}

function nameFailure(error: unknown): MailFailure {
  const { code, originalCode } = error as { readonly code?: string; readonly originalCode?: string }
  // Codes of the system begin with E, such as ECONNREFUSED; those of certificates and TLS do not, or with ERR_.
  if (code === 'ESOCKET' && originalCode !== undefined && !/^E(?!RR_)/.test(originalCode)) return 'tls'
  return FAILURES[code ?? ''] ?? 'unreachable'
}
