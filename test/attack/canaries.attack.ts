import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Client } from '../../src/auth/client.ts'
import { ensurePartyKeys } from '../../src/cli/party-folder.ts'
import { DATA_FILES } from '../../src/config/key-files.ts'
import { copyDatabase } from '../../src/storage/database-copy.ts'
import type { IdentifierKind, Json } from '../../src/types.ts'
import { spell } from '../exchange/canaries.ts'
import { underPoliceData } from '../exchange/reports.ts'
import { createSite, startChild } from '../trouble/child-gateway.ts'
import { report } from './attacked-gateway.ts'

/**
 * Canaries: one value of every kind by which somebody can be recognised, sent in, wrong and right, and then looked for in
 * everything that the gateway leaves behind or says to anybody but the recipient.
 */

interface Canary {
  readonly field: string
  readonly value: Json
  /** What to look for; empty where the value is a word that everybody uses. */
  readonly marks: readonly string[]
}

const mark = (field: string, value: string): Canary => ({ field, value, marks: [value] })

const CANARIES: Readonly<Record<IdentifierKind, Canary>> = {
  bsn: { ...mark('bsn', '999990639'), marks: ['999990639', '9999.90.639'] },
  'v-nummer': mark('v-nummer', '2987654317'),
  documentnummer: mark('documentnummer', 'QXZKANARIE17'),
  iban: { ...mark('iban', 'NL58FICT0417164317'), marks: ['NL58FICT0417164317', 'NL58 FICT 0417 1643 17'] },
  telefoon: { ...mark('telefoon', '+31612349817'), marks: ['+31612349817', '0612349817', '612349817'] },
  email: mark('email', 'kanarie.zeventien@voorbeeld.example'),
  voornaam: mark('voornaam', 'Kanariëtte-Ngọcqua'),
  tussenvoegsel: mark('tussenvoegsel', "van 't Kanariënd"),
  achternaam: mark('achternaam', 'Kanáriequo’Șöhn'),
  alias: {
    field: 'aliassen',
    value: ['Kanarie Schuilnaamé', 'Канарейкина'],
    marks: ['Kanarie Schuilnaamé', 'Канарейкина'],
  },
  geboortedatum: { ...mark('geboortedatum', '1963-03-17'), marks: ['1963-03-17', '19630317'] },
  geboorteplaats: mark('geboorteplaats', 'Kanariëdorp aan Zee'),
  nationaliteit: { field: 'nationaliteit', value: 'NG', marks: [] },
  geslacht: { field: 'geslacht', value: 'vrouw', marks: [] },
  adres: {
    field: 'verblijfadres',
    value: { straat: 'Kanariéstraat', huisnummer: '77-kanarie', postcode: '1017KANARIE', plaats: 'Kanariestad-Zuid' },
    marks: ['Kanariéstraat', '77-kanarie', '1017KANARIE', 'Kanariestad-Zuid'],
  },
}

const DATA = Object.fromEntries(Object.values(CANARIES).map(({ field, value }) => [field, value]))
const MARKS = [...new Set(Object.values(CANARIES).flatMap(({ marks }) => marks))]
/** What a mark may look like: each of these in every spelling of `spell` (hexadecimal, base64 at three offsets, URL, JSON). */
const SPELLINGS = MARKS.map((value) => ({
  value,
  spellings: [
    ...new Set(
      [
        value,
        value.normalize('NFD'),
        value.toUpperCase(),
        value.toLowerCase(),
        toAscii(value),
        escapeJson(value),
      ].flatMap(spell),
    ),
  ],
}))

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
    expect(await send(police!, 'POST', '/v1/exchanges', toComensha(DATA)), `${times}`).toBe(201)
    expect(await send(police!, 'POST', '/v1/exchanges', toInvestigation(DATA)), `${times}`).toBe(201)
  }
  expect(await send(police!, 'POST', '/v1/exchanges/_check', toComensha(DATA))).toBe(200)
  const { bsn: _, ...identifiers } = DATA
  expect([200, 201]).toContain(
    await send(officer!, 'POST', '/v1/subject-requests', {
      request: 'access',
      identifiers: Object.fromEntries(Object.entries(identifiers).filter(([field]) => field !== 'nationaliteit')),
    }),
  )
  // Every kind where another belongs: whatever is wrong, the answer does not repeat it.
  let refused = 0
  for (const { field } of Object.values(CANARIES)) {
    for (const { value } of Object.values(CANARIES)) {
      if ((await send(police!, 'POST', '/v1/exchanges', toInvestigation({ ...DATA, [field]: value }))) === 400)
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

  const hits = sinks.flatMap(([sink, content]) =>
    SPELLINGS.flatMap(({ value, spellings }) =>
      spellings.some((spelling) => content.includes(spelling)) ? [`${value} in ${sink}`] : [],
    ),
  )
  const bytes = sinks.reduce((sum, [, content]) => sum + content.length, 0)
  report(
    'canaries',
    `${hits.length} hits of ${MARKS.length} values of ${Object.keys(CANARIES).length} kinds in ${SPELLINGS.flatMap(({ spellings }) => spellings).length} spellings, ` +
      `in ${sinks.length} sinks of ${(bytes / 1e6).toFixed(1)} MB, after ${answers.length / 2} answers of which ${refused} refused a value`,
  )
  expect(hits).toEqual([])
})

test('a canary that does get out would be seen', () => {
  for (const { value, spellings } of SPELLINGS) {
    for (const hidden of [
      value,
      value.normalize('NFD'),
      Buffer.from(value).toString('hex'),
      encodeURIComponent(value),
    ]) {
      expect(
        spellings.some((spelling) => `>>${hidden}<<`.includes(spelling)),
        value,
      ).toBe(true)
    }
    for (const lead of ['', 'a', 'ab']) {
      const encoded = Buffer.from(`${lead}${value}tail`).toString('base64')
      expect(
        spellings.some((spelling) => encoded.includes(spelling)),
        value,
      ).toBe(true)
    }
  }
})

function toAscii(value: string): string {
  return value.normalize('NFD').replace(/\p{M}/gu, '')
}

/** As a serialiser writes it that keeps to ASCII. */
function escapeJson(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

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
