import { readFileSync } from 'node:fs'
import type { WitnessCosignature } from '../../audit/checkpoint/cosigned-checkpoint.ts'
import { parseReceiptFile, type ReceiptFile } from '../../audit/receipt/receipt-file.ts'
import { checkReceipt, type ReceiptCheck } from '../../audit/verify/check-receipt.ts'
import { readWitnessPolicy } from '../../boot/witness-policy-file.ts'
import { formatBase64, parseUtf8 } from '../../encoding/bytes.ts'
import type { Json } from '../../encoding/json.ts'
import type { Language } from '../../model/language.ts'
import { type Labels, labelsOf } from '../../policy/labels.ts'
import { describeRecord } from '../../review/words/describe-record.ts'
import { loadSet } from '../policy/open-set.ts'
import { defineCommand, EXIT, type ExitCode, type Terminal } from '../terminal/command.ts'
import { UsageError } from '../terminal/failure.ts'
import {
  JSON_OPTION,
  LANGUAGE_OPTION,
  LOG_KEY_OPTION,
  parseLanguage,
  readVerifierKeys,
  WITNESS_POLICY_OPTION,
} from '../terminal/options.ts'
import { formatReason } from '../verification/reasons.ts'

// A receipt is a record of 4 KiB, a path and signatures; a larger file is not a receipt.
const MAX_RECEIPT_BYTES = 262_144

export const receiptVerify = defineCommand({
  name: 'receipt verify',
  summary: {
    nl: 'een ontvangstbewijs controleren met alleen de sleutel van het logboek, en uitleggen',
    en: 'verify a receipt offline with only the public key of the log, and explain what it proves',
  },
  usage: 'FILE --log-key KEY|FILE…',
  operands: {
    FILE: {
      nl: 'een ontvangstbewijs dat `sluis receipt save` schreef',
      en: 'a receipt that `sluis receipt save` wrote',
    },
  },
  options: {
    ...LOG_KEY_OPTION,
    ...WITNESS_POLICY_OPTION,
    policies: {
      type: 'string',
      value: 'FOLDER',
      what: {
        nl: 'regelbestanden van dat moment, om namen te tonen in plaats van woorden',
        en: 'rule files of that moment, to show labels instead of words',
      },
    },
    ...LANGUAGE_OPTION,
    ...JSON_OPTION,
  },
  exits: {
    invalidPolicy: {
      nl: 'een regelbestand heeft een fout; elke fout staat in de lijst',
      en: 'a rule file has a fault; every fault is listed',
    },
    verificationFailed: {
      nl: 'het ontvangstbewijs klopt niet; de plaats erin wordt genoemd',
      en: 'the receipt does not verify; the place in it is named',
    },
  },
  examples: ['receipt verify var/receipt.json --log-key var/demo/gateway/log.pub --lang en'],
  async run({ values, positionals }, terminal) {
    const [path, ...more] = positionals
    if (!path || more.length > 0 || values['log-key'].length === 0)
      throw new UsageError({ nl: 'geef één ontvangstbewijs, en --log-key', en: 'give one receipt file, and --log-key' })
    const options = { language: parseLanguage(values.lang), isJson: values.json === true }
    const policyPath = values['witness-policy']
    const policy = policyPath === undefined ? undefined : readWitnessPolicy(policyPath)
    const read = readReceipt(readFileSync(path))
    const check = read.ok
      ? compareKey(await checkReceipt(read.file, readVerifierKeys(values['log-key']), policy), read.file)
      : read
    if (!check.ok) return printFailure(terminal, path, check, options)
    const { record } = check
    const set = values.policies === undefined ? undefined : loadSet(terminal, values.policies, options)
    if (values.policies !== undefined && !set) return EXIT.invalidPolicy
    const isSameSet = set !== undefined && 'policyHash' in record && record.policyHash === set.policyHash
    if (set && !isSameSet) terminal.err(`${values.policies}: ${WORDS[options.language].otherSet}`)
    const labels = labelsOf(options.language, ...(isSameSet ? [set] : []))
    if (options.isJson) terminal.out(JSON.stringify(summarise(check, read.ok ? read.file : undefined)))
    else for (const line of formatCheck(check, options.language, labels)) terminal.out(line)
    return EXIT.done
  },
})

type Verified = Extract<ReceiptCheck, { ok: true }>
type Failure = Extract<ReceiptCheck, { ok: false }>

function readReceipt(bytes: Uint8Array): { readonly ok: true; readonly file: ReceiptFile } | Failure {
  if (bytes.length > MAX_RECEIPT_BYTES) {
    return { ok: false, reason: `receipt file: is over ${MAX_RECEIPT_BYTES} bytes; give a file of one receipt` }
  }
  try {
    return { ok: true, file: parseReceiptFile(parseUtf8(bytes)) }
  } catch (error) {
    if (error instanceof TypeError) {
      return { ok: false, reason: 'receipt file: is not UTF-8; save the receipt again and leave it as it is' }
    }
    if (error instanceof SyntaxError) return { ok: false, reason: error.message }
    throw error
  }
}

/** The key in the file is not used; when it differs from the key of the proof, somebody changed the file. */
function compareKey(check: ReceiptCheck, file: ReceiptFile): ReceiptCheck {
  if (!check.ok || check.verifierKey === file.verifierKey) return check
  const reason =
    'is not the key that you gave, under which the proof verifies; do not use the key in the file, and save the receipt again'
  return { ok: false, place: '/verifierKey', reason }
}

function printFailure(
  terminal: Terminal,
  path: string,
  { place, reason }: Failure,
  { language, isJson }: { readonly language: Language; readonly isJson: boolean },
): ExitCode {
  if (isJson) terminal.out(JSON.stringify({ ok: false, ...(place !== undefined && { place }), reason }))
  else {
    const where = place === undefined ? path : `${path}: ${place}`
    terminal.err(`${WORDS[language].notVerified}: ${where}: ${formatReason(reason, language)}`)
  }
  return EXIT.verificationFailed
}

const summarise = (check: Verified, file: ReceiptFile | undefined): Json => ({
  ok: true,
  origin: check.origin,
  ...(file && { leafIndex: file.leafIndex }),
  treeSize: check.treeSize,
  rootHash: formatBase64(check.rootHash),
  verifierKey: check.verifierKey,
  uncheckedSignatures: check.uncheckedSignatures,
  ...(check.cosignatures && { cosignatures: check.cosignatures.map(({ witness, time }) => ({ witness, time })) }),
  record: check.record,
})

function formatCheck(check: Verified, language: Language, labels: Labels): readonly string[] {
  const words = WORDS[language]
  const { origin, treeSize, rootHash, uncheckedSignatures, cosignatures, record } = check
  return [
    words.verified(origin, treeSize, formatBase64(rootHash)),
    ...(cosignatures === undefined ? [] : [words.witnessed(cosignatures)]),
    ...(uncheckedSignatures.length === 0 ? [] : [words.unchecked(uncheckedSignatures)]),
    '',
    ...describeRecord(record, labels, language),
  ]
}

const listWitnesses = (cosignatures: readonly WitnessCosignature[]): string =>
  cosignatures.map(({ witness, time }) => `${witness} (${new Date(time * 1000).toISOString()})`).join(', ')

const WORDS = {
  nl: {
    notVerified: 'KLOPT NIET',
    otherSet: 'dit zijn niet de regels die het record noemt; woorden staan er zoals ze zijn vastgelegd',
    verified: (origin: string, size: number, root: string) =>
      `geverifieerd: dit staat in het logboek ${origin}, in de boom van ${size} records met wortel ${root}`,
    witnessed: (cosignatures: readonly WitnessCosignature[]) =>
      cosignatures.length === 0
        ? 'de witness policy vraagt geen medeondertekening, en er is er geen'
        : `medeondertekend door ${listWitnesses(cosignatures)}`,
    unchecked: (names: readonly string[]) =>
      `niet gecontroleerd: handtekeningen onder andere sleutels dan u gaf (${names.join(', ')})`,
  },
  en: {
    notVerified: 'NOT verified',
    otherSet: 'is not the rule set that the record names; words are shown as recorded',
    verified: (origin: string, size: number, root: string) =>
      `verified: this is in the log ${origin}, in the tree of ${size} entries with root ${root}`,
    witnessed: (cosignatures: readonly WitnessCosignature[]) =>
      cosignatures.length === 0
        ? 'the witness policy asks for no cosignature, and there is none'
        : `cosigned by ${listWitnesses(cosignatures)}`,
    unchecked: (names: readonly string[]) =>
      `not checked: signatures by keys that you did not give (${names.join(', ')})`,
  },
} as const
