import { type Client, createClient } from '../../src/auth/client.ts'
import { readPartyKeys } from '../../src/cli/party/party-folder.ts'

/** A gateway as the world sees it: an address, the public key of its log, and the keys of some parties. */
export interface RunningRuntime {
  readonly issuer: string
  /** Verifier key of the log (C2SP signed-note). */
  readonly verifierKey: string
  readonly partyFolder: string
  stop(): Promise<void>
}

/** An answer as it went over the wire. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export interface BlackBox extends RunningRuntime {
  /** Sends as it is, without a token. */
  send(request: Request): Promise<Response>
  /** A client that acts as a party, with a DPoP key of its own. */
  connect(party: string): Promise<Client>
  /** Every answer that anybody got so far. */
  readonly answers: readonly Answer[]
}

/** Looks at a gateway from the outside only, and keeps every answer. */
export function observe(runtime: RunningRuntime): BlackBox {
  const answers: Answer[] = []
  const send = async (request: Request) => {
    const response = await fetch(request, { redirect: 'manual' })
    const bytes = await response.arrayBuffer()
    answers.push({ status: response.status, headers: response.headers, text: Buffer.from(bytes).toString('latin1') })
    return new Response([204, 304].includes(response.status) ? null : bytes, {
      status: response.status,
      headers: response.headers,
    })
  }
  return {
    ...runtime,
    answers,
    send,
    connect: (party) =>
      createClient({
        issuer: runtime.issuer,
        party,
        signingKey: readPartyKeys(runtime.partyFolder, party).signing,
        fetch: send,
        now: () => new Date(),
        random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      }),
  }
}
