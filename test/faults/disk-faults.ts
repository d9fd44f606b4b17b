import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, onTestFinished } from 'vitest'
import { verifyReceipt } from '../../src/audit/receipt/receipt.ts'
import type { Client } from '../../src/auth/client.ts'
import { DATA_FILES } from '../../src/boot/key-files.ts'
import { verifyDatabase } from '../../src/cli/audit/verify-database.ts'
import { parseUtf8 } from '../../src/encoding/bytes.ts'
import { SluisError } from '../../src/errors.ts'
import type { ExchangeAnswer } from '../../src/exchange/pipeline.ts'
import { openSqliteReader } from '../../src/storage/better-sqlite.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'
import { type ChildGateway, createSite, type Site, startChild } from './child-gateway.ts'
import { reportAbout } from './reports.ts'

/** One call of the kernel that fails once, in a gateway that runs. */
export interface DiskFault {
  readonly call: 'fsync' | 'fdatasync' | 'pwrite64' | 'write' | 'rename'
  readonly error: 'EIO' | 'ENOSPC'
  /** The n-th such call on a file of the log fails. */
  readonly when: number
  /** What happens next: the machine stops dead, or the gateway goes on. */
  readonly next: 'kill' | 'go on'
}

/** Whether strace may look into a process of ours, which containers and machines of some people forbid. */
export function canInjectFaults(): boolean {
  const tried = spawnSync('strace', ['-qq', '-e', 'trace=none', '-e', 'inject=fsync:error=EIO', 'true'])
  return tried.status === 0
}

/** Files whose writes count: the database, its log of writes, and both anchors. */
const filesOf = ({ dataFolder, databasePath }: Site): string[] => {
  const anchor = join(dataFolder, DATA_FILES.anchor)
  return [databasePath, `${databasePath}-wal`, anchor, `${anchor}.draft`, `${anchor}.synced`, `${anchor}.synced.draft`]
}

interface Submission {
  readonly key: string
  readonly body: string
  accepted?: ExchangeAnswer
}

/** Lets a call of a running gateway fail while it is asked for exchanges. @returns how many calls failed */
async function injectWhile(site: Site, gateway: ChildGateway, fault: DiskFault, work: () => Promise<void>) {
  const output = join(temporaryFolder(), 'strace')
  const { call, error, when } = fault
  const paths = filesOf(site).flatMap((path) => ['-P', path])
  const inject = `inject=${call}:error=${error}:when=${when}`
  const args = ['-f', '-p', String(gateway.pid), '-o', output, ...paths, '-e', `trace=${call}`, '-e', inject]
  const strace = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  onTestFinished(async () => await stop(strace))
  await once(strace.stderr, 'data')
  await work()
  // The anchor that survives a power cut is written once a second.
  if (call === 'write' || call === 'rename') await delay(1500)
  if (fault.next === 'kill') await gateway.kill()
  await stop(strace)
  return readFileSync(output, 'utf8').split('(INJECTED)').length - 1
}

async function stop(strace: ChildProcess): Promise<void> {
  if (strace.exitCode !== null || strace.signalCode !== null) return
  const gone = once(strace, 'exit')
  strace.kill('SIGINT')
  await gone
}

/**
 * Runs a gateway through these faults and holds it to its promise: whatever was answered with a receipt is in the log under a
 * durable checkpoint, whatever was not can be sent again, and the log verifies.
 * @returns how many calls failed for each fault
 */
export async function sweepFaults(faults: readonly DiskFault[]): Promise<readonly number[]> {
  const site = await createSite()
  let gateway = await startChild(site)
  const client = await site.connect('politie')
  // Fetches a token, so that the first fault meets an exchange and no token request.
  await client.request('GET', '/v1/exchanges/none')
  const all: Submission[] = []
  const injected: number[] = []
  for (const [round, fault] of faults.entries()) {
    const sent = Array.from({ length: 6 }, (_, index): Submission => {
      const number = round * 6 + index
      return { key: `report-${number}`, body: JSON.stringify(reportAbout('politie', number)) }
    })
    injected.push(
      await injectWhile(site, gateway, fault, async () => {
        // One after another, and three at once: batches of one and of more.
        for (const submission of sent.slice(0, 3)) await submit(client, submission)
        await Promise.all(sent.slice(3).map((submission) => submit(client, submission)))
      }),
    )
    all.push(...sent)
    if (fault.next === 'kill') {
      await expectCovered(site, all)
      gateway = await startChild(site)
    }
  }
  for (const submission of all) {
    const before = submission.accepted
    await submit(client, submission)
    expect(submission.accepted, 'accepted in the end').toBeDefined()
    if (before) expect(submission.accepted, 'the same answer as before').toEqual(before)
  }
  await gateway.kill()
  await expectCovered(site, all)
  return injected
}

async function submit(client: Client, submission: Submission): Promise<void> {
  const response = await client
    .request('POST', '/v1/exchanges', {
      headers: { 'content-type': 'application/json', 'idempotency-key': submission.key },
      body: submission.body,
    })
    .catch((error: unknown) => {
      // No token: that its use was remembered could not be written either.
      if (error instanceof SluisError) return undefined
      throw error
    })
  if (!response) return
  const answer = (await response.json()) as ExchangeAnswer
  if (response.status === 503) return
  expect([201, 403]).toContain(response.status)
  submission.accepted = answer
}

/** Every receipt that was given verifies, and its record stands in the log of the database, which verifies as a whole. */
async function expectCovered(site: Site, submissions: readonly Submission[]): Promise<void> {
  const key = site.verifierKey()
  expect(await verifyDatabase(site.databasePath, key)).toMatchObject({ ok: true })
  const reader = openSqliteReader(site.databasePath)
  const database = new Database(site.databasePath, { readonly: true })
  const noteOf = database.prepare('select note from checkpoint where tree_size = ?').pluck()
  try {
    for (const { accepted } of submissions) {
      if (!accepted) continue
      const { receipt } = accepted
      expect(await verifyReceipt(receipt, key)).toMatchObject({ ok: true })
      const [bytes] = await reader.log.records(receipt.leafIndex, receipt.leafIndex + 1)
      expect(bytes && parseUtf8(bytes)).toBe(receipt.record)
      const checkpoint = receipt.proof.slice(receipt.proof.indexOf('\n\n') + 2)
      expect(noteOf.get(Number(checkpoint.split('\n')[1])), 'the checkpoint of that size').toBe(checkpoint)
    }
  } finally {
    reader.close()
    database.close()
  }
}
