import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, EXIT, parseArguments, UsageError } from '../terminal/command.ts'
import { pullDeliveries } from './deliveries.ts'
import { openClient, readSettings } from './open-client.ts'

export const inboxPull: Command = {
  name: 'inbox pull',
  usage: '--as PARTY [--to FOLDER]',
  summary: 'fetch the sealed deliveries that came since the last time',
  async run(args, terminal) {
    const { values } = parseArguments(args, { as: { type: 'string' }, to: { type: 'string' } })
    if (!values.as) throw new UsageError('say which party you are with --as PARTY')
    const folder = values.to ?? join(readSettings(terminal).partyFolder, '..', 'inbox', values.as)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const cursorPath = join(folder, '.cursor')
    const cursor = existsSync(cursorPath) ? readFileSync(cursorPath, 'utf8') : undefined
    const client = await openClient(terminal, values.as)
    for await (const { delivery, cursor: reached } of pullDeliveries(client, cursor)) {
      const path = join(folder, `${delivery.id}.json`)
      writeFileSync(path, JSON.stringify(delivery, null, 2), { mode: 0o600 })
      // Only now: a run that dies before it pulls this delivery again.
      if (reached !== undefined) writeFileSync(cursorPath, reached)
      terminal.out(path)
    }
    return EXIT.done
  },
}
