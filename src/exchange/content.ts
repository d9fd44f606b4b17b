import { formatUtf8 } from '../encoding/bytes.ts'
import { formatCanonicalJson } from '../encoding/canonical-json.ts'
import type { Decision, Question, SubjectDecision } from '../model/decision.ts'
import type { Pseudonym } from '../model/identifier.ts'
import type { Duty } from '../model/rule.ts'
import type { DeclaredAssessment, FieldValue, Submission } from '../report/submission.ts'

/** One person as the recipient sees them. */
export interface DeliveredSubject {
  readonly role: string
  readonly pseudonym: Pseudonym
  /** False for a pseudonym that is used once, because nothing could be linked: count such persons apart. */
  readonly isLinkable: boolean
  readonly assessments: readonly DeclaredAssessment[]
  readonly decision: SubjectDecision
  readonly data: Readonly<Record<string, FieldValue>>
  /** How many identifiers were taken out of free text. */
  readonly redactions: number
}

/** Two persons may be one: compare what you have of both and answer at `/v1/matches/{matchId}`. */
export interface PossibleMatch {
  readonly type: 'possible-match'
  /** Pseudonym domain of the recipient that the pseudonyms belong to. */
  readonly domain: string
  readonly matchId: string
  readonly pseudonyms: readonly [earlier: Pseudonym, later: Pseudonym]
}

/** Two persons are one: the person `from` is called `to` from now on. */
export interface Merged {
  readonly type: 'merged'
  readonly domain: string
  readonly matchId: string
  readonly from: Pseudonym
  readonly to: Pseudonym
}

/** What an exchange shows of persons that its recipient knew before. */
export type Link = PossibleMatch | Merged

/** The opened content of an exchange. */
export interface Content {
  readonly version: 1
  readonly exchangeId: string
  readonly at: string
  readonly sender: string
  readonly recipient: string
  readonly purpose: string
  readonly legalBasis?: string
  readonly kind: string
  /** The exchange that this one answers: one that the recipient sent. */
  readonly inReplyTo?: string
  readonly policyHash: string
  readonly dataSubjects: readonly {
    readonly role: string
    readonly pseudonym: string
    readonly isLinkable: boolean
    readonly data: Readonly<Record<string, FieldValue>>
    /** Field to level, for the generalised fields. */
    readonly generalised: Readonly<Record<string, string>>
    readonly redactions: number
    /** Each with who declared it, and when. */
    readonly assessments: readonly DeclaredAssessment[]
  }[]
  /** Duties of the recipient, such as secrecy and retention. */
  readonly duties: readonly Duty[]
  /** Persons that turned out to be one, or may be one, because of this exchange. */
  readonly links: readonly Link[]
  /** Whether there are more links than fit in here; `GET /v1/matches` lists them all. */
  readonly hasMoreLinks: boolean
  /** Spaces. `links`, `hasMoreLinks` and this are together of one length, whatever the gateway knew of the persons. */
  readonly padding: string
}

/** Room for links in the content, for each data subject: four, with the longest names of domains that are in use. */
const LINK_BYTES = 1024

/** The content of a delivery as bytes: canonical JSON, so that the recipient can check the commitment in the record against it. */
export function formatContent(delivery: {
  id: string
  question: Question
  submission: Pick<Submission, 'kind' | 'inReplyTo'>
  decision: Decision
  subjects: readonly DeliveredSubject[]
  links: readonly Link[]
}): Uint8Array {
  const { question, decision } = delivery
  const { kind, inReplyTo } = delivery.submission
  const content = {
    version: 1 as const,
    exchangeId: delivery.id,
    at: question.at,
    sender: question.sender,
    recipient: question.recipient,
    purpose: question.purpose,
    ...(question.legalBasis !== undefined && { legalBasis: question.legalBasis }),
    kind,
    ...(inReplyTo !== undefined && { inReplyTo }),
    policyHash: decision.policyHash,
    dataSubjects: delivery.subjects.map((subject) => ({
      role: subject.role,
      pseudonym: subject.pseudonym,
      isLinkable: subject.isLinkable,
      data: subject.data,
      generalised: Object.fromEntries(
        subject.decision.fields.flatMap(({ field, level }) =>
          level !== undefined && field in subject.data ? [[field, level]] : [],
        ),
      ),
      redactions: subject.redactions,
      assessments: subject.assessments.map(({ word, by, on }) => ({ word, by, on })),
    })),
    duties: decision.duties.filter((duty) => duty.for === 'ontvanger'),
    ...fitLinks(delivery.links, delivery.subjects.length * LINK_BYTES),
  } satisfies Content
  return formatUtf8(formatCanonicalJson(JSON.parse(JSON.stringify(content))))
}

/** The links that fit, in a constant number of bytes: the length of what is sealed must not show whether the persons were known. */
function fitLinks(links: readonly Link[], room: number): Pick<Content, 'links' | 'hasMoreLinks' | 'padding'> {
  const lengthOf = (count: number) =>
    formatUtf8(JSON.stringify(links.slice(0, count))).length + String(count < links.length).length
  let count = links.length
  while (count > 0 && lengthOf(count) > room) count--
  return {
    links: links.slice(0, count),
    hasMoreLinks: count < links.length,
    padding: ' '.repeat(room - lengthOf(count)),
  }
}
