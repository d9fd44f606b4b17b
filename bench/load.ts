import { connect, type Socket } from 'node:net'
import { type Client, createClient } from '../src/auth/client.ts'
import { TOKEN_PATH } from '../src/auth/metadata.ts'
import { readPartyKeys } from '../src/cli/party/party-folder.ts'
import type { Json } from '../src/encoding/json.ts'
import { type Program, SENDER } from './programs.ts'

const PATH = '/v1/exchanges'
// Signing happens in a thread pool; this many at once keep it busy.
const SIGNED_AT_ONCE = 64

/** What one round measured. */
export interface Round {
  readonly perSecond: number
  /** Milliseconds from the first byte sent to the last byte received, one for each request. */
  readonly latencies: readonly number[]
}

/** Sends reports to one program. */
export interface Sender {
  /**
   * Signs `count` requests, then sends them over `clients` connections that each wait for an answer before the next request.
   * Only the sending is timed.
   * @throws Error when an answer is not 201
   */
  run(count: number, clients: number): Promise<Round>
}

/**
 * @param partyFolder where the sender's private keys are
 * @param nextReport gives what to send, a new report every time
 */
export async function createSender(program: Program, partyFolder: string, nextReport: () => Json): Promise<Sender> {
  const { hostname, port } = new URL(program.issuer)
  let signed: Buffer[] = []
  // The client asks for a token as always; what it signs after that is kept and sent when the clock runs.
  const client: Client = await createClient({
    issuer: program.issuer,
    party: SENDER,
    signingKey: readPartyKeys(partyFolder, SENDER).signing,
    async fetch(request) {
      if (new URL(request.url).pathname === TOKEN_PATH) return fetch(request)
      signed.push(await formatRequest(request))
      return new Response()
    },
    now: () => new Date(),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  })

  const sign = () =>
    client.request('POST', PATH, {
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify(nextReport()),
    })

  return {
    async run(count, clients) {
      signed = []
      while (signed.length < count) {
        await Promise.all(Array.from({ length: Math.min(SIGNED_AT_ONCE, count - signed.length) }, sign))
      }
      const requests = signed.values()
      const latencies: number[] = []
      const sockets = await Promise.all(Array.from({ length: clients }, () => open(Number(port), hostname)))
      const startedAt = performance.now()
      await Promise.all(
        sockets.map(async (socket) => {
          for (const request of requests) {
            const sentAt = performance.now()
            const status = await exchange(socket, request)
            latencies.push(performance.now() - sentAt)
            if (status !== 201) throw new Error(`${program.name} answered ${status} instead of 201`)
          }
        }),
      )
      const seconds = (performance.now() - startedAt) / 1000
      for (const socket of sockets) socket.destroy()
      return { perSecond: count / seconds, latencies }
    },
  }
}

/** The request as it goes over the wire (RFC 9112 §2.1), in one piece, so that sending it costs the generator little. */
async function formatRequest(request: Request): Promise<Buffer> {
  const body = await request.bytes()
  const headers = [...request.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const { host, pathname } = new URL(request.url)
  const head = `${request.method} ${pathname} HTTP/1.1\r\nhost: ${host}\r\n${headers}content-length: ${body.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), body])
}

const open = (port: number, host: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host, noDelay: true })
    socket.once('error', reject).once('connect', () => resolve(socket))
  })

/** Sends one request over an idle connection and reads the whole answer. @returns its status */
function exchange(socket: Socket, request: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let answer: Buffer = Buffer.alloc(0)
    const settle = (finish: () => void) => {
      socket.removeAllListeners()
      finish()
    }
    socket.on('data', (chunk) => {
      answer = answer.length === 0 ? chunk : Buffer.concat([answer, chunk])
      const headLength = answer.indexOf('\r\n\r\n') + 4
      if (headLength < 4) return
      const head = answer.toString('latin1', 0, headLength)
      const bodyLength = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
      if (bodyLength === undefined) return settle(() => reject(new Error('an answer without Content-Length')))
      if (answer.length >= headLength + Number(bodyLength)) settle(() => resolve(Number(head.slice(9, 12))))
    })
    socket.once('error', (error) => settle(() => reject(error)))
    socket.once('close', () => settle(() => reject(new Error('the connection was closed before the answer'))))
    socket.write(request)
  })
}
