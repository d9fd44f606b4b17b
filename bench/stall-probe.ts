/**
 * Loaded into a gateway under measurement (`--import`): measures how long its event loop is held up. Answers any message with what
 * it saw since the last one.
 */
export interface Stalls {
  /** Longest time between two turns of a timer of a millisecond. On a busy machine this includes the work of other processes. */
  readonly ms: number
  /** Most processor time of the main thread between two such turns. */
  readonly cpuMs: number
  /** Resident memory at its largest. */
  readonly megabytes: number
}

const threadMs = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

const NOTHING = { ms: 0, cpuMs: 0, megabytes: 0 }
let seen = NOTHING
let last = { at: performance.now(), cpuMs: threadMs() }

setInterval(() => {
  const now = { at: performance.now(), cpuMs: threadMs() }
  seen = {
    ms: Math.max(seen.ms, now.at - last.at),
    cpuMs: Math.max(seen.cpuMs, now.cpuMs - last.cpuMs),
    megabytes: Math.max(seen.megabytes, process.memoryUsage.rss() / 1e6),
  }
  last = now
}, 1).unref()

process.on('message', () => {
  process.send?.(seen satisfies Stalls)
  seen = NOTHING
})
process.channel?.unref()
