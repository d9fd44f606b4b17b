import type { LogExportHead } from '../../audit/export/log-export.ts'
import type { PlacedRecord } from '../../audit/export/read-log.ts'
import type { RecordFilter } from '../../audit/export/record-filter.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import type { LogReader } from '../../ports/store.ts'

/** What every command takes that reads records of the log: exactly one source, and the keys of the logs that are trusted. */
export const SOURCE_OPTIONS = {
  as: { type: 'string' },
  export: { type: 'string' },
  database: { type: 'string' },
  'log-key': { type: 'string', multiple: true, default: [] as string[] },
} as const
export const SOURCE_USAGE =
  '(--as PARTY [--log-key KEY|FILE] | --export FILE --log-key KEY|FILE | --database FILE --log-key KEY|FILE)'

export interface SourceValues {
  readonly as?: string | undefined
  readonly export?: string | undefined
  readonly database?: string | undefined
  readonly 'log-key': readonly string[]
}

/** The part of a log that a command reads; everything when nothing is said. */
export interface LogPart {
  readonly filter?: RecordFilter
  readonly start?: number
  readonly end?: number
}

/**
 * Records of a log, wherever they lie. Whatever comes out was verified against a checkpoint that a trusted key signed. Use it once,
 * then close it.
 */
export interface LogSource {
  readonly kind: 'api' | 'export' | 'database'
  /** What the records are a part of: origin, key, checkpoint and range. */
  readonly head: LogExportHead
  /**
   * The records of the part, oldest first. Those of a whole log are all vouched for once the last came out.
   * @throws VerificationError where a record is not in the log
   */
  records(): AsyncIterable<PlacedRecord>
  /** The texts (path to text) of the rule set that records name by this hash; undefined when the source does not hold it. */
  findPolicyTexts(policyHash: string): Promise<{ readonly [path: string]: string } | undefined>
  /** The rule set in force when the source ends, for the words of a filter and their labels; undefined when it does not say. */
  readonly policySet: PolicySet | undefined
  /** Whether every record comes with its inclusion proof (`ExportedRecord`): of a part, as the API and an export give it. */
  readonly hasProofs: boolean
  /** Of a database: what it publishes, proofs included. */
  readonly log: LogReader | undefined
  /**
   * Sees to it that the use gets into the log: call it before anything is shown. Of the API the gateway did so already, and an
   * export is out of reach; a database in the data folder of a gateway gets a note that the gateway takes into its log.
   */
  noteUse(found: number): Promise<void>
  close(): void
}
