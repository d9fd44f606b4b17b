import type { Asked } from '../audit/record/exchange.ts'
import { formatHex, formatUtf8 } from '../encoding/bytes.ts'
import { formatCanonicalJson } from '../encoding/canonical-json.ts'
import type { Json } from '../encoding/json.ts'
import { sluisError } from '../errors.ts'
import type { Keyring } from '../ports/keys.ts'
import type { DeliveryMoments, StoredExchange, StoredHold } from '../ports/stored.ts'
import type { Submission } from '../report/submission.ts'
import { costOfReport, spendBudget } from './budgets/spend-budget.ts'
import type { Gateway } from './gateway.ts'
import { type ExchangeAnswer, type ExchangeRequest, runPipeline } from './pipeline.ts'
import { formProgress } from './progress.ts'
import { establishReply } from './reply.ts'
import { formApproval } from './retention.ts'

/** Submits reports, each at most once. */
export interface Submitter {
  /**
   * The answer that is stored under this key. Look before the body is read with the words of the vocabulary: a report that passed
   * once is answered the same after a word of it was renamed.
   *
   * @param body the parsed body, as given to `submit`
   * @returns undefined when nothing is stored under the key
   * @throws SluisError `idempotency-key-reused` (422) when another body is
   */
  findAnswer(sender: string, body: Json, idempotencyKey: string): Promise<ExchangeAnswer | undefined>
  /**
   * Runs the pipeline once for one idempotency key of one sender. The same key and body again returns the stored answer and costs
   * nothing of the sender's budget.
   *
   * @param body the parsed body; white space and the order of members make no difference
   * @throws SluisError `idempotency-key-reused` (422) for another body under the same key, `idempotency-key-in-use` (409) while
   *   the first is in progress, `too-many-requests` (429), `value-invalid` at `/inReplyTo` (`establishReply`), and every error of
   *   the pipeline; after an error the key is free again
   * @see draft-ietf-httpapi-idempotency-key-header
   */
  submit(
    sender: string,
    submission: Submission,
    body: Json,
    idempotencyKey: string,
    options?: SubmitOptions,
  ): Promise<ExchangeAnswer>
}

/** Optional parts of a submission. */
export interface SubmitOptions {
  /** Client id of the person who submits; absent when the party's own system does. */
  readonly submittedBy?: string
  /** The gateway whose rules the submission was parsed under; absent while the rules are those of the start. */
  readonly gateway?: Gateway
  /** What a question who somebody is asks for. `askIdentity` sets it, and has established the circumstances already. */
  readonly asked?: Asked
  /** Trace id and parent id of the request (W3C Trace Context); those of the first request stay when it is sent again. */
  readonly trace?: string
}

export function createSubmitter(start: Gateway): Submitter {
  const inProgress = new Set<string>()

  return {
    async findAnswer(sender, body, idempotencyKey) {
      return findAnswer(start, sender, await hashIdempotency(start.keyring, sender, idempotencyKey, body))
    },

    async submit(sender, submission, body, idempotencyKey, { submittedBy, gateway = start, asked, trace } = {}) {
      const [idempotency, ...earlier] = await hashIdempotency(start.keyring, sender, idempotencyKey, body)
      const request: ExchangeRequest = {
        sender,
        ...(submittedBy !== undefined && { submittedBy }),
        submission,
        idempotency: idempotency!,
        ...(asked && { asked }),
        ...(trace !== undefined && { trace }),
        ...(submission.reference !== undefined && {
          reference: await hashReference(start.keyring, sender, submission.reference),
        }),
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
          (await findAnswer(gateway, sender, [request.idempotency, ...earlier])) ??
          (await runNew(gateway, request)) ??
          (await findAnswer(gateway, sender, [request.idempotency]))
        if (answer) return answer
        throw new Error('an idempotency key is stored without its exchange')
      } finally {
        inProgress.delete(claim)
      }
    },
  }
}

type Idempotency = ExchangeRequest['idempotency']

// The hashes are keyed: a bare hash of a body with a name and a date of birth in it can be found by guessing.

/** Hashes of the key and the body under every epoch, newest first, so that a retry still finds what was stored before a rotation. */
function hashIdempotency(keyring: Keyring, sender: string, key: string, body: Json): Promise<readonly Idempotency[]> {
  const messages = [`key:${key}`, `body:${formatCanonicalJson(body)}`].map(formatUtf8)
  return Promise.all(
    keyring.epochs('idempotency').map(async (epoch) => {
      const path = { use: 'idempotency', domain: sender, family: '', epoch } as const
      const [keyHash, bodyHash] = await keyring.mac(path, messages)
      return { keyHash: keyHash!, bodyHash: bodyHash! }
    }),
  )
}

/** Under the newest epoch only, because references are never looked up. */
async function hashReference(keyring: Keyring, sender: string, reference: string): Promise<Uint8Array> {
  const path = { use: 'reference', domain: sender, family: '', epoch: keyring.epochs('reference')[0]! } as const
  const [hash] = await keyring.mac(path, [formatUtf8(reference)])
  return hash!
}

/** Runs an exchange that was not submitted before, after spending its budget and establishing what it answers. */
async function runNew(gateway: Gateway, request: ExchangeRequest): Promise<ExchangeAnswer | undefined> {
  const { sender, submittedBy, submission, asked } = request
  const amount = costOfReport(gateway.policySet.vocabulary, submission)
  await spendBudget(gateway, 'reports', submittedBy ?? sender, { amount })
  const established = asked ? submission : await establishReply(gateway, sender, submission)
  return runPipeline(gateway, { ...request, submission: established })
}

async function findAnswer(
  gateway: Gateway,
  sender: string,
  candidates: readonly Idempotency[],
): Promise<ExchangeAnswer | undefined> {
  const { store } = gateway
  for (const { keyHash, bodyHash } of candidates) {
    const found = await store.findByIdempotencyKey(sender, keyHash)
    if (!found) continue
    // The sender made both inputs, so a comparison that is not constant in time reveals nothing to it.
    if (formatHex(found.bodyHash) !== formatHex(bodyHash)) {
      throw sluisError('idempotency-key-reused', {
        nl: 'deze Idempotency-Key hoort bij een ander bericht; gebruik voor elk bericht een nieuwe sleutel',
        en: 'this Idempotency-Key belongs to another body; use a new key for every body',
      })
    }
    return formatAnswer(gateway, found.exchange, await store.findHold(sender, found.exchange.id))
  }
  return undefined
}

/** A stored exchange as it was answered the first time, with the present state of its approval and of its delivery. */
export function formatAnswer(
  { policySet }: Pick<Gateway, 'policySet'>,
  stored: StoredExchange,
  hold?: StoredHold,
  delivery?: DeliveryMoments,
): ExchangeAnswer {
  const { advice, ...decision } = stored.decision
  const progress = formProgress(stored, hold, delivery)
  const answer = {
    id: stored.id,
    outcome: decision.outcome,
    decision,
    ...advice,
    receipt: stored.receipt,
    ...(progress && { delivery: progress }),
    ...(delivery?.recalledAt !== undefined && { recalledAt: delivery.recalledAt }),
  }
  return hold ? { ...answer, approval: formApproval(policySet.parties, hold) } : answer
}
