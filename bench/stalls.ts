import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import Database from 'better-sqlite3'
import { type Client, createClient } from '../src/auth/client.ts'
import { DATA_FILES, describeAnchoring, openGatewayKeys } from '../src/boot/key-files.ts'
import { readPolicyFolder } from '../src/boot/policy-folder.ts'
import { ensurePartyKeys, readPartyKeys } from '../src/cli/party/party-folder.ts'
import { loadPolicySet } from '../src/policy/files/load.ts'
import { openSqlite } from '../src/storage/better-sqlite.ts'
import { createRecordMaker } from './audit-records.ts'
import { hostileSets } from './hostile-sets.ts'
import type { Stalls } from './stall-probe.ts'

/**
 * How long one client can hold up the others: for each costly request, the longest that `/healthz` took meanwhile, the longest that
 * the event loop was held up, in time and in processor time of its thread, and the most memory.
 */

const RECORDS = Number(process.argv[2] ?? 200_000)
/** Measures only what has this in its name. */
const ONLY = process.argv[3] ?? ''
const CLIENTS = ['politie', 'comensha', 'toezichthouder', 'nationaal-rapporteur', 'politie.functionaris-1'] as const
const AT_ONCE = 128

const folder = mkdtempSync(join(tmpdir(), 'sluis-stalls-'))
const dataFolder = join(folder, 'gateway')
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const clock = () => new Date()

for (const client of CLIENTS) await ensurePartyKeys(folder, join(dataFolder, 'party-keys'), client)
await fillLog()
const gateway = spawn(process.execPath, ['--import', './bench/stall-probe.ts', 'src/cli/main.ts', 'serve'], {
  stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  env: { PATH: process.env.PATH, PORT: '0', SLUIS_DATA: dataFolder, SLUIS_ANSWER_MS: '0' },
})
try {
  const issuer = await readIssuer(gateway)
  const [police, auditor, rapporteur, officer] = await Promise.all(
    (['politie', 'toezichthouder', 'nationaal-rapporteur', 'politie.functionaris-1'] as const).map((party) =>
      connect(issuer, party),
    ),
  )
  const measure = (name: string, work: () => Promise<unknown>) => measureStalls(issuer, name, work)
  const post = (client: Client, path: string, body: unknown) =>
    client.request('POST', path, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const read = async (answer: Promise<Response>) => {
    const response = await answer
    const text = await response.text()
    return `${response.status} ${text.length} ${response.status < 400 ? '' : (JSON.parse(text) as { type: string }).type}`
  }

  const persons = twelvePersons()
  await measure('nothing', () => new Promise((resolve) => setTimeout(resolve, 1000)))
  for (const [recipient, purpose] of [
    ['kmar', 'politietaak'],
    ['nla-toezicht', 'terugkoppeling-aan-melder'],
    ['veilig-thuis', 'taken-veilig-thuis'],
  ] as const)
    await measure(`check of twelve persons, ${recipient}`, () =>
      read(post(police!, '/v1/exchanges/_check', { recipient, purpose, dataSubjects: persons })),
    )
  await measure('gap report', () => read(rapporteur!.request('GET', '/v1/gap-report')))
  await measure('monthly report', () => read(auditor!.request('GET', '/v1/log/report?month=2026-11')))
  await measure('search that finds nothing', () =>
    read(post(auditor!, '/v1/log/records/_search', { filter: { party: 'fier' }, limit: 200 })),
  )
  await measure('re-derivation of a part', () => read(post(auditor!, '/v1/log/records/_rederive', {})))
  for (const format of ['ndjson', 'csv', 'logboek'])
    await measure(`export as ${format}`, () => read(post(auditor!, '/v1/log/records/_export', { format })))
  await measure('export of a part', () =>
    read(post(auditor!, '/v1/log/records/_export', { format: 'ndjson', filter: { recordType: 'exchange' } })),
  )
  for (const { name, files, isValid } of hostileSets()) {
    await measure(`proposal: ${name}`, () => read(post(officer!, '/v1/policy-proposals', { files })))
    if (!isValid || !'proposal'.includes(ONLY)) continue
    const list = await officer!.request('GET', '/v1/policy-proposals')
    const [{ sourceHash }] = ((await list.json()) as { proposals: [{ sourceHash: string }] }).proposals
    await measure('  its files', () => read(officer!.request('GET', `/v1/policy-proposals/${sourceHash}`)))
    await measure('  its review', () => read(officer!.request('GET', `/v1/policy-proposals/${sourceHash}/review`)))
  }
  // A token cannot be issued while the lock is held.
  await read(police!.request('GET', '/v1/exchanges'))
  const other = new Database(join(dataFolder, DATA_FILES.database))
  other.exec('begin immediate')
  await measure('a lock of another program', () =>
    read(police!.request('GET', '/v1/exchanges').then(() => post(police!, '/v1/exchanges/_check', {}))),
  )
  other.exec('rollback')
  other.close()
} finally {
  gateway.kill('SIGTERM')
  await once(gateway, 'exit')
  rmSync(folder, { recursive: true })
}

/** Persons of every role with as many fields as one record holds, about whom nothing is stated, so that the most is open. */
function twelvePersons() {
  const loaded = loadPolicySet(readPolicyFolder('policies'))
  if (!loaded.ok) throw new Error('the rule files have faults; run `npx sluis policy check`')
  const { roles, fields } = loaded.set.vocabulary
  const named = [...roles.keys()]
  return Array.from({ length: 12 }, (_, at) => ({
    role: named[at % named.length]!,
    fields: [...fields.keys()].slice(0, 8),
  }))
}

async function fillLog(): Promise<void> {
  const keys = await openGatewayKeys({ folder: dataFolder, issuer: 'http://127.0.0.1:0', clock, random })
  const anchoring = describeAnchoring(dataFolder, undefined, (error) => console.error(error))
  const path = join(dataFolder, DATA_FILES.database)
  const { store, close } = await openSqlite({ path, signer: keys.signer, anchoring })
  const makeRecords = createRecordMaker()
  for (let done = 0; done < RECORDS; done += AT_ONCE)
    await store.commit(
      makeRecords(Math.min(AT_ONCE, RECORDS - done), 'every-other-refused').map((record) => ({ record })),
    )
  close()
}

async function readIssuer(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const issuer = /^listening on (\S+)/.exec(line)?.[1]
    if (issuer) return issuer
  }
  throw new Error('the gateway ended before it listened')
}

function connect(issuer: string, party: string): Promise<Client> {
  return createClient({
    issuer,
    party,
    signingKey: readPartyKeys(folder, party).signing,
    fetch: (request) => fetch(request),
    now: clock,
    random,
  })
}

async function askProbe(): Promise<Stalls> {
  const answer = once(gateway, 'message') as Promise<[Stalls]>
  gateway.send('seen')
  return (await answer)[0]
}

async function measureStalls(issuer: string, name: string, work: () => Promise<unknown>): Promise<void> {
  if (!name.includes(ONLY)) return
  await askProbe()
  let isOver = false
  let slowest = 0
  const polling = (async () => {
    while (!isOver) {
      const start = performance.now()
      await (await fetch(`${issuer}/healthz`)).text()
      slowest = Math.max(slowest, performance.now() - start)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
  })()
  const start = performance.now()
  const outcome = await work()
  const took = performance.now() - start
  isOver = true
  await polling
  const { ms, cpuMs, megabytes } = await askProbe()
  const [tookS, client, loop, cpu] = [took / 1000, slowest, ms, cpuMs].map((value) => value.toFixed(1))
  console.log(
    `${name.padEnd(44)} took ${tookS} s; other client waited ${client} ms; event loop ${loop} ms, processor ${cpu} ms; ${megabytes.toFixed(0)} MB; ${outcome ?? ''}`,
  )
}
