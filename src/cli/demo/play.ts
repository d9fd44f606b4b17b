import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '../../auth/client.ts'
import type { RunningGateway } from '../../boot/node.ts'
import type { Json } from '../../encoding/json.ts'
import type { Content } from '../../exchange/content.ts'
import type { ExchangeAnswer } from '../../exchange/pipeline.ts'
import type { Outcome, Reason } from '../../model/decision.ts'
import type { Language } from '../../model/language.ts'
import { copyDatabase } from '../../storage/files/database-copy.ts'
import { formatVerification, verifyDatabase } from '../audit/verify-database.ts'
import { openDelivery, pullDeliveries } from '../party/deliveries.ts'
import { readPartyKeys } from '../party/party-folder.ts'
import { formatDecision } from '../policy/print-decision.ts'
import { policeReport, reportUnderMedicalSecrecy, reportWithoutConsent, shelterReport } from './reports.ts'

interface Stage {
  readonly running: RunningGateway
  readonly partyFolder: string
  readonly language: Language
  readonly out: (line: string) => void
}

/** Something did not turn out as told. */
class UnexpectedTurn extends Error {
  override readonly name = 'UnexpectedTurn'
}

function expect(isSo: boolean, told: string): asserts isSo {
  if (!isSo) throw new UnexpectedTurn(`not as told: ${told}`)
}

/** Plays the demo over HTTP with real tokens. @returns whether every step turned out as told */
export async function playDemo(stage: Stage): Promise<boolean> {
  const say = (nl: string, en: string) => stage.out(stage.language === 'nl' ? nl : en)
  try {
    const [police, shelter, comensha] = await Promise.all([
      open(stage, 'politie'),
      open(stage, 'fier'),
      open(stage, 'comensha'),
    ])

    say('\n1. De politie meldt een slachtoffer aan CoMensha', '\n1. The police report a victim to CoMensha')
    const first = await submit(stage, police, policeReport, 'gedeeltelijk')

    say(
      '\n2. De opvang meldt dezelfde persoon, met uitdrukkelijke toestemming',
      '\n2. The shelter reports the same person, with explicit consent',
    )
    const second = await submit(stage, shelter, shelterReport, 'verstrekt')

    say(
      '\n3a. De opvang meldt een derde, zonder toestemming en met een BSN',
      '\n3a. The shelter reports a third person, without consent and with a BSN',
    )
    const noBasis = await submit(stage, shelter, reportWithoutConsent, 'geweigerd', 'geen-grondslag')
    expect(noBasis.decision.dataSubjects[0]!.nearestMisses.length > 0, 'the refusal names the nearest miss')

    say(
      '\n3b. Een arts van de opvang meldt, zonder toestemming',
      '\n3b. A physician of the shelter reports, without consent',
    )
    await submit(stage, shelter, reportUnderMedicalSecrecy, 'geweigerd', 'verbod')

    say(
      '\n4. CoMensha haalt haar inbox op, controleert elk bewijs en opent',
      '\n4. CoMensha pulls its inbox, verifies each proof and opens',
    )
    await readInbox(stage, comensha, [first.id, second.id])

    say(
      '\n5. Het logboek wordt nagerekend; daarna in een kopie met één andere byte',
      '\n5. The log is recomputed; then in a copy with one byte changed',
    )
    await verifyAndTamper(stage, second)
    return true
  } catch (error) {
    if (!(error instanceof UnexpectedTurn)) throw error
    stage.out(error.message)
    return false
  }
}

async function submit(
  stage: Stage,
  client: Client,
  report: Json,
  outcome: Outcome,
  reason?: Reason,
): Promise<ExchangeAnswer> {
  const response = await client.request('POST', '/v1/exchanges', {
    headers: {
      'content-type': 'application/json',
      'accept-language': stage.language,
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify(report),
  })
  const answer = (await response.json()) as ExchangeAnswer & { title?: string; detail?: string }
  stage.out(`   HTTP ${response.status}${answer.title ? ` ${answer.title}` : ''}`)
  expect(answer.decision !== undefined, `a decision came back, not: ${answer.detail ?? response.status}`)
  for (const line of formatDecision(answer.decision, stage.language)) stage.out(`   ${line}`)
  stage.out(`   receipt: entry ${answer.receipt.leafIndex} of the log`)
  expect(answer.outcome === outcome && answer.decision.reason === reason, `${outcome}${reason ? ` (${reason})` : ''}`)
  expect(response.status === (outcome === 'geweigerd' ? 403 : 201), 'the status says so too')
  return answer
}

async function readInbox(stage: Stage, client: Client, expected: readonly string[]): Promise<void> {
  const { encryption } = readPartyKeys(stage.partyFolder, 'comensha')
  const contents: Content[] = []
  for await (const { delivery } of pullDeliveries(client)) {
    if (delivery.exchangeId === undefined || !expected.includes(delivery.exchangeId)) continue
    const opened = await openDelivery(delivery, 'comensha', stage.running.verifierKey, encryption)
    expect(opened.ok, 'the receipt verifies against the public key of the log')
    if (opened.kind === 'notice') continue
    contents.push(opened.content)
    for (const subject of opened.content.dataSubjects) {
      stage.out(`   from ${delivery.sender}: ${subject.pseudonym}  ${JSON.stringify(subject.data)}`)
    }
    const acknowledged = await client.request('POST', `/v1/deliveries/${delivery.id}/_acknowledge`)
    expect(acknowledged.status === 200, 'the delivery is acknowledged')
  }
  expect(contents.length === expected.length, 'both deliveries are in the inbox, and the refused ones are not')
  const pseudonyms = new Set(contents.flatMap(({ dataSubjects }) => dataSubjects.map(({ pseudonym }) => pseudonym)))
  expect(pseudonyms.size === 1, 'both reports carry the same pseudonym')
  stage.out('   two reports, one pseudonym: one person. Receipts verified, deliveries acknowledged.')
}

async function verifyAndTamper(stage: Stage, { receipt }: ExchangeAnswer): Promise<void> {
  const { databasePath, verifierKey } = stage.running
  const folder = mkdtempSync(join(tmpdir(), 'sluis-demo-'))
  try {
    const copy = join(folder, 'copy.sqlite')
    copyDatabase(databasePath, copy)
    const sound = await verifyDatabase(copy, verifierKey)
    stage.out(`   ${formatVerification(sound)}`)
    expect(sound.ok, 'the log verifies')

    const bytes = readFileSync(copy)
    const start = receipt.record.slice(0, 60)
    expect(bytes.includes(start), 'the record lies in the copy')
    // SQLite leaves outdated images of a page behind; only one of the places is the one it reads.
    for (let place = bytes.indexOf(start); place !== -1; place = bytes.indexOf(start, place + 1))
      bytes[place + 20]! ^= 1
    writeFileSync(copy, bytes)
    const broken = await verifyDatabase(copy, verifierKey)
    stage.out(`   ${formatVerification(broken)}`)
    expect(!broken.ok && broken.firstBadIndex === receipt.leafIndex, `verification names entry ${receipt.leafIndex}`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function open(stage: Stage, party: string): Promise<Client> {
  return createClient({
    issuer: stage.running.issuer,
    party,
    signingKey: readPartyKeys(stage.partyFolder, party).signing,
    fetch: (request) => fetch(request),
    now: () => new Date(),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  })
}
