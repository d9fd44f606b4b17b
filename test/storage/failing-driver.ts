import type Database from 'better-sqlite3'

/** A connection that counts what is asked of it, and fails when told to, as a disk may. */
export interface FailingDriver {
  readonly client: Database.Database
  /** The n-th statement from now (1 is the next) fails; the end of a transaction counts as one. 0 lets everything pass. */
  failAt(n: number): void
  /** Statements since the last `failAt`. */
  count(): number
  /** Rows that were read since the last `failAt`. */
  rows(): number
}

/** Wraps a better-sqlite3 connection; statements that were prepared through it fail as well. */
export function failingDriver(real: Database.Database): FailingDriver {
  let failing = 0
  let count = 0
  let rows = 0
  const step = () => {
    count += 1
    if (count === failing) throw new Error('disk I/O error')
  }

  const wrapStatement = (statement: Database.Statement): Database.Statement =>
    new Proxy(statement, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target)
        if (typeof member !== 'function') return member
        return (...args: unknown[]) => {
          if (name === 'run' || name === 'get' || name === 'all') step()
          const result: unknown = member.apply(target, args)
          if (name === 'all') rows += (result as unknown[]).length
          if (name === 'get' && result !== undefined) rows += 1
          return result === target ? wrapStatement(target) : result
        }
      },
    })

  const client = new Proxy(real, {
    get(target, name) {
      if (name === 'prepare') return (source: string) => wrapStatement(target.prepare(source))
      if (name === 'transaction') {
        return (body: (...args: unknown[]) => unknown) =>
          target.transaction((...args: unknown[]) => {
            const result = body(...args)
            step()
            return result
          })
      }
      const member: unknown = Reflect.get(target, name, target)
      return typeof member === 'function' ? member.bind(target) : member
    },
  })

  return {
    client,
    failAt(n) {
      failing = n
      count = 0
      rows = 0
    },
    count: () => count,
    rows: () => rows,
  }
}
