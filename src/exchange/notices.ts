import { sealedHash } from '../audit/record/envelope.ts'
import type { RecallGround } from '../audit/record/follow-up.ts'
import { formatMatchRecord, type MatchRecord } from '../audit/record/match.ts'
import { formatUtf8 } from '../encoding/bytes.ts'
import { formatCanonicalJson } from '../encoding/canonical-json.ts'
import { newId } from '../encoding/uuid.ts'
import type { Pseudonym } from '../model/identifier.ts'
import type { NewNotice } from '../ports/commit.ts'
import type { Merged } from './content.ts'
import type { Gateway } from './gateway.ts'
import { type SealingGateway, sealFor } from './seal-for.ts'

interface InDomain {
  /** The pseudonym domain of the recipient that the pseudonyms belong to. */
  readonly domain: string
}

/** One person is two: these data subjects of these exchanges, until now called `from`, are called `to`. */
export interface SplitNotice extends InDomain {
  readonly type: 'split'
  readonly matchId: string
  readonly from: Pseudonym
  readonly to: Pseudonym
  readonly mentions: readonly { readonly exchangeId: string; readonly dataSubject: number }[]
}

/** A new key: every person in the list has another pseudonym. Long lists are spread over several notices. */
export interface PseudonymsRenewedNotice extends InDomain {
  readonly type: 'pseudonyms-renewed'
  readonly epoch: number
  readonly pseudonyms: readonly { readonly from: Pseudonym; readonly to: Pseudonym }[]
}

/**
 * The sender recalled an exchange, and why: correct or destroy what you keep of it, and inform those with whom you shared it (AVG
 * art. 19, Wpg art. 4 lid 4).
 */
export interface RecalledNotice {
  readonly type: 'recalled'
  readonly exchangeId: string
  readonly ground: RecallGround
}

/** Follows from the recipient's answer to a match. */
export type MatchNotice = Merged | SplitNotice
export type NoticeContent = MatchNotice | PseudonymsRenewedNotice | RecalledNotice

/** The opened content of a notice. Distinguished from exchange content by `type`. */
export type Notice = NoticeContent & { readonly version: 1; readonly at: string; readonly recipient: string }

type NoticeMaker = SealingGateway & Pick<Gateway, 'random'>

/** A notice that still needs a record that commits to its sealed bytes (`sealedHash`). */
export type SealedNotice = Omit<NewNotice, 'record'>

/**
 * Seals a notice from the gateway itself to a recipient, as canonical JSON.
 * @throws SluisError `recipient-without-key`
 */
export async function sealNotice(
  gateway: NoticeMaker,
  recipient: string,
  content: NoticeContent,
): Promise<SealedNotice> {
  const now = gateway.clock()
  const at = now.toISOString()
  const notice: Notice = { ...content, version: 1, at, recipient }
  const text = formatUtf8(formatCanonicalJson(JSON.parse(JSON.stringify(notice))))
  // A recall names an exchange and nobody, and destroys content: an expired key must not delay it.
  const sealed = await sealFor(gateway, recipient, text, content.type === 'recalled' ? 'all' : 'valid')
  return { deliveryId: newId(now, gateway.random), recipient, at, sealed }
}

/**
 * Seals a notice about a match, with the record that commits to it.
 *
 * @param step the answer that caused it
 * @throws SluisError `recipient-without-key`
 */
export async function sealMatchNotice(
  gateway: NoticeMaker,
  recipient: string,
  step: Exclude<MatchRecord['step'], 'proposed'>,
  content: MatchNotice,
): Promise<NewNotice> {
  const notice = await sealNotice(gateway, recipient, content)
  const record = formatMatchRecord({
    type: 'match',
    at: notice.at,
    step,
    effect: content.type,
    matchId: content.matchId,
    domain: content.domain,
    recipient,
    deliveryId: notice.deliveryId,
    sealed: sealedHash(formatUtf8(notice.sealed)),
    nonce: gateway.random(16),
  })
  return { ...notice, record }
}
