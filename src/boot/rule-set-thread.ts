import { parentPort, workerData } from 'node:worker_threads'
import { inspectFiles, reviewSets } from '../exchange/rule-sets/rule-set-work.ts'
import type { RuleSetJob } from './rule-set-threads.ts'

/** A thread that does one job of `rule-set-threads.ts` and ends. */
const job = workerData as RuleSetJob
parentPort?.postMessage(
  JSON.stringify(job.kind === 'inspect' ? inspectFiles(job.files) : reviewSets(job.next, job.inForce, job.on)),
)
