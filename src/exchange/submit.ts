import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { formatCanonicalJson } from '../canonical-json.ts'
import { formatHex, formatUtf8 } from '../encoding.ts'
import { sluisError } from '../errors.ts'
import type { KeyUse, StoredExchange, StoredHold } from '../ports.ts'
import type { Submission } from '../report/submission.ts'
import type { Decision, Json } from '../types.ts'
import type { Gateway } from './gateway.ts'
import { type ExchangeAnswer, type ExchangeRequest, runPipeline } from './pipeline.ts'

/** Submits reports, each at most once. */
export interface Submitter {
  /**
   * Runs the pipeline once for one idempotency key of one sender; the same key and body again gives the stored answer.
   *
   * @param body the parsed body; white space and the order of members make no difference
   * @throws SluisError `idempotency-key-reused` (422) for another body under the same key, `idempotency-key-in-use` (409) while
   *   the first is in progress, and whatever the pipeline throws; after an error the key is free again
   * @see draft-ietf-httpapi-idempotency-key-header
   */
  submit(
    sender: string,
    submission: Submission,
    body: Json,
    idempotencyKey: string,
    circumstances?: Circumstances,
  ): Promise<ExchangeAnswer>
}

/** What can differ from one submission to the next. */
export interface Circumstances {
  /** Client id of the person who submits; absent when the party's own system does. */
  readonly submittedBy?: string
  /** The gateway that the submission was read under; absent while the rules are those of the start. */
  readonly gateway?: Gateway
}

export function createSubmitter(start: Gateway): Submitter {
  const inProgress = new Set<string>()

  // Both hashes are keyed: a bare hash of a body with a name and a date of birth in it can be found by guessing.
  const keyedHash = (use: KeyUse, sender: string, text: string) =>
    hmac(sha256, start.keyring.derive(use, sender, start.keyring.currentEpoch).reveal(), formatUtf8(text))

  return {
    async submit(sender, submission, body, idempotencyKey, { submittedBy, gateway = start } = {}) {
      const request: ExchangeRequest = {
        sender,
        ...(submittedBy !== undefined && { submittedBy }),
        submission,
        idempotency: {
          keyHash: keyedHash('idempotency', sender, `key:${idempotencyKey}`),
          bodyHash: keyedHash('idempotency', sender, `body:${formatCanonicalJson(body)}`),
        },
        ...(submission.reference !== undefined && { reference: keyedHash('reference', sender, submission.reference) }),
      }
      const claim = `${sender} ${formatHex(request.idempotency.keyHash)}`
      if (inProgress.has(claim)) {
        throw sluisError('idempotency-key-in-use', {
          nl: 'een verzoek met deze Idempotency-Key is nog in behandeling; wacht op het antwoord of probeer het later opnieuw',
          en: 'a request with this Idempotency-Key is still in progress; wait for its answer or try again later',
        })
      }
      inProgress.add(claim)
      try {
        const answer =
          (await findAnswer(gateway, request)) ??
          (await runPipeline(gateway, request)) ??
          (await findAnswer(gateway, request))
        if (answer) return answer
        throw new Error('an idempotency key is stored without its exchange')
      } finally {
        inProgress.delete(claim)
      }
    },
  }
}

async function findAnswer(
  gateway: Gateway,
  { sender, idempotency }: ExchangeRequest,
): Promise<ExchangeAnswer | undefined> {
  const found = await gateway.store.findByIdempotencyKey(sender, idempotency.keyHash)
  if (!found) return undefined
  // Neither hash is a secret to the sender, who made both inputs; plain comparison tells nothing new.
  if (formatHex(found.bodyHash) !== formatHex(idempotency.bodyHash)) {
    throw sluisError('idempotency-key-reused', {
      nl: 'deze Idempotency-Key hoort bij een ander bericht; gebruik voor elk bericht een nieuwe sleutel',
      en: 'this Idempotency-Key belongs to another body; use a new key for every body',
    })
  }
  return formatAnswer(found.exchange, await gateway.store.findHold(sender, found.exchange.id))
}

/** A stored exchange as it was answered the first time, and where its approval stands now. */
export function formatAnswer(stored: StoredExchange, hold?: StoredHold): ExchangeAnswer {
  const decision = JSON.parse(stored.decision) as Decision
  const answer = { id: stored.id, outcome: decision.outcome, decision, receipt: stored.receipt }
  if (!hold) return answer
  const { status, approvalsNeeded, approvals, expiresAt } = hold
  return { ...answer, approval: { status, remaining: approvalsNeeded - approvals.length, expiresAt } }
}
