import { createServer } from 'node:net'
import tls from 'node:tls'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { formatUtf8 } from '../../src/encoding/bytes.ts'
import { formatInboxMail } from '../../src/exchange/inbox/inbox-mail-text.ts'
import { createSmtpSender, type SmtpServer } from '../../src/mail/smtp.ts'
import { secret } from '../../src/model/secret.ts'
import { makeCertificate } from './certificate.ts'
import { startMailServer } from './mail-server.ts'

const certificate = makeCertificate()
const trusted = tls.getCACertificates('default')
beforeAll(() => tls.setDefaultCACertificates([...trusted, certificate.cert]))
afterAll(() => tls.setDefaultCACertificates(trusted))

const PASSWORD = 'kanarie-4711'
const NEVER = new AbortController().signal
const senderTo = (port: number, server: Partial<SmtpServer> = {}) =>
  createSmtpSender({ host: '127.0.0.1', port, tls: 'none', from: 'sluis@example.org', ...server }, 'sluis.example', {
    clock: () => new Date('2026-12-01T10:00:00.000Z'),
    random: (length) => new Uint8Array(length).fill(7),
  })
const MESSAGE = { to: 'inbox@comensha.example', ...formatInboxMail('https://sluis.example/inbox') }

const SIGN_IN: SMTPServerOptions = {
  authOptional: false,
  disabledCommands: [],
  authMethods: ['PLAIN', 'LOGIN'],
  onAuth({ username, password }, _, done) {
    if (username === 'sluis' && password === PASSWORD) done(null, { user: username })
    else done(new Error('Invalid username or password'))
  },
}
const signedInWith = (password: string) => ({ signIn: { user: 'sluis', password: secret(formatUtf8(password)) } })

describe('a message', () => {
  test('a message says that there is something, where, and nothing else', async () => {
    const server = await startMailServer()
    expect(await senderTo(server.port).send(MESSAGE, NEVER)).toBe('sent')
    const [{ text, ...envelope }] = server.taken as [(typeof server.taken)[number]]
    expect(envelope).toEqual({
      from: 'sluis@example.org',
      to: ['inbox@comensha.example'],
      user: undefined,
      isSecure: false,
      greeting: 'sluis.example',
    })
    const [head = '', body] = text.split(/\r\n\r\n(.*)/s)
    expect(head.replaceAll('\r\n ', ' ').split('\r\n').sort()).toEqual([
      'Auto-Submitted: auto-generated',
      'Content-Transfer-Encoding: 7bit',
      'Content-Type: text/plain; charset=utf-8',
      'Date: Tue, 01 Dec 2026 10:00:00 +0000',
      'From: sluis@example.org',
      'MIME-Version: 1.0',
      'Message-ID: <07070707070707070707070707070707@sluis.example>',
      'Subject: Sluis: er staat iets in uw postbus / there is something in your inbox',
      'To: inbox@comensha.example',
    ])
    expect(body?.replaceAll('\r\n', '\n')).toBe(`Er staat iets in uw postbus. Meld u aan en open de postbus:
https://sluis.example/inbox

There is something in your inbox. Sign in and open the inbox:
https://sluis.example/inbox

Dit bericht is automatisch verstuurd. Antwoorden leest niemand.
This message was sent automatically. Nobody reads replies.
`)
  })

  test.each(['starttls', 'implicit'] as const)('with %s it is handed in under TLS, signed in', async (mode) => {
    const server = await startMailServer({
      ...SIGN_IN,
      ...certificate,
      secure: mode === 'implicit',
    })
    expect(await senderTo(server.port, { tls: mode, ...signedInWith(PASSWORD) }).send(MESSAGE, NEVER)).toBe('sent')
    expect(server.taken).toMatchObject([{ isSecure: true, user: 'sluis' }])
  })
})

describe('a mail server that fails', () => {
  test.each<[what: string, options: SMTPServerOptions, server: Partial<SmtpServer>, failure: string]>([
    ['offers no TLS', {}, { tls: 'starttls' }, 'tls'],
    ['has a certificate of nobody', { disabledCommands: ['AUTH'], ...makeCertificate() }, { tls: 'starttls' }, 'tls'],
    ['has a certificate of nobody from the start', { secure: true, ...makeCertificate() }, { tls: 'implicit' }, 'tls'],
    ['refuses the password', { ...SIGN_IN, allowInsecureAuth: true }, signedInWith('another'), 'sign-in'],
    ['hides that it signs in', {}, signedInWith(PASSWORD), 'sign-in'],
    [
      'refuses the recipient',
      { onRcptTo: (_, __, done) => done(Object.assign(new Error('no such user here'), { responseCode: 550 })) },
      {},
      'refused',
    ],
    [
      'refuses the sender',
      { onMailFrom: (_, __, done) => done(Object.assign(new Error('not allowed'), { responseCode: 553 })) },
      {},
      'refused',
    ],
    [
      'refuses the content',
      { onData: (stream, _, done) => stream.resume().on('end', () => done(new Error('spam'))) },
      {},
      'refused',
    ],
  ])('one that %s takes nothing, and the reason is named', async (_, options, server, failure) => {
    const mailServer = await startMailServer(options)
    expect(await senderTo(mailServer.port, server).send(MESSAGE, NEVER)).toBe(failure)
    expect(mailServer.taken).toEqual([])
  })

  test('a password is not sent in plain text when TLS is cut out of the conversation', async () => {
    const heard: string[] = []
    const port = await startRaw((socket, line) => {
      heard.push(line)
      socket.write(line.startsWith('EHLO') ? '250-mail\r\n250 AUTH PLAIN LOGIN\r\n' : '502 no\r\n')
    })
    expect(await senderTo(port, { tls: 'starttls', ...signedInWith(PASSWORD) }).send(MESSAGE, NEVER)).toBe('tls')
    expect(heard.join('\n')).not.toMatch(/AUTH|MAIL/)
  })

  test('one that is down is unreachable', async () => {
    const server = new SMTPServer(certificate)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.server.address() as { port: number }
    await new Promise<void>((resolve) => server.close(() => resolve()))
    expect(await senderTo(port).send(MESSAGE, NEVER)).toBe('unreachable')
  })

  test('one that answers too slowly is given up when the signal says so', async () => {
    const stop = new AbortController()
    const port = await startRaw((_, line) => {
      if (line.startsWith('EHLO')) stop.abort()
    })
    expect(await senderTo(port).send(MESSAGE, stop.signal)).toBe('unreachable')
  })

  test('one that is no mail server is unreachable', async () => {
    const port = await startRaw(() => undefined, 'HTTP/1.1 400 Bad Request\r\n\r\n')
    expect(await senderTo(port).send(MESSAGE, NEVER)).toBe('unreachable')
  })
})

/** A server that greets and answers each line itself. */
async function startRaw(
  answer: (socket: { write(text: string): void }, line: string) => void,
  greeting = '220 mail\r\n',
): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.write(greeting)
    socket.on('data', (data) => {
      for (const line of data.toString().split('\r\n').filter(Boolean)) answer(socket, line)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return (server.address() as { port: number }).port
}
