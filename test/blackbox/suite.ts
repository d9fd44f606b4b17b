import { afterAll, beforeAll, describe } from 'vitest'
import { accessCases } from './access-cases.ts'
import { auditCases } from './audit-cases.ts'
import { consoleCases } from './console-cases.ts'
import { exchangeCases } from './exchange-cases.ts'
import { type BlackBox, observe, type RunningRuntime } from './gateway.ts'
import { inboxCases } from './inbox-cases.ts'
import { inputCases } from './input-cases.ts'
import { logCases } from './log-cases.ts'
import { policyCases } from './policy-cases.ts'
import { tokenCases } from './token-cases.ts'
import { transcriptCases } from './transcript-cases.ts'

/**
 * Everything a gateway promises over HTTP, for any runtime: it sees an address and keys, and nothing of the inside. The cases
 * share one gateway and one log; the last of them look back at every answer that was given.
 */
export function describeGateway(name: string, start: () => Promise<RunningRuntime>): void {
  describe(name, () => {
    let started: BlackBox | undefined
    const gateway = (): BlackBox => {
      if (!started) throw new Error('the gateway did not start')
      return started
    }
    beforeAll(async () => {
      started = observe(await start())
    }, 90_000)
    afterAll(() => started?.stop())

    tokenCases(gateway)
    accessCases(gateway)
    exchangeCases(gateway)
    inboxCases(gateway)
    inputCases(gateway)
    policyCases(gateway)
    consoleCases(gateway)
    logCases(gateway)
    auditCases(gateway)
    transcriptCases(gateway)
  })
}
