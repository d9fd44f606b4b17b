import { type LogVerification, verifyLog } from '../audit/verify.ts'
import { formatBase64 } from '../encoding.ts'
import { openSqliteReader } from '../storage/better-sqlite.ts'
import { type Command, EXIT, parseArguments, UsageError } from './command.ts'
import { readVerifierKey } from './inbox.ts'

export const auditVerify: Command = {
  name: 'audit verify',
  usage: '--database FILE --log-key KEY|FILE [--json]',
  summary: 'recompute the whole log offline; exit 4 names the first bad entry',
  async run(args, terminal) {
    const { values } = parseArguments(args, {
      database: { type: 'string' },
      'log-key': { type: 'string' },
      json: { type: 'boolean' },
    })
    if (!values.database || !values['log-key']) throw new UsageError('give --database FILE and --log-key')
    const verification = await verifyDatabase(values.database, readVerifierKey(values['log-key']))
    terminal.out(values.json ? JSON.stringify(summarise(verification)) : formatVerification(verification))
    return verification.ok ? EXIT.done : EXIT.verificationFailed
  },
}

/** Verifies the log in a database file, or in a copy of one. @throws Error when the file cannot be read as a database of Sluis */
export async function verifyDatabase(path: string, verifierKey: string): Promise<LogVerification> {
  const reader = openSqliteReader(path)
  try {
    return await verifyLog({
      records: reader.records(),
      leafHashes: reader.leafHashes(),
      checkpoints: reader.checkpoints(),
      verifierKey,
    })
  } finally {
    reader.close()
  }
}

export function formatVerification(verification: LogVerification): string {
  if (verification.ok) return `verified: ${verification.treeSize} entries, root ${formatBase64(verification.rootHash)}`
  if (verification.firstBadIndex !== undefined)
    return `NOT verified: first bad entry ${verification.firstBadIndex}: ${verification.reason}`
  if (verification.badRange)
    return `NOT verified: bad entry between ${verification.badRange.start} and ${verification.badRange.end - 1}: ${verification.reason}`
  return `NOT verified: ${verification.reason}`
}

const summarise = (verification: LogVerification) =>
  verification.ok
    ? { ok: true, treeSize: verification.treeSize, rootHash: formatBase64(verification.rootHash) }
    : verification
