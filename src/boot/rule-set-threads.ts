import { Worker } from 'node:worker_threads'
import { type SluisError, sluisError } from '../errors.ts'
import type { Inspection, RuleSetWork, SetReview } from '../exchange/rule-sets/rule-set-work.ts'
import { createTurns } from '../exchange/turns.ts'
import type { PolicyText } from '../policy/policy-set.ts'

/** One job of a thread. */
export type RuleSetJob =
  | { readonly kind: 'inspect'; readonly files: readonly PolicyText[] }
  | { readonly kind: 'review'; readonly next: string; readonly inForce: string; readonly on: string }

/** How much one job may use. */
export interface WorkBounds {
  readonly ms: number
  readonly megabytes: number
  /** Characters of the answer. */
  readonly answer: number
}

/** The shipped rule set takes three seconds and a tenth of this memory; replacing all of it gives an answer of 5.5 million characters. */
export const WORK_BOUNDS: WorkBounds = { ms: 30_000, megabytes: 512, answer: 8_000_000 }

/**
 * Works on proposed rule sets in a thread of its own, one job at a time, so that officers cannot stall the requests of others. A
 * thread that reaches a bound is ended.
 */
export function createRuleSetThreads(bounds: WorkBounds = WORK_BOUNDS): RuleSetWork {
  const inTurn = createTurns()
  const perform = (job: RuleSetJob) => inTurn(() => performJob(job, bounds))
  return {
    inspect: async (files) => JSON.parse(await perform({ kind: 'inspect', files })) as Inspection,
    review: async (next, inForce, on) => JSON.parse(await perform({ kind: 'review', next, inForce, on })) as SetReview,
  }
}

function performJob(job: RuleSetJob, { ms, megabytes, answer }: WorkBounds): Promise<string> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./rule-set-thread.ts', import.meta.url), {
      workerData: job,
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    })
    const timer = setTimeout(() => settle(() => reject(tooComplex())), ms)
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      finish()
      void thread.terminate()
    }
    thread.once('message', (text: string) =>
      settle(() => (text.length > answer ? reject(tooComplex()) : resolve(text))),
    )
    thread.once('error', (error: NodeJS.ErrnoException) =>
      settle(() => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooComplex() : error)),
    )
    thread.once('exit', () => settle(() => reject(new Error('a thread ended without an answer'))))
  })
}

const tooComplex = (): SluisError =>
  sluisError('policy-too-complex', {
    nl: 'deze regelset kost meer tijd of geheugen dan de gateway eraan geeft; splits grote bestanden, en laat regels elkaar minder overlappen',
    en: 'this rule set takes more time or memory than the gateway gives it; split large files, and let rules overlap less',
  })
