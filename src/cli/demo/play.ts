import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '../../auth/client.ts'
import type { RunningGateway } from '../../boot/node.ts'
import { openDelivery } from '../../delivery/pulled.ts'
import { formatBase64 } from '../../encoding/bytes.ts'
import type { Json } from '../../encoding/json.ts'
import type { Content } from '../../exchange/content.ts'
import type { ExchangeAnswer } from '../../exchange/pipeline.ts'
import type { Outcome, Reason } from '../../model/decision.ts'
import type { Language } from '../../model/language.ts'
import { capitalised, describeOutcome } from '../../model/treatment-words.ts'
import { type Labels, labelsOf } from '../../policy/labels.ts'
import { copyDatabase } from '../../storage/files/database-copy.ts'
import { verifyDatabase } from '../audit/verify-database.ts'
import { pullDeliveries } from '../party/deliveries.ts'
import { readPartyKeys } from '../party/party-folder.ts'
import { formatTable } from '../terminal/table.ts'
import { printText } from '../terminal/visible-text.ts'
import { DEMO_WORDS, type DemoWords } from './demo-words.ts'
import { formatDecision, formatUnreachable } from './print-decision.ts'
import { policeReport, reportUnderMedicalSecrecy, reportWithoutConsent, shelterReport } from './reports.ts'

interface Stage {
  readonly running: RunningGateway
  readonly partyFolder: string
  readonly language: Language
  readonly words: DemoWords
  readonly labels: Labels
  readonly out: (line: string) => void
}

/** A step that turned out differently; the text says what was expected. */
class FailedStep extends Error {
  override readonly name = 'FailedStep'
}

function expect(isSo: boolean, expected: string): asserts isSo {
  if (!isSo) throw new FailedStep(expected)
}

/** Plays the demo over HTTP with real tokens. @returns false when a step failed; the last line says what was expected */
export async function playDemo(options: Pick<Stage, 'running' | 'partyFolder' | 'language' | 'out'>): Promise<boolean> {
  const words = DEMO_WORDS[options.language]
  const labels = labelsOf(options.language, options.running.gateway.policySet)
  const stage = { ...options, words, labels }
  try {
    await playSteps(stage)
    printText(stage.out, `\n${words.summary(2, 2)}`)
    return true
  } catch (error) {
    if (!(error instanceof FailedStep)) throw error
    stage.out(words.failed(error.message))
    return false
  }
}

async function playSteps(stage: Stage): Promise<void> {
  const { words } = stage
  const [police, shelter, comensha] = await Promise.all([
    open(stage, 'politie'),
    open(stage, 'fier'),
    open(stage, 'comensha'),
  ])
  const begin = (title: string) => printText(stage.out, `\n${title}`)

  begin(words.police)
  const first = await submit(stage, police, policeReport, 'gedeeltelijk')

  begin(words.shelter)
  const second = await submit(stage, shelter, shelterReport, 'verstrekt')

  begin(words.noConsent)
  const noBasis = await submit(stage, shelter, reportWithoutConsent, 'geweigerd', 'geen-grondslag')
  expect((noBasis.unreachable ?? []).length > 0, words.expected.unreachable)

  begin(words.physician)
  await submit(stage, shelter, reportUnderMedicalSecrecy, 'geweigerd', 'verbod')

  begin(words.inbox)
  await readInbox(stage, comensha, [first.id, second.id])

  begin(words.log)
  await verifyAndTamper(stage, second)
}

async function submit(
  stage: Stage,
  client: Client,
  report: Json,
  outcome: Outcome,
  reason?: Reason,
): Promise<ExchangeAnswer> {
  const { language, words, labels } = stage
  const response = await client.request('POST', '/v1/exchanges', {
    headers: {
      'content-type': 'application/json',
      'accept-language': language,
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify(report),
  })
  const answer = (await response.json()) as ExchangeAnswer & { title?: string; detail?: string }
  stage.out(`   ${words.sent(response.status, answer.title)}`)
  expect(answer.decision !== undefined, words.expected.decision(answer.detail ?? response.status))
  for (const line of formatDecision(answer.decision, language, labels)) stage.out(`   ${line}`)
  for (const line of formatUnreachable(answer.unreachable ?? [], language)) stage.out(`   ${line}`)
  stage.out(`   ${words.receipt(answer.receipt.leafIndex)}`)
  expect(
    answer.outcome === outcome && answer.decision.reason === reason,
    words.expected.outcome(describeOutcome(outcome, reason, language)),
  )
  const status = outcome === 'geweigerd' ? 403 : 201
  expect(response.status === status, words.expected.status(status))
  return answer
}

async function readInbox(stage: Stage, client: Client, expected: readonly string[]): Promise<void> {
  const { words, labels } = stage
  const { policySet } = stage.running.gateway
  const { encryption } = readPartyKeys(stage.partyFolder, 'comensha')
  const contents: Content[] = []
  for await (const { delivery } of pullDeliveries(client)) {
    if (delivery.exchangeId === undefined || !expected.includes(delivery.exchangeId)) continue
    const opened = await openDelivery(delivery, 'comensha', stage.running.verifierKey, encryption)
    expect(opened.ok, words.expected.receipt)
    if (opened.kind === 'notice') continue
    contents.push(opened.content)
    stage.out(`   ${words.delivery(labels.party(delivery.sender))}`)
    for (const { pseudonym, data } of opened.content.dataSubjects) {
      const rows = [...policySet.vocabulary.fields.keys()]
        .filter((field) => field in data)
        .map((field) => [capitalised(labels.field(field)), formatValue(data[field])])
      for (const line of formatTable([[capitalised(words.pseudonym), pseudonym], ...rows])) stage.out(`     ${line}`)
    }
    const acknowledged = await client.request('POST', `/v1/deliveries/${delivery.id}/_acknowledge`)
    expect(acknowledged.status === 200, words.expected.acknowledged)
  }
  expect(contents.length === expected.length, words.expected.deliveries)
  const pseudonyms = new Set(contents.flatMap(({ dataSubjects }) => dataSubjects.map(({ pseudonym }) => pseudonym)))
  expect(pseudonyms.size === 1, words.expected.pseudonym)
  stage.out(`   ${words.onePerson}`)
}

/** A value of a report: as text, or its parts. */
const formatValue = (value: unknown): string =>
  typeof value === 'object' && value !== null ? Object.values(value).map(formatValue).join(', ') : String(value)

async function verifyAndTamper({ running, words, out }: Stage, { receipt }: ExchangeAnswer): Promise<void> {
  const { databasePath, verifierKey } = running
  const folder = mkdtempSync(join(tmpdir(), 'sluis-demo-'))
  try {
    const copy = join(folder, 'copy.sqlite')
    copyDatabase(databasePath, copy)
    const sound = await verifyDatabase(copy, verifierKey)
    expect(sound.ok, words.expected.sound)
    out(`   ${words.sound(sound.treeSize, formatBase64(sound.rootHash))}`)

    const bytes = readFileSync(copy)
    const start = receipt.record.slice(0, 60)
    expect(bytes.includes(start), words.expected.copied)
    // SQLite leaves outdated images of a page behind; only one of the positions is the one it reads.
    for (let position = bytes.indexOf(start); position !== -1; position = bytes.indexOf(start, position + 1))
      bytes[position + 20]! ^= 1
    writeFileSync(copy, bytes)
    const broken = await verifyDatabase(copy, verifierKey)
    const { leafIndex } = receipt
    expect(!broken.ok && broken.firstBadIndex === leafIndex, words.expected.broken(leafIndex))
    out(`   ${words.broken(leafIndex)}`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function open({ running, partyFolder }: Stage, party: string): Promise<Client> {
  return createClient({
    issuer: running.issuer,
    party,
    signingKey: readPartyKeys(partyFolder, party).signing,
    fetch: (request) => fetch(request),
    now: () => new Date(),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  })
}
