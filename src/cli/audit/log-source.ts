import type { LogExportHead } from '../../audit/export/log-export.ts'
import type { PlacedRecord } from '../../audit/export/read-log.ts'
import type { RecordFilter } from '../../audit/export/record-filter.ts'
import type { Settings } from '../../boot/settings.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import type { LogReader } from '../../ports/store.ts'
import type { OptionTable } from '../terminal/command.ts'
import { LOG_KEY_OPTION } from '../terminal/options.ts'

/** Options of every command that reads records of the log: exactly one source, and the keys of the trusted logs. */
export const SOURCE_OPTIONS = {
  as: {
    type: 'string',
    value: 'PARTY',
    what: { nl: 'het logboek over de API lezen, als deze partij', en: 'read the log over the API, as this party' },
  },
  export: {
    type: 'string',
    value: 'FILE',
    what: {
      nl: 'een bestand lezen dat `sluis audit export` schreef',
      en: 'read a file that `sluis audit export` wrote',
    },
  },
  database: {
    type: 'string',
    value: 'FILE',
    what: { nl: 'een database lezen, of een kopie ervan', en: 'read a database, or a copy of one' },
  },
  'log-key': {
    ...LOG_KEY_OPTION['log-key'],
    what: {
      nl: `${LOG_KEY_OPTION['log-key'].what.nl}; met --as geldt de sleutel van de gateway zelf als deze ontbreekt`,
      en: `${LOG_KEY_OPTION['log-key'].what.en}; with --as the key of the gateway itself is used when absent`,
    },
  },
} as const satisfies OptionTable
export const SOURCE_USAGE = '(--as PARTY | --export FILE | --database FILE) --log-key KEY|FILE…'

/** The rule sets of the past, for an export that holds none. */
export const RULE_SETS_OPTION = {
  policies: {
    type: 'string',
    value: 'FILE',
    what: {
      nl: 'regels van vroeger, zoals `sluis audit policies` ze schreef',
      en: 'rule sets of the past, as `sluis audit policies` wrote them',
    },
  },
} as const satisfies OptionTable

/** The part of the input of a command that names its source. */
export interface SourceInput {
  readonly values: {
    readonly as?: string | undefined
    readonly export?: string | undefined
    readonly database?: string | undefined
    readonly policies?: string | undefined
    readonly lang: string
    readonly 'log-key': readonly string[]
  }
  readonly settings: () => Settings
}

/** The part of a log that a command reads; the whole log when empty. */
export interface LogPart {
  readonly filter?: RecordFilter
  readonly start?: number
  readonly end?: number
}

/**
 * Records of a log from the API, an export or a database. Every record was verified against a checkpoint that a trusted key signed.
 * Use a source once, then close it.
 */
export interface LogSource {
  readonly kind: 'api' | 'export' | 'database'
  /** What the records are a part of: origin, key, checkpoint and range. */
  readonly head: LogExportHead
  /**
   * The records of the part, oldest first. Those of a whole log count as verified only after the last one.
   * @throws VerificationError where a record is not in the log
   */
  records(): AsyncIterable<PlacedRecord>
  /** The texts (path to text) of the rule set that records name by this hash; undefined when the source does not hold it. */
  findPolicyTexts(policyHash: string): Promise<{ readonly [path: string]: string } | undefined>
  /** The rule set in force at the end of the source, for words and labels; undefined when the source does not hold it. */
  readonly policySet: PolicySet | undefined
  /** Whether every record comes with its inclusion proof (`ExportedRecord`), as in a part that the API or an export holds. */
  readonly hasProofs: boolean
  /** For a database: the log that it publishes, with proofs. */
  readonly log: LogReader | undefined
  /**
   * Records the use in the log; call it before anything is shown. The API has done so already and an export cannot; for a database
   * in the data folder of a gateway, a note is left that the gateway moves into its log.
   */
  noteUse(found: number): Promise<void>
  close(): void
}
