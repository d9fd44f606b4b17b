import { parseCheckpointBody } from '../audit/checkpoint/checkpoint.ts'
import { parseNote } from '../audit/checkpoint/signed-note.ts'
import { parseTlogProof } from '../audit/receipt/receipt.ts'
import type { ReceiptFile } from '../audit/receipt/receipt-file.ts'
import type { ExchangeRecord } from '../audit/record/exchange.ts'
import { parseRecord } from '../audit/record/parse.ts'
import { formatBase64 } from '../encoding/bytes.ts'
import { compareText } from '../encoding/text-order.ts'
import type { Decision, FieldDecision, Outcome, Reason, SubjectDecision } from '../model/decision.ts'
import type { Language } from '../model/language.ts'
import type { Source } from '../model/rule.ts'
import { nameTreatment, TREATMENT_NAMES, type TreatmentName } from '../model/treatment-words.ts'
import { formatDuty } from '../policy/explain.ts'
import { type Labels, labelsOf } from '../policy/labels.ts'
import type { PolicySet } from '../policy/policy-set.ts'
import { formProgress } from './progress.ts'
import type { ExchangeHistory } from './receipts.ts'
import type { Approval } from './retention.ts'

/**
 * The statement of an exchange, in the words of the rule set of its moment, for the people who work with it. It contains no value of
 * the report and no pseudonym: neither the decision nor the record has any.
 */
export interface Statement {
  readonly id: string
  readonly kind: string
  readonly sender: string
  readonly recipient: string
  readonly purpose: string
  /** Title of the declared legal basis, in Dutch as rule files are. */
  readonly legalBasis?: string
  readonly submittedBy?: string
  readonly inReplyTo?: string
  /** RFC 3339, UTC. */
  readonly at: string
  readonly outcome: Outcome
  readonly reason?: Reason
  readonly subjects: readonly StatedSubject[]
  /** What would let more pass next time. */
  readonly misses: readonly string[]
  readonly duties: readonly string[]
  readonly events: readonly StatedEvent[]
  readonly rules: readonly StatedRule[]
  readonly policyHash: string
  readonly engineVersion: string
  /** False when the archived rule set cannot be read any more, so that words stand without their labels. */
  readonly hasLabels: boolean
  readonly proof: StatedProof
  readonly receipt: ReceiptFile
}

export interface StatedSubject {
  readonly role: string
  readonly outcome: Outcome
  readonly reason?: Reason
  readonly groups: readonly StatedFields[]
}

/** Fields that were treated alike for the same reason. */
export interface StatedFields {
  readonly treatment: TreatmentName
  readonly fields: readonly {
    readonly label: string
    /** Word of the field's ladder that the value was coarsened to. */
    readonly level?: string
    /** Whether it also served to recognise the person, inside the gateway. */
    readonly isLinked: boolean
  }[]
  readonly sentence: string
  readonly citation?: string
  /** Id of the rule file, when a rule determined it. */
  readonly file?: string
}

export interface StatedRule {
  readonly file: string
  readonly title: string
  readonly citation: string
  readonly rules: readonly string[]
  readonly sources: readonly Source[]
}

/** An event of an exchange. `at` is absent where the gateway keeps no moment. */
export interface StatedEvent {
  readonly what:
    | 'recorded'
    | 'held'
    | 'approved'
    | 'refused'
    | 'expired'
    | 'placed'
    | 'fetched'
    | 'acknowledged'
    | 'answered'
    | 'recalled'
    | 'erased'
  readonly at?: string
  /** Client id: a role, never a name. */
  readonly by?: string
  /** Of `held`: how many people must approve, and until when. */
  readonly people?: number
  readonly until?: string
  /** Of `held` while it waits: how many approvals are still needed, and the client ids of the people who can give them. */
  readonly open?: Pick<Approval, 'remaining' | 'approvers'>
}

export interface StatedProof {
  readonly origin: string
  readonly leafIndex: number
  readonly treeSize: number
  /** Base64. */
  readonly rootHash: string
  /** Names on the signature lines other than that of the log. */
  readonly cosigners: readonly string[]
}

/** Forms the statement of an exchange. @param policySet the set that decided; absent when it cannot be read */
export function formStatement(
  history: ExchangeHistory,
  policySet: PolicySet | undefined,
  language: Language,
): Statement {
  const { exchange, receipt } = history
  const record = parseRecord(receipt.record) as ExchangeRecord
  const { decision } = exchange
  const labels = labelsOf(language, ...(policySet ? [policySet] : []))
  const { legalBasis, submittedBy, inReplyTo } = record
  return {
    id: record.id,
    kind: policySet?.vocabulary.kinds.get(record.kind)?.label[language] ?? record.kind,
    sender: labels.party(record.sender),
    recipient: labels.party(record.recipient),
    purpose: labels.purpose(record.purpose),
    ...(legalBasis !== undefined && { legalBasis: labels.file(legalBasis) }),
    ...(submittedBy !== undefined && { submittedBy }),
    ...(inReplyTo !== undefined && { inReplyTo }),
    at: record.at,
    outcome: decision.outcome,
    ...(decision.reason !== undefined && { reason: decision.reason }),
    subjects: decision.dataSubjects.map((subject, index) =>
      formSubject(subject, record.subjects[index]!.role, labels, language),
    ),
    misses: [
      ...new Set(
        decision.dataSubjects.flatMap(({ nearestMisses }) =>
          nearestMisses.map(({ sentence }) => sentence[language].trim()),
        ),
      ),
    ],
    duties: decision.duties.map((duty) => formatDuty(duty, labels, language)),
    events: listEvents(history),
    rules: policySet ? listRules(decision, legalBasis, policySet) : [],
    policyHash: decision.policyHash,
    engineVersion: decision.engineVersion,
    hasLabels: policySet !== undefined,
    proof: formProof(receipt),
    receipt,
  }
}

function formSubject(
  { outcome, reason, fields }: SubjectDecision,
  role: string,
  labels: Labels,
  language: Language,
): StatedSubject {
  const keyOf = (field: FieldDecision) =>
    JSON.stringify([nameTreatment(field), field.rule, field.citation, field.sentence.nl])
  const groups = [...Map.groupBy(fields, keyOf).values()].map((group): StatedFields => {
    const { citation, rule, sentence } = group[0]!
    return {
      treatment: nameTreatment(group[0]!),
      fields: group.map(({ field, level, link }) => ({
        label: labels.field(field),
        ...(level !== undefined && { level }),
        isLinked: link,
      })),
      sentence: sentence[language].trim(),
      ...(citation !== undefined && { citation }),
      ...(rule && { file: rule.file }),
    }
  })
  const rank = ({ treatment }: StatedFields) => TREATMENT_NAMES.indexOf(treatment)
  return {
    role: labels.role(role),
    outcome,
    ...(reason !== undefined && { reason }),
    groups: groups.toSorted((one, other) => rank(one) - rank(other)),
  }
}

/** Events that the gateway keeps. Later hand-overs and what an answer contains are not among them. */
function listEvents({ exchange, hold, approval, delivery }: ExchangeHistory): readonly StatedEvent[] {
  const events: StatedEvent[] = [{ what: 'recorded', at: exchange.at }]
  if (hold) {
    const open = approval?.status === 'waiting' && {
      open: { remaining: approval.remaining, approvers: approval.approvers },
    }
    events.push({ what: 'held', at: exchange.at, people: hold.approvalsNeeded, until: hold.expiresAt, ...open })
  }
  for (const { by, at } of hold?.approvals ?? []) events.push({ what: 'approved', by, at })
  const ended = delivery?.erasedAt
  if (hold?.status === 'refused' || hold?.status === 'expired') {
    events.push({ what: hold.status, ...(ended !== undefined && { at: ended }) })
    return events
  }
  const progress = formProgress(exchange, hold, delivery)
  if (progress) {
    events.push({ what: 'placed', at: progress.placedAt })
    for (const what of ['fetched', 'acknowledged', 'answered'] as const) {
      const at = progress[`${what}At`]
      if (at !== undefined) events.push({ what, at })
    }
  }
  if (delivery?.recalledAt !== undefined) events.push({ what: 'recalled', at: delivery.recalledAt })
  if (ended !== undefined) events.push({ what: 'erased', at: ended })
  return events.toSorted((one, other) => compareText(one.at ?? '', other.at ?? ''))
}

/** Every rule file that determined something or was declared, with its sources as dated at that time. */
function listRules(decision: Decision, legalBasis: string | undefined, { files }: PolicySet): readonly StatedRule[] {
  const used = decision.dataSubjects.flatMap(({ fields, firedRules, prohibitions }) => [
    ...fields.flatMap(({ rule }) => rule ?? []),
    ...firedRules,
    ...prohibitions,
  ])
  return files.flatMap(({ id, title, citation, sources }) => {
    const rules = [...new Set(used.filter(({ file }) => file === id).map(({ rule }) => rule))].sort()
    return rules.length > 0 || id === legalBasis ? [{ file: id, title, citation, rules, sources }] : []
  })
}

function formProof({ leafIndex, proof }: ReceiptFile): StatedProof {
  const note = parseNote(parseTlogProof(proof).checkpoint)
  const { origin, treeSize, rootHash } = parseCheckpointBody(note.text)
  const cosigners = note.signatures.map(({ name }) => name).filter((name) => name !== origin)
  return { origin, leafIndex, treeSize, rootHash: formatBase64(rootHash), cosigners }
}
