import { LOG_UNAVAILABLE, sluisError } from '../errors.ts'

/**
 * Runs work on the database that is synchronous and leaves nothing behind when it fails. While another process holds a lock on the
 * database the work is tried again, and others are served meanwhile.
 * @throws SluisError `log-unavailable` when the lock outlasts the wait; then nothing was stored
 */
export type WhenUnlocked = <Result>(work: () => Result) => Promise<Result>

/** How long a lock of another process is waited for. */
export interface LockPatience {
  /** Between two tries, in milliseconds. */
  readonly pauseMs: number
  /** Pauses since the database was last free. */
  readonly pauses: number
}

/** About five seconds in all, as long as SQLite itself would usually be told to wait. */
export const LOCK_PATIENCE: LockPatience = { pauseMs: 20, pauses: 250 }

/**
 * All work that meets one lock waits together, counted from the first that met it. Once that wait is over, work is tried once and
 * fails at once until the database is free again, so that a lock that lasts costs each caller no more than the first.
 *
 * SQLite must not wait itself (`busy_timeout = 0`): it would sleep in the only thread.
 */
export function createLockWait({ pauseMs, pauses }: LockPatience = LOCK_PATIENCE): WhenUnlocked {
  let paused = 0
  let pause: Promise<void> | undefined

  /** The pause that is running, or a new one; all that wait share it. */
  const wait = () => {
    pause ??= new Promise<void>((resolve) => setTimeout(resolve, pauseMs)).then(() => {
      paused += 1
      pause = undefined
    })
    return pause
  }

  return async (work) => {
    for (;;) {
      try {
        const result = work()
        paused = 0
        return result
      } catch (error) {
        if (!isLocked(error)) throw error
        if (paused >= pauses) throw sluisError('log-unavailable', LOG_UNAVAILABLE, { cause: error })
      }
      await wait()
    }
  }
}

/** Whether an error says that another process holds a lock; drizzle gives the error of the driver as its cause. */
export function isLocked(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string' && current.code.startsWith('SQLITE_BUSY')) return true
  }
  return false
}
