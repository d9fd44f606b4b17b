import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { UsageError } from '../terminal/failure.ts'
import { JSON_OPTION, PARTY_OPTION } from '../terminal/options.ts'
import { pullDeliveries } from './deliveries.ts'
import { openClient } from './open-client.ts'

export const inboxPull = defineCommand({
  name: 'inbox pull',
  summary: 'fetch the sealed deliveries that arrived since the last time',
  usage: '--as PARTY',
  options: {
    ...PARTY_OPTION,
    to: { type: 'string', value: 'FOLDER', what: 'where to put them', otherwise: 'inbox/PARTY beside SLUIS_PARTIES' },
    ...JSON_OPTION,
  },
  examples: ['inbox pull --as comensha'],
  async run({ values, settings }, terminal) {
    if (!values.as) throw new UsageError('give the party with --as PARTY')
    const folder = values.to ?? join(settings().partyFolder, '..', 'inbox', values.as)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const cursorPath = join(folder, '.cursor')
    const cursor = existsSync(cursorPath) ? readFileSync(cursorPath, 'utf8') : undefined
    const client = await openClient(settings(), values.as)
    const paths: string[] = []
    for await (const { delivery, cursor: reached } of pullDeliveries(client, cursor)) {
      const path = join(folder, `${delivery.id}.json`)
      writeFileSync(path, JSON.stringify(delivery, null, 2), { mode: 0o600 })
      // After the file, so that a run that dies in between pulls this delivery again.
      if (reached !== undefined) writeFileSync(cursorPath, reached)
      if (values.json) paths.push(path)
      else terminal.out(path)
    }
    if (values.json) terminal.out(JSON.stringify({ files: paths }))
    return EXIT.done
  },
})
