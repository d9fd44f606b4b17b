import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { onTestFinished } from 'vitest'

/** A mail server on this machine. */
export interface MailServer {
  readonly port: number
  /** Messages that it took. */
  readonly taken: readonly TakenMessage[]
  /** Connections that were made to it. */
  connections(): number
}

export interface TakenMessage {
  readonly from: string
  readonly to: readonly string[]
  /** User that signed in. */
  readonly user: string | undefined
  readonly isSecure: boolean
  /** What the client calls itself. */
  readonly greeting: string
  /** As it was sent, lines ending in CRLF. */
  readonly text: string
}

/** Starts a mail server that stops with the test. Without options it offers neither TLS nor sign-in. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const taken: TakenMessage[] = []
  let connections = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    disableReverseLookup: true,
    onConnect(_, done) {
      connections++
      done()
    },
    onData(stream, { envelope, user, secure, hostNameAppearsAs }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        taken.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map(({ address }) => address),
          user: user as string | undefined,
          isSecure: secure,
          greeting: String(hostNameAppearsAs),
          text: Buffer.concat(chunks).toString(),
        })
        done()
      })
    },
    ...options,
  })
  // A client that breaks off, or does not trust the certificate.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { port: (server.server.address() as AddressInfo).port, taken, connections: () => connections }
}
