import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ensurePartyKeys } from '../src/cli/party/party-folder.ts'

export const SENDER = 'politie'
const RECIPIENT = 'comensha'

/** A server under measurement, in a process of its own. */
export interface Program {
  readonly name: string
  /** Where it answers. */
  readonly issuer: string
  stop(): Promise<void>
}

/** Starts the least a gateway must do, on a free port, with its files under `folder`. */
export const startCeiling = (folder: string): Promise<Program> =>
  start('ceiling', folder, (dataFolder) => ({ args: ['bench/ceiling.ts', dataFolder], environment: {} }))

/** Starts the gateway as its users do, on a free port, with its files under `folder`. */
export const startSluis = (folder: string): Promise<Program> =>
  start('sluis', folder, (dataFolder) => ({
    args: ['src/cli/main.ts', 'serve'],
    // One party sends more in a second than it may in an hour.
    environment: { PORT: '0', SLUIS_DATA: dataFolder, SLUIS_REPORTS_PER_HOUR: '1000000000', SLUIS_ANSWER_MS: '0' },
  }))

async function start(
  name: string,
  folder: string,
  command: (dataFolder: string) => { args: readonly string[]; environment: Record<string, string> },
): Promise<Program> {
  const dataFolder = join(folder, name)
  mkdirSync(dataFolder, { mode: 0o700 })
  for (const party of [SENDER, RECIPIENT]) await ensurePartyKeys(folder, join(dataFolder, 'party-keys'), party)
  const { args, environment } = command(dataFolder)
  // The options of this process go along, so that `node --cpu-prof bench/throughput.ts` profiles the programs too.
  const child = spawn(process.execPath, [...process.execArgv, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, ...environment },
  })
  return { name, issuer: await readIssuer(name, child), stop: () => stop(child) }
}

async function readIssuer(name: string, child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const issuer = /^listening on (\S+)$/.exec(line)?.[1]
    if (issuer) return issuer
  }
  throw new Error(`${name} ended before it listened`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
