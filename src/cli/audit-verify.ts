import { type LogVerification, verifyLog } from '../audit/verify.ts'
import { formatBase64 } from '../encoding.ts'
import { openSqliteReader } from '../storage/better-sqlite.ts'
import { type Command, EXIT, parseArguments, UsageError } from './command.ts'
import { readVerifierKeys } from './inbox.ts'

export const auditVerify: Command = {
  name: 'audit verify',
  usage: '--database FILE --log-key KEY|FILE… [--json]',
  summary: 'recompute the whole log offline; exit 4 names the first bad entry',
  async run(args, terminal) {
    const { values } = parseArguments(args, {
      database: { type: 'string' },
      'log-key': { type: 'string', multiple: true },
      json: { type: 'boolean' },
    })
    if (!values.database || !values['log-key']) throw new UsageError('give --database FILE and --log-key')
    const verification = await verifyDatabase(values.database, readVerifierKeys(values['log-key']))
    terminal.out(values.json ? JSON.stringify(summarise(verification)) : formatVerification(verification))
    return verification.ok ? EXIT.done : EXIT.verificationFailed
  },
}

/** Verifies the log in a database file, or in a copy of one, with a verifier key for each of its origins. @throws Error when the file cannot be read as a database of Sluis */
export async function verifyDatabase(path: string, verifierKeys: string | readonly string[]): Promise<LogVerification> {
  const reader = openSqliteReader(path)
  try {
    return await verifyLog({
      records: reader.records(),
      leafHashes: reader.leafHashes(),
      checkpoints: reader.checkpoints(),
      verifierKeys: [verifierKeys].flat(),
    })
  } finally {
    reader.close()
  }
}

export function formatVerification(verification: LogVerification): string {
  if (verification.ok) {
    const { treeSize, rootHash, originChanges = [] } = verification
    return [
      `verified: ${treeSize} entries, root ${formatBase64(rootHash)}`,
      ...originChanges.map(
        ({ leafIndex, origin, reason, lost }) =>
          `entry ${leafIndex} goes on under the origin ${origin} (${reason})${lost > 0 ? `; ${lost} entries of the origin before it are not in this log` : ''}`,
      ),
    ].join('\n')
  }
  if (verification.firstBadIndex !== undefined)
    return `NOT verified: first bad entry ${verification.firstBadIndex}: ${verification.reason}`
  if (verification.badRange)
    return `NOT verified: bad entry between ${verification.badRange.start} and ${verification.badRange.end - 1}: ${verification.reason}`
  return `NOT verified: ${verification.reason}`
}

const summarise = (verification: LogVerification) =>
  verification.ok ? { ...verification, rootHash: formatBase64(verification.rootHash) } : verification
