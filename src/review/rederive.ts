import type { PlacedRecord } from '../audit/export/read-log.ts'
import { type DecisionSummary, findDeviations, summariseDecision } from '../audit/record/decision-summary.ts'
import { type CheckRecord, type ExchangeRecord, parseExchangeQuestion } from '../audit/record/exchange.ts'
import { parseRecord } from '../audit/record/parse.ts'
import type { AuditRecord } from '../audit/record/record.ts'
import { formatCanonicalJson } from '../encoding/canonical-json.ts'
import type { Json } from '../encoding/json.ts'
import type { LoadSet, NoSet } from '../exchange/rule-sets/archived.ts'
import type { Language } from '../model/language.ts'
import { decide } from '../policy/decide.ts'
import { followRecord, NO_SET_IN_FORCE, putsInForce, type SetsInForce, wasInForce } from './sets-in-force.ts'

/** One difference between a recorded decision and what its rule set decides. */
export interface Deviation {
  /** JSON Pointer (RFC 6901) into the record. */
  readonly pointer: string
  /** Words of the vocabulary and hashes, as JSON; absent where there is nothing. */
  readonly recorded?: string
  readonly recomputed?: string
}

/** Why a record was not re-derived. */
export type NotRederived = NoSet | 'record-unreadable'

/** Result for one record: agrees, deviates, or cannot be re-derived. */
export type Rederived =
  | { readonly status: 'agrees' }
  | { readonly status: 'deviates'; readonly deviations: readonly Deviation[] }
  | {
      readonly status: 'not-rederived'
      readonly because: NotRederived
      /** The set that the record names; absent when the record cannot be read. */
      readonly policyHash?: string
    }

/** A record that deviates or cannot be re-derived. */
export type RederivationFinding = { readonly leafIndex: number } & Exclude<Rederived, { status: 'agrees' }>

/** The results, counted. */
export interface RederivationCount {
  /** All records that were read. */
  readonly records: number
  /** Exchanges and checks whose own rule set decides the same again. */
  readonly agreeing: number
  readonly deviating: number
  /** Never counted as agreeing. */
  readonly notRederived: number
}

export interface Rederivation {
  readonly count: RederivationCount
  /** Where another part continues: the index after the last record, and the sets in force there. */
  readonly sets: SetsInForce
  /**
   * Hashes of sets whose archived texts decide as recorded and yet are not the texts that were put in force: their `sourceHash` is in
   * no `policy` record. Explanations or comments may have been changed. Empty for a part that does not begin at the start.
   */
  readonly alteredTexts: readonly string[]
}

/**
 * Decides every exchange and check again, with the rule set that its record names, and compares the whole decision: outcome,
 * reason, treatment of every field, rules, prohibitions and duties. The set must have been in force at that index of the log, and
 * its texts must have the hash that they are filed under; otherwise the record deviates. Reads in order, in one pass; memory does
 * not grow with the log.
 *
 * Does not check that the records are those of the log; proofs do that.
 *
 * @param report called with every finding, in order
 * @param sets the sets that the part before this one ended with; the start of the log when absent
 */
export async function rederive(
  records: AsyncIterable<PlacedRecord>,
  loadSet: LoadSet,
  report: (finding: RederivationFinding) => void,
  sets: SetsInForce = NO_SET_IN_FORCE,
): Promise<Rederivation> {
  let inForce = sets
  const sources = new Set<string>()
  const used = new Set<string>()
  const count = { records: 0, agreeing: 0, deviating: 0, notRederived: 0 }
  for await (const { leafIndex, record: text } of records) {
    count.records++
    const record = read(text)
    if (record === undefined) {
      count.notRederived++
      inForce = { ...inForce, at: leafIndex + 1 }
      report({ leafIndex, status: 'not-rederived', because: 'record-unreadable' })
      continue
    }
    if (record.type === 'exchange' || record.type === 'check') {
      used.add(record.policyHash)
      const rederived = await rederiveRecord(record, loadSet, inForce)
      count[COUNTED[rederived.status]]++
      if (rederived.status !== 'agrees') report({ leafIndex, ...rederived })
    }
    if (record.type === 'policy' && putsInForce(record)) sources.add(nameSource(record))
    inForce = followRecord(inForce, leafIndex, record)
  }
  const alteredTexts = sets.at === 0 ? await findAlteredTexts(used, sources, loadSet) : []
  return { count, sets: inForce, alteredTexts }
}

const nameSource = ({ policyHash, sourceHash }: { policyHash: string; sourceHash: string }): string =>
  `${policyHash} ${sourceHash}`

async function findAlteredTexts(
  used: ReadonlySet<string>,
  sources: ReadonlySet<string>,
  loadSet: LoadSet,
): Promise<readonly string[]> {
  const altered: string[] = []
  for (const policyHash of used) {
    const loaded = await loadSet(policyHash)
    if ('noSet' in loaded || loaded.set.policyHash !== policyHash) continue
    if (!sources.has(nameSource(loaded.set))) altered.push(policyHash)
  }
  return altered
}

const COUNTED = { agrees: 'agreeing', deviates: 'deviating', 'not-rederived': 'notRederived' } as const

/**
 * Re-derives one exchange or check.
 * @param sets the sets in force just before the record
 */
export async function rederiveRecord(
  record: ExchangeRecord | CheckRecord,
  loadSet: LoadSet,
  sets: SetsInForce,
): Promise<Rederived> {
  const { policyHash, at } = record
  const loaded = await loadSet(policyHash)
  if ('noSet' in loaded) return { status: 'not-rederived', because: loaded.noSet, policyHash }
  const question = parseExchangeQuestion(record)
  const rederived = summariseDecision(question, decide(loaded.set, question))
  const pointers = findDeviations(record, rederived)
  const deviations = pointers.map((pointer) => describe(pointer, record, rederived))
  if (!wasInForce(sets, policyHash, at)) {
    deviations.push({
      pointer: '/policyHash',
      recorded: JSON.stringify(policyHash),
      ...(sets.current !== undefined && { recomputed: JSON.stringify(sets.current) }),
    })
  }
  return deviations.length === 0 ? { status: 'agrees' } : { status: 'deviates', deviations }
}

/** `record 12: /outcome: recorded "verstrekt", recomputed "geweigerd"`, one line for every deviation. */
export function formatFinding(finding: RederivationFinding, language: Language): readonly string[] {
  const words = WORDS[language]
  const name = `record ${finding.leafIndex}`
  if (finding.status === 'not-rederived') {
    const of = finding.policyHash === undefined ? '' : ` (${words.ruleSet} ${finding.policyHash})`
    return [`${name}: ${words.notRederived}: ${words.because[finding.because]}${of}`]
  }
  return finding.deviations.map(
    ({ pointer, recorded = words.nothing, recomputed = words.nothing }) =>
      `${name}: ${pointer}: ${words.recorded} ${recorded}, ${words.recomputed} ${recomputed}`,
  )
}

interface RederivationWords {
  readonly ruleSet: string
  readonly notRederived: string
  readonly nothing: string
  readonly recorded: string
  readonly recomputed: string
  readonly because: Readonly<Record<NotRederived, string>>
}

const WORDS: Readonly<Record<Language, RederivationWords>> = {
  nl: {
    ruleSet: 'regels',
    notRederived: 'niet opnieuw beslist',
    nothing: 'niets',
    recorded: 'vastgelegd',
    recomputed: 'opnieuw beslist',
    because: {
      'texts-missing': 'het archief heeft de teksten van zijn regels niet',
      'texts-unreadable': 'deze versie kan de teksten van zijn regels niet lezen',
      'record-unreadable': 'deze versie kan het record niet lezen',
    },
  },
  en: {
    ruleSet: 'rule set',
    notRederived: 'not re-derived',
    nothing: 'nothing',
    recorded: 'recorded',
    recomputed: 'recomputed',
    because: {
      'texts-missing': 'the archive has no texts of its rule set',
      'texts-unreadable': 'this version cannot read the texts of its rule set',
      'record-unreadable': 'this version cannot read the record',
    },
  },
}

function read(text: string): AuditRecord | undefined {
  try {
    return parseRecord(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function describe(pointer: string, record: DecisionSummary, rederived: DecisionSummary): Deviation {
  const [recorded, recomputed] = [resolve(record, pointer), resolve(rederived, pointer)]
  return { pointer, ...(recorded !== undefined && { recorded }), ...(recomputed !== undefined && { recomputed }) }
}

function resolve(value: Json, pointer: string): string | undefined {
  const tokens = pointer.split('/').slice(1)
  const found = tokens.reduce<Json | undefined>((inner, token) => {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~')
    return typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name)
      ? (inner as Record<string, Json>)[name]
      : undefined
  }, value)
  return found === undefined ? undefined : formatCanonicalJson(found)
}
