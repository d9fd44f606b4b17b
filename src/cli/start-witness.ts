import { serve } from '@hono/node-server'
import { formatFaultLine } from '../boot/fault-line.ts'
import { openWitnessFiles } from '../boot/witness-files.ts'
import { readWitnessPolicy, WitnessPolicyFaultsError } from '../boot/witness-policy-file.ts'
import { createWitness } from '../witness/server.ts'

export interface WitnessSettings {
  /** Policy file with a `log` line for each key of a log to cosign for. */
  readonly logsPath: string
  readonly dataFolder: string
  /** Name in a new verifier key. */
  readonly name: string | undefined
  readonly port: number
  readonly host: string
  /** Receives a line for each internal fault. */
  readonly print: (line: string) => void
}

export interface RunningWitness {
  /** Where it answers. */
  readonly url: string
  readonly verifierKey: string
  /** Number of log keys that it cosigns for. */
  readonly logs: number
  /** Stops listening, lets running requests finish and closes its database. */
  close(): Promise<void>
}

/**
 * Starts a witness on Node.
 * @throws WitnessPolicyFaultsError, or Error that says why it cannot start (port taken, key without its database)
 */
export async function startWitness(settings: WitnessSettings): Promise<RunningWitness> {
  const { logs } = readWitnessPolicy(settings.logsPath, { needsQuorum: false })
  if (logs.length === 0)
    throw new WitnessPolicyFaultsError([`${settings.logsPath}:1:1: lists no log; add a line \`log VKEY\` for each`])
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
  const clock = () => new Date()
  const { store, cosigner } = openWitnessFiles(settings.dataFolder, settings.name, random)
  const app = createWitness({
    logs: logs.map(({ key }) => key),
    store,
    cosigner,
    clock,
    reportFault: (error) => settings.print(formatFaultLine(error, clock())),
  })
  const server = serve({ fetch: app.fetch, port: settings.port, hostname: settings.host })
  try {
    await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject))
  } catch (error) {
    store.close()
    throw error
  }
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : settings.port
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host
  return {
    url: `http://${host}:${port}`,
    verifierKey: cosigner.verifierKey,
    logs: logs.length,
    async close() {
      await new Promise<void>((resolve) => server.close(() => resolve()))
      store.close()
    },
  }
}
