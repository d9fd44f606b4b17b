import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Client } from '../../src/auth/client.ts'
import { DATA_FILES } from '../../src/boot/key-files.ts'
import { ensurePartyKeys } from '../../src/cli/party/party-folder.ts'
import type { Json } from '../../src/encoding/json.ts'
import { copyDatabase } from '../../src/storage/files/database-copy.ts'
import { findSpelled, KIND_CANARIES, KIND_DATA, KIND_MARKS, SPELLINGS } from '../exchange/canaries.ts'
import { underPoliceData } from '../exchange/reports.ts'
import { createSite, startChild } from '../faults/child-gateway.ts'
import { report } from './attacked-gateway.ts'

/**
 * Canaries: one value of every kind by which somebody can be recognised, sent in, wrong and right, and then looked for in
 * everything that the gateway leaves behind or says to anybody but the recipient.
 */

test('no value that identifies somebody is in the database, its copy, the log, the output or an answer', async () => {
  const site = await createSite()
  await ensurePartyKeys(site.partyFolder, join(site.dataFolder, DATA_FILES.partyKeys), 'nla-opsporing')
  await ensurePartyKeys(site.partyFolder, join(site.dataFolder, DATA_FILES.partyKeys), 'politie.functionaris-1')
  const gateway = await startChild(site)
  const [police, officer, comensha, auditor] = await Promise.all(
    ['politie', 'politie.functionaris-1', 'comensha', 'toezichthouder'].map(site.connect),
  )
  const answers: string[] = []
  const send = async (client: Client, method: 'GET' | 'POST', path: string, body?: unknown) => {
    const response = await client.request(method, path, {
      headers: { 'content-type': 'application/json', 'idempotency-key': `kanarie-${answers.length}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    answers.push(JSON.stringify([...response.headers]), await response.text())
    return response.status
  }

  // Links under the fewest and under the most kinds; twice, so that somebody is found again.
  for (const times of [1, 2]) {
    expect(await send(police!, 'POST', '/v1/exchanges', toComensha(KIND_DATA)), `${times}`).toBe(201)
    expect(await send(police!, 'POST', '/v1/exchanges', toInvestigation(KIND_DATA)), `${times}`).toBe(201)
  }
  expect(await send(police!, 'POST', '/v1/exchanges/_check', toComensha(KIND_DATA))).toBe(200)
  const { bsn: _, ...identifiers } = KIND_DATA
  expect([200, 201]).toContain(
    await send(officer!, 'POST', '/v1/subject-requests', {
      request: 'access',
      identifiers: Object.fromEntries(Object.entries(identifiers).filter(([field]) => field !== 'nationaliteit')),
    }),
  )
  // Every kind where another belongs: whatever is wrong, the answer does not repeat it.
  let refused = 0
  for (const { field } of Object.values(KIND_CANARIES)) {
    for (const { value } of Object.values(KIND_CANARIES)) {
      if ((await send(police!, 'POST', '/v1/exchanges', toInvestigation({ ...KIND_DATA, [field]: value }))) === 400)
        refused++
      await send(officer!, 'POST', '/v1/subject-requests', { request: 'access', identifiers: { [field]: value } })
    }
  }
  for (const path of ['/v1/deliveries', '/v1/matches']) await send(comensha!, 'GET', path)
  await send(auditor!, 'GET', '/checkpoint')
  const size = Number(answers.at(-1)!.split('\n')[1])
  for (let tile = 0; tile * 256 < size; tile++) {
    const index = String(tile).padStart(3, '0')
    const width = size - tile * 256 < 256 ? `.p/${size - tile * 256}` : ''
    expect(await send(auditor!, 'GET', `/tile/entries/${index}${width}`)).toBe(200)
    expect(await send(auditor!, 'GET', `/tile/0/${index}${width}`)).toBe(200)
  }

  const sinks: [string, Buffer][] = [
    ['answers', Buffer.from(answers.join('\n'))],
    ['output', Buffer.from(gateway.output())],
  ]
  const copy = join(site.dataFolder, 'kopie.sqlite')
  copyDatabase(site.databasePath, copy)
  const addFiles = (moment: string) => {
    for (const { parentPath, name } of readdirSync(site.dataFolder, { recursive: true, withFileTypes: true }).filter(
      (file) => file.isFile(),
    )) {
      sinks.push([`${moment} ${name}`, readFileSync(join(parentPath, name))])
    }
  }
  addFiles('running')
  expect(sinks.map(([name]) => name)).toContain('running sluis.sqlite-wal')
  await gateway.kill()
  addFiles('killed')

  const hits = sinks.flatMap(([sink, content]) => findSpelled(content).map((value) => `${value} in ${sink}`))
  const bytes = sinks.reduce((sum, [, content]) => sum + content.length, 0)
  report(
    'canaries',
    `${hits.length} hits of ${KIND_MARKS.length} values of ${Object.keys(KIND_CANARIES).length} kinds in ${SPELLINGS.flatMap(({ spellings }) => spellings).length} spellings, ` +
      `in ${sinks.length} sinks of ${(bytes / 1e6).toFixed(1)} MB, after ${answers.length / 2} answers of which ${refused} refused a value`,
  )
  expect(hits).toEqual([])
})

function toComensha(data: Json): Json {
  const { legalBasis, ...subject } = underPoliceData
  return {
    recipient: 'comensha',
    purpose: 'registratie-mensenhandel',
    kind: 'melding',
    legalBasis,
    dataSubjects: [{ ...subject, data }],
  }
}

function toInvestigation(data: Json): Json {
  const { legalBasis: _, ...subject } = underPoliceData
  return {
    recipient: 'nla-opsporing',
    purpose: 'politietaak',
    kind: 'melding',
    legalBasis: 'wpg-15-opsporingsdiensten',
    dataSubjects: [{ ...subject, role: 'verdachte', data }],
  }
}
