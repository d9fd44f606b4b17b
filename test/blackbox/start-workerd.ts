import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DATA_FILES } from '../../src/boot/key-files.ts'
import type { Terminal } from '../../src/cli/terminal/command.ts'
import { workerSecrets } from '../../src/cli/worker-secrets.ts'
import type { RunningRuntime } from './gateway.ts'

const START_SECONDS = 60

/** Everything that would make the development server look for the internet, or for anything outside its folder. */
const OFFLINE = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  X_LOCAL_OBSERVABILITY: 'false',
  X_LOCAL_EXPLORER: 'false',
}

export interface DevServer {
  readonly address: string
  /** What it wrote so far, to either stream. */
  output(): string
  /** Ends it and all its children: at once with SIGKILL, as when the machine fails. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/**
 * Starts `wrangler dev --local` and waits until it answers anything at all.
 * @throws Error with the output when it does not: a machine without workerd fails the tests, it does not skip them
 */
export async function startDevServer(options: {
  readonly config: string
  readonly folder: string
  readonly port: number
  /** File of secrets, in the form of `.dev.vars`; without one the `.dev.vars` of the project would be taken. */
  readonly secrets: string
}): Promise<DevServer> {
  const { config, folder, port, secrets } = options
  let output = ''
  const child = spawn(
    process.execPath,
    [
      join('node_modules', 'wrangler', 'bin', 'wrangler.js'),
      'dev',
      '--local',
      '--config',
      config,
      '--ip',
      '127.0.0.1',
      '--port',
      String(port),
      '--inspector-port',
      '0',
      '--persist-to',
      join(folder, 'state'),
      '--env-file',
      secrets,
      '--log-level',
      'error',
      '--show-interactive-dev-session=false',
    ],
    // A group of its own, so that it can be ended together with its children.
    {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...OFFLINE, WRANGLER_LOG_PATH: join(folder, 'logs') },
    },
  )
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const endGroup = () => signalGroup(child, 'SIGKILL')
  process.once('exit', endGroup)
  const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
    signalGroup(child, signal)
    for (let waited = 0; isGroupAlive(child) && waited < 100; waited++) await sleep(50)
    signalGroup(child, 'SIGKILL')
    process.removeListener('exit', endGroup)
  }
  const address = `http://127.0.0.1:${port}`
  for (let waited = 0; waited < START_SECONDS * 5; waited++) {
    if (child.exitCode !== null) break
    const response = await fetch(`${address}/healthz`).catch(() => undefined)
    await response?.body?.cancel()
    if (response) return { address, output: () => output, stop }
    await sleep(200)
  }
  await stop('SIGKILL')
  throw new Error(`wrangler dev did not start:\n${output}`)
}

/** The gateway in workerd, in a folder of its own with fresh keys. `restart` kills it and starts it on the same data. */
export async function startWorkerd(
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningRuntime & { restart(): Promise<void>; output(): string }> {
  const folder = mkdtempSync(join(tmpdir(), 'sluis-workerd-'))
  const partyFolder = join(folder, 'parties')
  const keys = join(folder, 'keys')
  const secrets = join(folder, 'secrets')
  const port = await findFreePort()
  const issuer = `http://127.0.0.1:${port}`
  await workerSecrets.run(
    ['--keys', keys, '--to', secrets],
    silentTerminal({ SLUIS_ISSUER: issuer, SLUIS_PARTIES: partyFolder, ...settings }),
  )
  const start = () => startDevServer({ config: 'wrangler.toml', folder, port, secrets })
  let server = await start()
  return {
    issuer,
    partyFolder,
    verifierKey: readFileSync(join(keys, DATA_FILES.verifierKey), 'utf8').trim(),
    output: () => server.output(),
    async restart() {
      await server.stop('SIGKILL')
      server = await start()
    },
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A port that nobody listens on at this moment. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}

const silentTerminal = (environment: Record<string, string>): Terminal => ({
  out: () => {},
  err: () => {},
  environment,
  readInput: async () => new Uint8Array(),
})

function signalGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' | 0): boolean {
  try {
    return child.pid !== undefined && process.kill(-child.pid, signal)
  } catch {
    return false
  }
}

const isGroupAlive = (child: ChildProcess): boolean => signalGroup(child, 0)
