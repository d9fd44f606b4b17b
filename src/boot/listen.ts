import { createServer, type Server } from 'node:http'
import { serve } from '@hono/node-server'
import { refuseRepeatedHost } from './single-host.ts'

/** How long a connection may take, so that slow and idle clients do not keep the gateway's sockets. */
export interface ConnectionLimits {
  /** For the headers of a request, from the start of the connection or of the request. */
  readonly headersMs: number
  /** For a whole request, its body included. */
  readonly requestMs: number
  /** Between an answer and the next request on the same connection. */
  readonly keepAliveMs: number
  /** Between two moments at which something is sent or received, while an answer is being made too. */
  readonly silenceMs: number
}

/** A rule set of 1.9 MB arrives in half a minute over half a megabit a second. */
export const CONNECTION_LIMITS: ConnectionLimits = {
  headersMs: 10_000,
  requestMs: 30_000,
  keepAliveMs: 5_000,
  silenceMs: 120_000,
}

/** Starts to listen. A connection that exceeds a limit is closed, at most half a headers' limit late. */
export function listen(
  fetch: (request: Request) => Promise<Response>,
  { port, hostname }: { readonly port: number; readonly hostname: string },
  limits: ConnectionLimits = CONNECTION_LIMITS,
): Server {
  const server = serve({
    fetch: (request: Request, { incoming }) => refuseRepeatedHost(request, incoming) ?? fetch(request),
    port,
    hostname,
    createServer,
    serverOptions: {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: limits.headersMs / 2,
    },
  }) as Server
  server.setTimeout(limits.silenceMs)
  return server
}
