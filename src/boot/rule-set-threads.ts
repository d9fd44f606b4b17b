import { Worker } from 'node:worker_threads'
import type { Inspection, RuleSetWork, SetReview } from '../exchange/rule-sets/rule-set-work.ts'
import { createTurns } from '../exchange/turns.ts'
import { policyTooComplex } from '../policy/analysis/too-complex.ts'
import type { PolicySet, PolicyText } from '../policy/policy-set.ts'
import { createRuleSetQueue, type QueueBounds } from './rule-set-queue.ts'

/** One job of a thread. */
export type RuleSetJob =
  | { readonly kind: 'inspect'; readonly files: readonly PolicyText[] }
  | { readonly kind: 'review'; readonly next: string; readonly inForce: string; readonly on: string }
  | { readonly kind: 'load'; readonly content: string }

/** What a thread sends back: text, or a set for a job of kind `load`; an error of its own class would arrive without its code. */
export type ThreadAnswer = { readonly answer: unknown } | { readonly isTooComplex: true }

/** How much one job may use. */
export interface WorkBounds {
  readonly ms: number
  readonly megabytes: number
  /** Characters of the answer. */
  readonly answer: number
}

/** The shipped rule set takes three seconds and a tenth of this memory; replacing all of it gives an answer of 5.5 million characters. */
export const WORK_BOUNDS: WorkBounds = { ms: 30_000, megabytes: 512, answer: 8_000_000 }

/** A client whose requests wait longer is disconnected (`CONNECTION_LIMITS`). */
export const QUEUE_BOUNDS: QueueBounds = { perCaller: 2, inAll: 4, retrySeconds: 30 }

/**
 * Works on rule sets in a thread of its own, one job at a time, so that officers cannot stall the requests of others. A thread that
 * reaches a bound is ended. Sets that were approved are loaded beside the jobs of officers, and do not wait for them.
 */
export function createRuleSetThreads(
  bounds: WorkBounds = WORK_BOUNDS,
  queueBounds: QueueBounds = QUEUE_BOUNDS,
): RuleSetWork {
  const queue = createRuleSetQueue(queueBounds)
  const inTurn = createTurns()
  const askFor = async (by: string, job: RuleSetJob): Promise<string> => {
    const answer = (await queue(by, () => performJob(job, bounds))) as string
    if (answer.length > bounds.answer) throw policyTooComplex()
    return answer
  }
  return {
    inspect: async (by, files) => JSON.parse(await askFor(by, { kind: 'inspect', files })) as Inspection,
    review: async (by, next, inForce, on) =>
      JSON.parse(await askFor(by, { kind: 'review', next, inForce, on })) as SetReview,
    load: async (content) => (await inTurn(() => performJob({ kind: 'load', content }, bounds))) as PolicySet,
  }
}

function performJob(job: RuleSetJob, { ms, megabytes }: WorkBounds): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./rule-set-thread.ts', import.meta.url), {
      workerData: job,
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    })
    const timer = setTimeout(() => settle(() => reject(policyTooComplex())), ms)
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      finish()
      void thread.terminate()
    }
    thread.once('message', (message: ThreadAnswer) =>
      settle(() => ('answer' in message ? resolve(message.answer) : reject(policyTooComplex()))),
    )
    thread.once('error', (error: NodeJS.ErrnoException) =>
      settle(() => reject(error.code?.startsWith('ERR_WORKER') ? policyTooComplex() : error)),
    )
    thread.once('exit', () => settle(() => reject(new Error('a thread ended without an answer'))))
  })
}
