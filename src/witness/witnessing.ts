import { parseNote, type VerifierKey } from '../audit/checkpoint/signed-note.ts'
import { sluisError } from '../errors.ts'
import type { Store } from '../ports/store.ts'
import type { Submission, WitnessClient } from './client.ts'

/** Submits the newest checkpoint to witnesses in the background: the gateway never waits for a witness. */
export interface Witnessing {
  /** The store, whose commits are followed by submissions, until a witness shows that the log was rolled back. */
  readonly store: Store
  /** Tries every witness now, also one that failed. Resolves when each was tried; failures are reported. */
  submit(): Promise<void>
  /** Aborts running submissions; resolves when they have ended. */
  close(): Promise<void>
}

export interface WitnessingOptions {
  readonly store: Store
  readonly clients: readonly WitnessClient[]
  /** Minimum time between two submissions to one witness, which limits the load of a busy log. */
  readonly intervalMs: number
  /** Aborted by `close`; give the clients its signal. */
  readonly abort: AbortController
  /** Called when the result for a witness differs from its previous one; the first comparison is with success. */
  readonly report: (witness: string, submission: Submission) => void
  /** Called when cosignatures could not be read or stored. */
  readonly reportFault: (error: unknown) => void
}

/**
 * After a commit the newest checkpoint is submitted to every witness, one submission at a time for each; later commits are covered by
 * the next one. A witness that failed is skipped until `submit` is called.
 */
export function startWitnessing(options: WitnessingOptions): Witnessing {
  const { store, clients, intervalMs, abort, report, reportFault } = options
  let isHalted = false

  const courses = clients.map((client) => createCourse(client))

  function createCourse(client: WitnessClient) {
    let attempting: Promise<boolean> | undefined
    let following: Promise<void> | undefined
    let hasNews = false
    let hasFailed = false
    let reported = 'cosigned'

    /** Whether to continue. One at a time: a second caller shares the first one's attempt. */
    const attempt = (): Promise<boolean> => {
      attempting ??= tryOnce()
        .catch((error: unknown) => {
          if (!abort.signal.aborted) reportFault(error)
          return false
        })
        .finally(() => {
          attempting = undefined
        })
      return attempting
    }

    async function tryOnce(): Promise<boolean> {
      hasNews = false
      const newest = await store.log.checkpoint()
      if (isHalted || abort.signal.aborted) return false
      if (newest === undefined || isCosignedBy(newest.note, client.witness.key)) return true
      const submission = await client.submit()
      // A submission aborted by `close` says nothing about the witness.
      if (abort.signal.aborted) return false
      const outcome = 'reason' in submission ? `${submission.status} ${submission.reason}` : submission.status
      if (submission.status === 'rolled-back' || submission.status === 'forked') isHalted = true
      if (outcome !== reported) report(client.witness.name, submission)
      reported = outcome
      if (submission.status === 'cosigned') await store.addCosignatures(submission.treeSize, submission.lines)
      return submission.status === 'cosigned'
    }

    async function follow(): Promise<void> {
      do {
        hasFailed = !(await attempt())
        if (!hasFailed) await pause(intervalMs, abort.signal)
      } while (hasNews && !hasFailed && !abort.signal.aborted)
      following = undefined
    }

    return {
      notify() {
        hasNews = true
        if (!hasFailed && !abort.signal.aborted) following ??= follow()
      },
      async submit() {
        hasFailed = !(await attempt())
      },
      settle: async () => void (await Promise.all([attempting, following])),
    }
  }

  return {
    store: {
      ...store,
      async commit(commits) {
        if (isHalted) throw rolledBack()
        const results = await store.commit(commits)
        for (const course of courses) course.notify()
        return results
      },
      async probeWrite() {
        if (isHalted) throw rolledBack()
        await store.probeWrite()
      },
    },
    submit: async () => void (await Promise.all(courses.map((course) => course.submit()))),
    async close() {
      abort.abort()
      await Promise.all(courses.map((course) => course.settle()))
    },
  }
}

const isCosignedBy = (note: string, { name, keyId }: VerifierKey): boolean =>
  parseNote(note).signatures.some((signature) => signature.name === name && signature.keyId === keyId)

const rolledBack = () =>
  sluisError('log-unavailable', {
    nl: 'een getuige toont een checkpoint van dit logboek dat het logboek zelf niet meer heeft; er wordt niets meer vastgelegd tot de beheerder de gateway opnieuw start',
    en: 'a witness shows a checkpoint of this log that the log itself no longer has; nothing is recorded any more until the operator starts the gateway again',
  })

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
  })
}
