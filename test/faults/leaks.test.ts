import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Client } from '../../src/auth/client.ts'
import type { Json } from '../../src/encoding/json.ts'
import { findMarks, releaseCanaries } from '../exchange/canaries.ts'
import { loadPolicies } from '../exchange/context.ts'
import { refusedReport, toComensha, underConsent, underPoliceData } from '../exchange/reports.ts'
import { createSite, startChild } from './child-gateway.ts'

const { data: canaries, marks } = releaseCanaries(loadPolicies().vocabulary)
const ASSESSOR = 'Kanarie van der Weging'
const REFERENCE = 'KANARIE-REFERENTIE-7'
const KEY = 'kanarie-sleutel'
const MISPLACED = 'Kanarie-op-de-verkeerde-plaats'
const allMarks = [...new Set([...marks.values()].flat()), ASSESSOR, REFERENCE, KEY, MISPLACED]

describe('a value of a report', () => {
  test('a value of a report is in no file of the gateway, in nothing it prints and in no answer to the sender', async () => {
    const site = await createSite()
    const gateway = await startChild(site)
    const [police, shelter, comensha, auditor] = await Promise.all(
      ['politie', 'fier', 'comensha', 'toezichthouder'].map(site.connect),
    )
    const answers: string[] = []
    const send = async (client: Client, path: string, body: string, headers: Record<string, string> = {}) => {
      const response = await client.request('POST', path, {
        headers: { 'content-type': 'application/json', 'idempotency-key': `${KEY}-${answers.length}`, ...headers },
        body,
      })
      answers.push(await response.text(), JSON.stringify([...response.headers]))
      return response.status
    }
    const submit = (client: Client, report: Json, headers?: Record<string, string>) =>
      send(client, '/v1/exchanges', JSON.stringify(report), headers)

    // Passes in part, passes nearly whole, refused, checked.
    expect(await submit(police!, report(underPoliceData))).toBe(201)
    expect(await submit(shelter!, report(underConsent))).toBe(201)
    expect(await submit(shelter!, refusedReport(canaries))).toBe(403)
    expect(await send(police!, '/v1/exchanges/_check', JSON.stringify(report(underPoliceData)))).toBe(200)
    // Whatever is wrong with what was sent, the answer does not repeat it.
    const faults: readonly [number, string][] = [
      [400, JSON.stringify({ ...Object(report(underPoliceData)), [MISPLACED]: 1 })],
      [400, JSON.stringify({ ...Object(report(underPoliceData)), purpose: MISPLACED })],
      [400, JSON.stringify({ ...Object(report(underPoliceData)), kind: { [MISPLACED]: MISPLACED } })],
      [400, JSON.stringify(report(underPoliceData, { geboortedatum: MISPLACED }))],
      [400, JSON.stringify(report(underPoliceData, { 'v-nummer': MISPLACED.slice(0, 30) }))],
      [400, JSON.stringify(report(underPoliceData, { geslacht: MISPLACED }))],
      [400, JSON.stringify(report(underPoliceData, { 'plaats-delict': { [MISPLACED]: MISPLACED } }))],
      [400, JSON.stringify(report(underPoliceData, { [MISPLACED]: MISPLACED }))],
      [400, `{"${MISPLACED}":1,"${MISPLACED}":2}`],
      [400, `{"dataSubjects":"${MISPLACED}`],
      [400, `${MISPLACED}`],
      [400, `["${MISPLACED}\\ud800"]`],
      [400, `{"__proto__":"${MISPLACED}"}`],
    ]
    for (const [status, body] of faults) {
      expect(await send(police!, '/v1/exchanges', body), body.slice(0, 60)).toBe(status)
      // A check does not look at identifiers, so that it does not find fault with every one of these.
      expect([200, 400]).toContain(await send(police!, '/v1/exchanges/_check', body))
    }
    expect(await submit(police!, report(underPoliceData), { 'idempotency-key': `${MISPLACED} with spaces` })).toBe(400)
    expect(
      await submit(police!, report(underPoliceData), { 'idempotency-key': `${KEY}-0`, 'content-type': MISPLACED }),
    ).toBe(415)
    expect(await submit(police!, report(underConsent), { 'idempotency-key': `${KEY}-0` })).toBe(422)
    for (const path of [
      `/v1/exchanges/${MISPLACED}`,
      `/v1/deliveries?cursor=${MISPLACED}`,
      `/v1/deliveries?${MISPLACED}=1`,
      `/problems/${MISPLACED}`,
    ]) {
      for (const client of [police, comensha]) answers.push(await (await client!.request('GET', path)).text())
    }
    const inbox = await comensha!.request('GET', '/v1/deliveries')
    const { deliveries } = (await inbox.json()) as { deliveries: { id: string }[] }
    expect(deliveries).toHaveLength(2)
    for (const { id } of deliveries) {
      answers.push(await (await comensha!.request('GET', `/v1/deliveries/${id}`)).text())
      answers.push(await (await comensha!.request('POST', `/v1/deliveries/${id}/_acknowledge`)).text())
    }
    const treeSize = (await (await fetch(`${site.issuer}/checkpoint`)).text()).split('\n')[1]
    const entries = await auditor!.request('GET', `/tile/entries/000.p/${treeSize}`)
    expect(entries.status).toBe(200)
    answers.push(await entries.text())

    expect(answers.flatMap((answer) => findMarks(answer, allMarks))).toEqual([])
    expect(findMarks(gateway.output(), allMarks)).toEqual([])
    // While it runs, so that the write-ahead log is still there; then as a killed process leaves it.
    const files = () =>
      readdirSync(site.dataFolder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
    expect(files().map(({ name }) => name)).toContain('sluis.sqlite-wal')
    for (const isKilled of [false, true]) {
      if (isKilled) await gateway.kill()
      for (const { parentPath, name } of files()) {
        expect(findMarks(readFileSync(join(parentPath, name)), allMarks), name).toEqual([])
      }
    }
  })
})

function report(base: typeof underPoliceData | typeof underConsent, changed: Record<string, Json> = {}): Json {
  const { legalBasis, ...subject } = base
  const data = { ...canaries, ...changed }
  const assessments = base.assessments.map((assessment) => ({ ...assessment, by: ASSESSOR }))
  return { ...toComensha, legalBasis, reference: REFERENCE, dataSubjects: [{ ...subject, assessments, data }] }
}
