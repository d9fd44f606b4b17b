import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Client } from '../../src/auth/client.ts'
import { DATA_FILES } from '../../src/boot/key-files.ts'
import { ensurePartyKeys } from '../../src/cli/party/party-folder.ts'
import { connectTo, TEST_PARTIES } from '../start-gateway.ts'

/** Where a gateway that runs as a process of its own lives; it outlasts that process. */
export interface Site {
  readonly dataFolder: string
  readonly partyFolder: string
  readonly databasePath: string
  readonly port: number
  readonly issuer: string
  verifierKey(): string
  connect(party: string): Promise<Client>
}

export interface ChildGateway {
  readonly pid: number
  /** Everything it wrote so far, to both of its outputs. */
  output(): string
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>
}

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A site with keys for the test parties, gone after the test. @param dataFolder when the data must lie elsewhere */
export async function createSite(dataFolder?: string): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'sluis-trouble-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const data = dataFolder ?? join(folder, 'gateway')
  const partyFolder = join(folder, 'parties')
  for (const party of TEST_PARTIES) await ensurePartyKeys(partyFolder, join(data, DATA_FILES.partyKeys), party)
  const port = await findPort()
  const issuer = `http://127.0.0.1:${port}`
  return {
    dataFolder: data,
    partyFolder,
    databasePath: join(data, DATA_FILES.database),
    port,
    issuer,
    verifierKey: () => readFileSync(join(data, DATA_FILES.verifierKey), 'utf8').trim(),
    connect: (party) => connectTo(issuer, partyFolder, party),
  }
}

/** Runs `sluis serve` on a site and resolves when it listens. Killed after the test when it still runs. */
export async function startChild(site: Site, settings: Readonly<Record<string, string>> = {}): Promise<ChildGateway> {
  const child = spawnServe(site, site.port, settings)
  const written = collect(child)
  onTestFinished(async () => {
    await killChild(child)
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout!.on('data', () => {
      if (written.stdout().includes('listening on')) resolve()
    })
    child.once('exit', () => reject(new Error(`the gateway did not start: ${written.stderr()}`)))
  })
  return {
    pid: child.pid!,
    output: () => written.stdout() + written.stderr(),
    kill: () => killChild(child),
  }
}

/** Runs `sluis serve` on a site, on a port of its own, until it ends by itself. */
export async function runServe(site: Site): Promise<Ended> {
  const child = spawnServe(site, 0)
  const written = collect(child)
  onTestFinished(async () => {
    await killChild(child)
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout: written.stdout(), stderr: written.stderr() }
}

function spawnServe(site: Site, port: number, settings: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, ['src/cli/main.ts', 'serve'], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      SLUIS_DATA: site.dataFolder,
      SLUIS_PARTIES: site.partyFolder,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

function collect(child: ChildProcess): { stdout(): string; stderr(): string } {
  let stdout = ''
  let stderr = ''
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return { stdout: () => stdout, stderr: () => stderr }
}

async function killChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/**
 * A free port that stays the same over restarts, so that clients keep their tokens. Below the range that the kernel gives to
 * outgoing connections: one of those could take it between two lives. Far from where a neighbouring process looks.
 */
async function findPort(): Promise<number> {
  for (let port = 20_000 + ((process.pid * 37) % 10_000); ; port++) {
    const server = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!isFree) continue
    server.close()
    await once(server, 'close')
    return port
  }
}
