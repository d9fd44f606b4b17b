import { verifyCheckpointOfAny } from '../../audit/checkpoint/checkpoint.ts'
import { parseVerifierKey } from '../../audit/checkpoint/signed-note.ts'
import { formatTilePath, TILE_WIDTH } from '../../audit/tree/tiles.ts'
import { createTileReader, type FetchTile } from '../../audit/verify/tile-reader.ts'
import type { LogVerification } from '../../audit/verify/verify.ts'
import { verifyTiledLog } from '../../audit/verify/verify-tiled-log.ts'
import type { Client } from '../../auth/client.ts'
import { readBounded } from '../../encoding/bounded-body.ts'
import { parseUtf8 } from '../../encoding/bytes.ts'
import { nativeLeafHash } from '../../storage/log/native-leaf-hash.ts'
import { CommandError } from '../terminal/failure.ts'

const MAX_NOTE_BYTES = 65_536
const MAX_TILE_BYTES = 8192
const MAX_BUNDLE_BYTES = TILE_WIDTH * 65_537

export interface OnlineVerification {
  readonly verification: LogVerification
  /** The checkpoint that was verified against, byte for byte; undefined when none is served. */
  readonly note: string | undefined
  /** False when no client could read the records: then only hashes and signature were verified. */
  readonly hasRecords: boolean
}

/**
 * Verifies a log as it is served (C2SP tlog-tiles). Without a client for the records only the signature and the tree of hashes are
 * verified; that says nothing about the content of the records.
 *
 * @param prefix of the log: where `checkpoint` and `tile/` are, without a slash at the end
 * @param client reads the entry bundles
 * @param onEntries called with every bundle as it was fetched, not yet verified
 * @throws Error when the log cannot be fetched; then nothing is known about it
 */
export async function verifyOnline(
  prefix: string,
  verifierKeys: readonly string[],
  client: Client | undefined,
  onProgress: (done: number, total: number) => void,
  onEntries: (bundle: Uint8Array) => void = () => undefined,
): Promise<OnlineVerification> {
  // A redirect is not followed: the operator gave the address of the log.
  const fetchPublic = (path: string) =>
    fetch(`${prefix}/${path}`, { redirect: 'manual', signal: AbortSignal.timeout(30_000) })
  const checkpoint = await fetchFile(prefix, 'checkpoint', fetchPublic, MAX_NOTE_BYTES)
  const note = checkpoint && asText(checkpoint)
  const origin = note?.slice(0, note.indexOf('\n'))
  const verifierKey =
    verifierKeys.find((key) => origin !== undefined && key.startsWith(`${origin}+`)) ?? verifierKeys[0]!
  const fetchTile: FetchTile = (tile) => fetchFile(prefix, `tile/${formatTilePath(tile)}`, fetchPublic, MAX_TILE_BYTES)
  if (client === undefined) {
    const verification = await verifyHashes(note, verifierKey, fetchTile, onProgress)
    return { verification, note, hasRecords: false }
  }
  const fetchEntries: FetchTile = async (tile) => {
    const read = (path: string) => client.request('GET', `/${path}`)
    const bundle = await fetchFile(prefix, `tile/${formatTilePath(tile)}`, read, MAX_BUNDLE_BYTES)
    if (bundle) onEntries(bundle)
    return bundle
  }
  const fetchCheckpoint = async () => checkpoint
  const verification = await verifyTiledLog({
    fetchCheckpoint,
    fetchTile,
    fetchEntries,
    verifierKey,
    hashLeaf: nativeLeafHash,
    onProgress,
  })
  return { verification, note, hasRecords: true }
}

/** Verifies the signature, and every tile of hashes against the root. */
async function verifyHashes(
  note: string | undefined,
  verifierKey: string,
  fetchTile: FetchTile,
  onProgress: (done: number, total: number) => void,
): Promise<LogVerification> {
  if (note === undefined) {
    return { ok: false, reason: 'checkpoint: is not served, so nothing proves the log; ask its operator why' }
  }
  try {
    const verification = await verifyCheckpointOfAny(note, [parseVerifierKey(verifierKey)])
    if (!verification.ok) return verification
    const { treeSize, rootHash } = verification.checkpoint
    const reader = createTileReader(verification.checkpoint, fetchTile)
    for (let start = 0; start < treeSize; start += TILE_WIDTH) {
      const end = Math.min(start + TILE_WIDTH, treeSize)
      await reader.hashes(0, start, end)
      onProgress(end, treeSize)
    }
    return { ok: true, treeSize, rootHash }
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, reason: error.message }
    throw error
  }
}

/** A file of the log; undefined for 404. One that is too long to be valid is truncated, and then fails verification. */
async function fetchFile(
  prefix: string,
  path: string,
  request: (path: string) => Promise<Response>,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const response = await request(path).catch((cause: unknown) => {
    throw new CommandError(
      {
        nl: `${prefix}/${path}: is niet op te halen; controleer het adres en of het logboek bereikbaar is`,
        en: `${prefix}/${path}: cannot be fetched; check the address and whether the log is up`,
      },
      { cause },
    )
  })
  if (response.ok) return readBounded(response.body, maxBytes)
  await response.body?.cancel()
  if (response.status === 404) return undefined
  throw new CommandError({
    nl: `${prefix}/${path}: HTTP ${response.status}; over het logboek is niets bekend zolang het niet antwoordt`,
    en: `${prefix}/${path}: HTTP ${response.status}; nothing is known about the log until it answers`,
  })
}

function asText(bytes: Uint8Array): string {
  try {
    return parseUtf8(bytes)
  } catch {
    return ''
  }
}
