import { parentPort, workerData } from 'node:worker_threads'
import { SluisError } from '../errors.ts'
import { loadArchive } from '../exchange/rule-sets/archived.ts'
import { inspectFiles, reviewSets } from '../exchange/rule-sets/rule-set-work.ts'
import type { RuleSetJob, ThreadAnswer } from './rule-set-threads.ts'

/** A thread that does one job of `rule-set-threads.ts` and ends. */
function perform(job: RuleSetJob): unknown {
  switch (job.kind) {
    case 'inspect':
      return JSON.stringify(inspectFiles(job.files))
    case 'review':
      return JSON.stringify(reviewSets(job.next, job.inForce, job.on))
    case 'load':
      return loadArchive(job.content)
  }
}

function answer(job: RuleSetJob): ThreadAnswer {
  try {
    return { answer: perform(job) }
  } catch (error) {
    if (error instanceof SluisError && error.code === 'policy-too-complex') return { isTooComplex: true }
    throw error
  }
}

parentPort?.postMessage(answer(workerData as RuleSetJob))
