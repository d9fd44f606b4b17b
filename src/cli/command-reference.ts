import { type Command, EXIT, type ExitCode } from './terminal/command.ts'

/** An option of a command as its usage line writes it, with what it means. */
export interface OptionReference {
  /** With its dashes. */
  readonly option: string
  /** Placeholder or choices, as the usage line has them; absent for a switch. */
  readonly value?: string
  readonly meaning: string
}

/** Meaning of each option; `COMMAND --option` where a command has its own. A test holds the usage lines against this list. */
export const OPTION_MEANINGS: Readonly<Record<string, string>> = {
  '--acknowledge': 'acknowledge each delivery that was verified and opened',
  '--acknowledge-days': 'days after which a delivery without acknowledgement is overdue',
  '--as': 'the party whose keys to use, or one of its people as `PARTY.PERSON`',
  '--basis': 'only records about this legal basis',
  '--block-limit': 'skip match tokens that more persons than this share',
  '--body': 'file with the body to send; `-` reads standard input',
  '--checkpoint': 'file with a signed checkpoint of this log that a witness or a receipt holds',
  '--conflicts': 'list each pair of a rule and a prohibition that can meet',
  '--coverage': 'list what no case exercises',
  '--cursor': 'continue after the page that returned this cursor',
  '--data': 'data folder of the gateway; `SLUIS_DATA` when absent',
  'witness --data': 'folder of the witness: its key and what it cosigned',
  '--database': 'database of a gateway, or a copy of one',
  '--duty': 'only exchanges with this duty',
  '--end': 'up to, and not including, the record with this index',
  '--exchange': 'only records about this exchange',
  '--export': 'file that `audit export` wrote as NDJSON',
  '--feedback-days': 'days after which feedback that a rule requires is overdue',
  '--format': 'NDJSON that can be verified, CSV, or lines of the Logboek Dataverwerkingen',
  '--from': 'moment from which the set is in force; at once when absent',
  '--header': 'header to send along; may be repeated',
  '--host': 'address to listen on; this machine only when absent',
  '--json': 'print the result as JSON',
  '--keys': 'folder with the keys of the Worker; made when absent',
  '--lang': 'language of the output: Dutch or English',
  '--limit': 'at most this many records',
  '--log-key': 'verifier key of the log, or a file with it; may be repeated after a new origin',
  '--logs': 'file with a line `log VKEY` for each log to cosign for',
  '--map': 'list which combinations of sender, recipient and purpose have a legal basis',
  '--max-age': 'fail when the newest heartbeat or cosignature is older than this many minutes',
  '--month': 'month to report on; the last complete one when absent; may be repeated',
  '--name': 'name of the key of a new witness',
  '--on': 'date to judge the rules on; today when absent',
  '--once': 'stop after the exchange; exit 1 when a step had another result than expected',
  '--order': 'which records come first',
  '--outcome': 'only exchanges with this outcome',
  '--party': 'only records that name this party',
  '--people': 'how many persons to make up',
  '--policies': 'folder with the rule files; `SLUIS_POLICIES` when absent',
  'audit rederive --policies': 'file that `audit policies` wrote, for a source that has no archive of rule sets',
  'audit report --policies': 'file that `audit policies` wrote, for a source that has no archive of rule sets',
  '--port': 'port to listen on; `0` takes a free one',
  '--purpose': 'only exchanges for this purpose',
  '--reason': 'only refusals for this reason',
  'log new-origin --reason': 'why the log cannot continue under its old origin',
  '--rule': 'only exchanges that this rule had a part in',
  '--schema': 'file that says what each column is and which one holds the truth',
  '--seed': 'number that makes the same persons again',
  '--since': 'from this date on',
  '--start': 'from the record with this index on',
  '--statement': 'write the statement for people to this file as well',
  '--to': 'file to write',
  'inbox pull --to': 'folder to write the deliveries to',
  'policy docs --to': 'folder to write the pages to',
  'policy schema --to': 'folder to write the schemas to',
  '--type': 'only records of this type',
  '--until': 'up to this date',
  '--use': 'stop only this use of the epoch; all uses when absent',
  '--witness-policy': 'file with the witnesses that must have cosigned (C2SP tlog-policy)',
  '--without': 'kinds of identifiers to leave out, separated by commas',
  '--yes': 'do it; without this the command only prints what it would mean',
}

/** The options in the usage line of a command, in its order. @throws Error for an option without a meaning */
export function describeOptions({ name, usage }: Command): readonly OptionReference[] {
  const found = usage.matchAll(/(--[a-z-]+)(?: ([A-Z][A-Z]?[^\s\])]*|[a-z-]+(?:\|[a-z-]+)+))?/g)
  const references = [...found].map(([, option, value]): OptionReference => {
    const meaning = OPTION_MEANINGS[`${name} ${option}`] ?? OPTION_MEANINGS[option!]
    if (meaning === undefined) throw new Error(`${name} ${option}: has no meaning; add it to OPTION_MEANINGS`)
    return { option: option!, ...(value !== undefined && { value }), meaning }
  })
  return references.filter(({ option }, index) => references.findIndex((other) => other.option === option) === index)
}

/** What each exit code means. */
export const EXIT_MEANINGS: Readonly<Record<ExitCode, string>> = {
  [EXIT.done]: 'done',
  [EXIT.failed]: 'failed',
  [EXIT.refused]: 'refused',
  [EXIT.invalidPolicy]: 'rule file invalid',
  [EXIT.verificationFailed]: 'verification failed',
}

const { refused, invalidPolicy, verificationFailed } = EXIT

/** Exit codes of a command beside `done` and `failed`, which every command has. */
const FURTHER_EXITS: Readonly<Record<string, readonly ExitCode[]>> = {
  demo: [invalidPolicy],
  serve: [invalidPolicy],
  witness: [verificationFailed],
  request: [refused],
  'inbox open': [verificationFailed],
  'receipt save': [verificationFailed],
  'receipt verify': [invalidPolicy, verificationFailed],
  'receipt export': [verificationFailed],
  'policy check': [invalidPolicy],
  'policy test': [invalidPolicy],
  'policy analyse': [invalidPolicy],
  'policy decide': [invalidPolicy],
  'policy explain': [refused, invalidPolicy],
  'policy diff': [invalidPolicy],
  'policy replay': [invalidPolicy],
  'policy gaps': [invalidPolicy],
  'policy schema': [invalidPolicy],
  'policy docs': [invalidPolicy],
  'policy propose': [refused, invalidPolicy],
  'policy approve': [refused, invalidPolicy],
  'policy withdraw': [refused, invalidPolicy],
  'policy bundle': [invalidPolicy],
  'audit show': [verificationFailed],
  'audit search': [verificationFailed],
  'audit export': [verificationFailed],
  'audit verify': [verificationFailed],
  'audit policies': [verificationFailed],
  'audit rederive': [verificationFailed],
  'audit report': [verificationFailed],
  'audit reconcile': [verificationFailed],
  'log new-origin': [refused, verificationFailed],
  backup: [verificationFailed],
  restore: [verificationFailed],
}

/** Every exit code that a command can end with, in order. */
export function exitCodesOf({ name }: Command): readonly ExitCode[] {
  return [EXIT.done, EXIT.failed, ...(FURTHER_EXITS[name] ?? [])]
}
