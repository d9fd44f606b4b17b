import * as fs from 'node:fs'
import type { FileCalls } from '../../src/storage/files/private-file.ts'

/** The process died here; nothing it does afterwards happens. */
export class Death extends Error {
  override readonly name = 'Death'
}

export interface DyingDisk {
  readonly calls: FileCalls
  /** What was done, in order, with the last part of the path or the kind of file it was done to. */
  readonly done: readonly string[]
}

/**
 * The calls of the file system, of a process that dies at the n-th of them: just before it, or just after it. Every later call
 * dies as well, so that nothing is tidied up. 0 never dies.
 */
export function dyingDisk(at = 0, when: 'before' | 'after' = 'before'): DyingDisk {
  const done: string[] = []
  const opened = new Map<unknown, string>()
  let count = 0
  const die = <Call extends (...args: never[]) => unknown>(name: string, call: Call): Call =>
    ((...args: unknown[]) => {
      count += 1
      if (at > 0 && (count > at || (count === at && when === 'before'))) throw new Death()
      const result = (call as unknown as (...args: unknown[]) => unknown)(...args)
      const path = typeof args[0] === 'number' ? opened.get(args[0])! : String(args[0])
      if (name === 'open') opened.set(result, path)
      done.push(`${name} ${path.split('/').at(-1)}`)
      if (count === at) throw new Death()
      return result
    }) as unknown as Call
  return {
    done,
    calls: {
      openSync: die('open', fs.openSync),
      fchmodSync: die('fchmod', fs.fchmodSync),
      writeFileSync: die('write', fs.writeFileSync),
      writeSync: die('write', fs.writeSync as (...args: never[]) => number) as typeof fs.writeSync,
      ftruncateSync: die('ftruncate', fs.ftruncateSync),
      fsyncSync: die('fsync', fs.fsyncSync),
      closeSync: die('close', fs.closeSync),
      linkSync: die('link', fs.linkSync),
      renameSync: die('rename', fs.renameSync),
      unlinkSync: die('unlink', fs.unlinkSync),
    },
  }
}
