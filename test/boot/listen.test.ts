import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { CONNECTION_LIMITS, listen } from '../../src/boot/listen.ts'

const LIMITS = { headersMs: 200, requestMs: 600, keepAliveMs: 200, silenceMs: 3_000 }
const HEAD = 'POST / HTTP/1.1\r\nHost: sluis.example\r\n'

/** Opens a connection that sends this and then nothing. Returns after how long it was closed, and what came back. */
async function waitForEnd(sent: string): Promise<{ ms: number; received: string }> {
  const server = listen(
    async (request) => new Response(await request.text()),
    { port: 0, hostname: '127.0.0.1' },
    LIMITS,
  )
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  let received = ''
  socket.on('data', (bytes) => {
    received += bytes
  })
  socket.on('error', () => {})
  const start = performance.now()
  socket.write(sent)
  await once(socket, 'close')
  return { ms: performance.now() - start, received }
}

test.each<[what: string, sent: string, answer: RegExp]>([
  ['that sends nothing', '', /^$|^HTTP\/1\.1 408/],
  ['that sends half of its headers', HEAD, /^HTTP\/1\.1 408/],
  ['that sends half of its body', `${HEAD}Content-Length: 10\r\n\r\nhalf`, /^$|408/],
  ['that is idle after an answer', `${HEAD}Content-Length: 2\r\n\r\nok`, /^HTTP\/1\.1 200/],
])('a connection %s is closed in stated time', async (_, sent, answer) => {
  const { ms, received } = await waitForEnd(sent)
  expect(received).toMatch(answer)
  expect(ms).toBeLessThan(2_900)
})

test('a request has at most half a minute, and an idle connection ten seconds', () => {
  const { headersMs, requestMs, keepAliveMs } = CONNECTION_LIMITS
  expect([requestMs, headersMs, keepAliveMs].map((ms) => ms / 1000)).toEqual([30, 10, 5])
})
