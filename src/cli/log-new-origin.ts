import { join } from 'node:path'
import { EPOCH_REASONS } from '../audit/record/epoch.ts'
import { DATA_FILES } from '../boot/key-files.ts'
import { beginNewOrigin, type NewOrigin } from '../boot/new-origin.ts'
import { findKeys, verifyDatabaseOwner } from './keys/key-folder.ts'
import { readSettings } from './party/open-client.ts'
import { type Command, EXIT, parseArguments, UsageError } from './terminal/command.ts'
import { readTextFile } from './terminal/read-text-file.ts'

export const logNewOrigin: Command = {
  name: 'log new-origin',
  usage: `--reason ${EPOCH_REASONS.join('|')} [--checkpoint FILE] [--data FOLDER] [--json]`,
  summary: 'let a log that cannot go on under its origin go on under a new one, with a new key',
  async run(args, terminal) {
    const { values } = parseArguments(args, {
      reason: { type: 'string' },
      checkpoint: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean' },
    })
    const reason = EPOCH_REASONS.find((word) => word === values.reason)
    if (!reason) throw new UsageError(`say why with --reason: ${EPOCH_REASONS.join(', ')}`)
    const { folder, clock, random } = findKeys(terminal, values.data)
    verifyDatabaseOwner(folder)
    const result = await beginNewOrigin({
      folder,
      anchorPath: readSettings(terminal).anchorPath ?? join(folder, DATA_FILES.anchor),
      reason,
      ...(values.checkpoint !== undefined && { checkpoint: readTextFile(values.checkpoint) }),
      clock,
      random,
    })
    if ('reason' in result) {
      terminal.err(`sluis: ${result.status === 'unverified' ? 'NOT verified: ' : ''}${result.reason}`)
      return result.status === 'refused' ? EXIT.refused : EXIT.verificationFailed
    }
    for (const line of values.json ? [JSON.stringify(result)] : formatNewOrigin(result, folder)) terminal.out(line)
    return EXIT.done
  },
}

type Done = Exclude<NewOrigin, { reason: string }>

function formatNewOrigin(result: Done, folder: string): string[] {
  const { origin, verifierKey } = result
  return [
    result.status === 'begun'
      ? `the log goes on under ${origin}, with ${result.inherited} records of ${result.previousOrigin}${result.lost > 0 ? ` and without ${result.lost} that it had signed` : ''}`
      : `the new origin ${origin} was begun before and is now complete`,
    `its verifier key: ${verifierKey}`,
    `tell it, and why, to: every party (for \`inbox open\` and receipts), every auditor, every witness of this log`,
    `the keys before it are in ${join(folder, DATA_FILES.earlierVerifierKeys)}: receipts from before verify with those`,
    'back up log.key and log.pub now; then start the gateway',
  ]
}
