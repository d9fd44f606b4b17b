import { type LogVerification, verifyLog } from '../../audit/verify/verify.ts'
import { formatBase64 } from '../../encoding/bytes.ts'
import type { Language } from '../../model/language.ts'
import { openSqliteReader } from '../../storage/better-sqlite.ts'
import { nativeLeafHash } from '../../storage/log/native-leaf-hash.ts'
import { visibleText } from '../terminal/visible-text.ts'
import { formatReason } from '../verification/reasons.ts'
import { VERIFY_WORDS } from './verify-words.ts'

/**
 * Verifies the log in a database file, or in a copy of one, with a verifier key for each of its origins.
 * @param onRecord called for each record with how many were read, of how many, and its bytes; the log is not verified yet then
 * @throws Error when the file cannot be read as a database of Sluis
 */
export async function verifyDatabase(
  path: string,
  verifierKeys: string | readonly string[],
  onRecord: (done: number, total: number, record: Uint8Array) => void = () => undefined,
): Promise<LogVerification> {
  const reader = openSqliteReader(path)
  async function* watched(): AsyncGenerator<Uint8Array> {
    let done = 0
    for await (const record of reader.records()) {
      onRecord(++done, reader.size, record)
      yield record
    }
  }
  try {
    return await verifyLog({
      records: watched(),
      leafHashes: reader.leafHashes(),
      checkpoints: reader.checkpoints(),
      verifierKeys: [verifierKeys].flat(),
      hashLeaf: nativeLeafHash,
    })
  } finally {
    reader.close()
  }
}

/** The result of a verification in one line, and one more for each change of origin. */
export function formatVerification(verification: LogVerification, language: Language = 'en'): string {
  const words = VERIFY_WORDS[language]
  if (verification.ok) {
    const { treeSize, rootHash, originChanges = [] } = verification
    return [
      words.verified(treeSize, formatBase64(rootHash)),
      ...originChanges.map(
        ({ leafIndex, origin, reason, lost }) =>
          `${words.epoch(leafIndex, visibleText(origin), visibleText(reason))}${lost > 0 ? words.lost(lost) : ''}`,
      ),
    ].join('\n')
  }
  const reason = visibleText(formatReason(verification.reason, language))
  if (verification.firstBadIndex !== undefined) return words.badEntry(verification.firstBadIndex, reason)
  if (verification.badRange) return words.badRange(verification.badRange.start, verification.badRange.end - 1, reason)
  return words.notVerified(reason)
}
