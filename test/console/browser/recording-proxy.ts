import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Stands between clients and a server, and keeps every byte that passes. */
export interface RecordingProxy {
  /** Address of the proxy. */
  readonly origin: string
  /** Connects the proxy to the server. Before it, nothing passes. */
  serve(port: number): void
  /** What passed since the last call: every stream on its own, with addresses, headers and bodies. */
  take(): readonly Buffer[]
  close(): Promise<void>
}

export async function startRecordingProxy(): Promise<RecordingProxy> {
  let streams: Buffer[][] = []
  let target: number | undefined
  const sockets = new Set<Socket>()
  /** Passes on what one side says; a stream that began before `take` goes on in a new one. */
  const record = (from: Socket, to: Socket) => {
    let kept: Buffer[] | undefined
    let of = streams
    from.on('data', (bytes: Buffer) => {
      if (kept === undefined || of !== streams) {
        kept = []
        of = streams
        streams.push(kept)
      }
      kept.push(bytes)
      to.write(bytes)
    })
    from.on('end', () => to.end())
    from.on('error', () => to.destroy())
  }
  const server = createServer((client) => {
    if (target === undefined) {
      client.destroy()
      return
    }
    const upstream = connect(target, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    }
    record(client, upstream)
    record(upstream, client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve(port) {
      target = port
    },
    take() {
      const taken = streams
      streams = []
      return taken.map((chunks) => Buffer.concat(chunks))
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
