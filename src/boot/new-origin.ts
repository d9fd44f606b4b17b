import * as fs from 'node:fs'
import { dirname, join } from 'node:path'
import { type Checkpoint, verifyCheckpoint } from '../audit/checkpoint/checkpoint.ts'
import { type CheckpointRelation, compareCheckpoint } from '../audit/checkpoint/compare-checkpoint.ts'
import { parseVerifierKey } from '../audit/checkpoint/signed-note.ts'
import { type EpochReason, type EpochRecord, formatEpochRecord } from '../audit/record/epoch.ts'
import { parseRecord } from '../audit/record/parse.ts'
import { EMPTY_ROOT } from '../audit/tree/tree.ts'
import { nextOrigin } from '../audit/verify/origins.ts'
import { formatBase64, parseUtf8 } from '../encoding/bytes.ts'
import type { LocalisedText } from '../model/language.ts'
import type { CheckpointSigner, Clock, RandomBytes } from '../ports/keys.ts'
import { type FileCalls, replacePrivateFile, syncDirectory } from '../storage/files/private-file.ts'
import { createAnchor } from '../storage/log/anchor.ts'
import { readAnchored } from '../storage/log/anchor-reading.ts'
import { createCheckpointSigner, generateLogKey } from '../storage/log/checkpoint-signer.ts'
import { openStoppedLog, type StoppedLog } from '../storage/log/stopped-log.ts'
import { DATA_FILES, readNextSigner, readVerifierKeys } from './key-files.ts'

/** A log that cannot continue under its origin gets another, with a key of its own. */

export interface NewOriginOrder {
  /** The data folder. */
  readonly folder: string
  readonly anchorPath: string
  readonly reason: EpochReason
  /** The name of a log with the public address of the gateway; for the reason `moved`. */
  readonly movedTo?: string
  /** A signed checkpoint of this log that was kept elsewhere: by a witness, or in a receipt of a recipient. */
  readonly checkpoint?: string
  readonly clock: Clock
  readonly random: RandomBytes
}

export type NewOrigin =
  | {
      readonly status: 'begun'
      readonly origin: string
      readonly verifierKey: string
      readonly previousOrigin: string
      /** Number of records that the log continues with, and how many more the old origin is known to have signed. */
      readonly inherited: number
      readonly lost: number
    }
  /** An earlier call died half-way and is now complete. */
  | { readonly status: 'completed'; readonly origin: string; readonly verifierKey: string }
  /** Nothing was changed; `reason` says why, and what to do instead. */
  | { readonly status: 'refused'; readonly reason: LocalisedText }
  /** Nothing was changed: the given checkpoint does not verify, for this reason of the audit. */
  | { readonly status: 'unverified'; readonly reason: string }

/**
 * Continues the log of a stopped gateway under a new origin. The tree continues: its records are inherited, and what the old origin
 * signed stays valid under the old key, of which only the public half is kept.
 *
 * Dies at any moment: calling it again completes it. An origin named by a call that died before its record was stored is never
 * used, so that no two trees have one origin.
 *
 * @throws SluisError `not-ready` when the gateway is running or the database is damaged; Error when keys are missing or unreadable
 */
export async function beginNewOrigin(order: NewOriginOrder, calls: FileCalls = fs): Promise<NewOrigin> {
  const stopped = openStoppedLog(join(order.folder, DATA_FILES.database))
  try {
    const next = readNextSigner(order.folder)
    const newest = stopped.origins.at(-1)
    if (next && newest?.verifierKey === next.verifierKey) {
      const { previous } = await readBeginning(stopped)
      installOrigin(order, stopped.head!.note, [...formerKeys(stopped), previous.verifierKey], next, calls)
      return { status: 'completed', origin: next.origin, verifierKey: next.verifierKey }
    }
    return await begin(order, stopped, next, calls)
  } finally {
    stopped.close()
  }
}

async function begin(
  order: NewOriginOrder,
  stopped: StoppedLog,
  abandoned: CheckpointSigner | undefined,
  calls: FileCalls,
): Promise<NewOrigin> {
  const { folder, reason, clock, random } = order
  const keys = readVerifierKeys(folder)
  const identity = await identify(order, stopped, keys)
  if ('status' in identity) return identity
  const { owner, latest } = identity
  const last = await findLastCheckpoint(order, stopped, identity, keys.earlier)
  if ('status' in last) return last
  const { previous } = last
  const inherited = stopped.head?.treeSize ?? 0

  const used = [...keys.earlier, ...stopped.origins.map(({ verifierKey }) => verifierKey), keys.own ?? latest]
  const origin = nameNext(order, [nameOf(latest), ...used.map(nameOf), ...(abandoned ? [abandoned.origin] : [])])
  // 1. The key. Dies here: nobody has seen this origin, and the next call takes the number after it.
  const { privateKey } = generateLogKey(origin, random)
  replacePrivateFile(join(folder, DATA_FILES.nextLogKey), `${privateKey}\n`, calls)
  const signer = createCheckpointSigner({ privateKey })
  const record = formatEpochRecord({
    type: 'epoch',
    at: clock().toISOString(),
    reason,
    origin,
    previous: {
      origin: previous.origin,
      verifierKey: previous.origin === nameOf(latest) ? latest : (owner ?? latest),
      treeSize: previous.treeSize,
      rootHash: formatBase64(previous.rootHash),
    },
    inherited,
    nonce: random(16),
  })
  // 2. The record, its checkpoint and the row of the origin, in one transaction. Dies here: the old key is refused, and the next
  //    call continues below.
  const before = owner ?? latest
  const note = stopped.beginOrigin(signer, record, { origin: nameOf(before), verifierKey: before })
  // 3. Everything outside the database.
  installOrigin(order, note, [...formerKeys(stopped), before, latest], signer, calls)
  return {
    status: 'begun',
    origin,
    verifierKey: signer.verifierKey,
    previousOrigin: previous.origin,
    inherited,
    lost: Math.max(0, previous.treeSize - inherited),
  }
}

/** The new address itself when this log never had it, else with a number. */
function nameNext({ movedTo, reason }: NewOriginOrder, used: readonly [string, ...string[]]): string {
  if (reason !== 'moved' || movedTo === undefined) return nextOrigin(used)
  return used.some((origin) => hostOf(origin) === movedTo) ? nextOrigin([movedTo, ...used]) : movedTo
}

/** The record that the newest origin begins with: it is the last one, because nothing is written before the key is installed. */
async function readBeginning({ head, log }: StoppedLog): Promise<EpochRecord> {
  const [bytes] = await log.records(head!.treeSize - 1, head!.treeSize)
  return parseRecord(parseUtf8(bytes!)) as EpochRecord
}

const formerKeys = ({ origins }: StoppedLog): readonly string[] => origins.map(({ verifierKey }) => verifierKey)

/** Can be repeated from any point at which it died: the key is installed last. */
function installOrigin(
  { folder, anchorPath }: NewOriginOrder,
  note: string,
  ended: readonly string[],
  { verifierKey }: CheckpointSigner,
  calls: FileCalls,
): void {
  const { earlier } = readVerifierKeys(folder)
  const history = [...new Set([...earlier, ...ended])].filter((key) => key !== verifierKey)
  replacePrivateFile(join(folder, DATA_FILES.earlierVerifierKeys), `${history.join('\n')}\n`, calls)
  replacePrivateFile(join(folder, DATA_FILES.verifierKey), `${verifierKey}\n`, calls)
  createAnchor({ path: anchorPath, reportFault() {} }, calls).writeDurably(note)
  calls.renameSync(join(folder, DATA_FILES.nextLogKey), join(folder, DATA_FILES.logKey))
  syncDirectory(dirname(join(folder, DATA_FILES.logKey)), calls)
}

interface Identity {
  /** Verifier key of the newest signature in the database; undefined for a database without entries or origins. */
  readonly owner: string | undefined
  /** Verifier key of the newest origin of the log, also when the database is older. */
  readonly latest: string
}

type Refusal = Extract<NewOrigin, { status: 'refused' | 'unverified' }>

async function identify(
  { anchorPath }: NewOriginOrder,
  { head, origins }: StoppedLog,
  { own, earlier }: { own: string | undefined; earlier: readonly string[] },
): Promise<Identity | Refusal> {
  const owner = origins.at(-1)?.verifierKey ?? (head && (await findSigner(head.note, [own, ...earlier.toReversed()])))
  if (head && (owner === undefined || (await findSigner(head.note, [owner])) === undefined)) {
    return refuse({
      nl: 'geen openbare sleutel in deze map past bij het nieuwste checkpoint; zet `log.pub` van dit logboek terug',
      en: 'no public key of this folder verifies the newest checkpoint; put `log.pub` of this log back',
    })
  }
  const isEarlier = owner === undefined || (owner !== own && earlier.includes(owner))
  const latest = isEarlier ? own : owner
  if (latest === undefined)
    return refuse({
      nl: 'de openbare sleutel van het logboek ontbreekt; zet `log.pub` terug',
      en: 'the public key of the log is not there; put `log.pub` back',
    })
  const isAnotherLog = own !== undefined && own !== latest && !origins.some(({ verifierKey }) => verifierKey === own)
  if (isAnotherLog) {
    const anchor = createAnchor({ path: anchorPath, reportFault() {} })
    if ((await readAnchored(anchor, own, [])).state === 'known')
      return refuse({
        nl: 'de database is van een ander logboek; zet de database terug die bij deze map hoort',
        en: 'the database is that of another log; put the database back that belongs to this folder',
      })
  }
  return { owner, latest }
}

async function findSigner(note: string, keys: readonly (string | undefined)[]): Promise<string | undefined> {
  for (const key of keys) {
    if (key !== undefined && (await verifyCheckpoint(note, parseVerifierKey(key))).ok) return key
  }
  return undefined
}

/** The last known checkpoint of the old origin, if the stated reason agrees with what is known. */
async function findLastCheckpoint(
  { anchorPath, reason, movedTo, checkpoint }: NewOriginOrder,
  { head, log }: StoppedLog,
  { owner, latest }: Identity,
  earlier: readonly string[],
): Promise<{ readonly previous: Checkpoint } | Refusal> {
  const anchor = createAnchor({ path: anchorPath, reportFault() {} })
  const reading = await readAnchored(anchor, latest, earlier)
  const known: { checkpoint: Checkpoint; standing: CheckpointRelation }[] = []
  if (reading.state === 'known') known.push({ ...reading, standing: await compareCheckpoint(log, reading.checkpoint) })
  if (checkpoint !== undefined) {
    const given = await verifyCheckpoint(checkpoint, parseVerifierKey(latest))
    if (!given.ok) return { status: 'unverified', reason: given.reason }
    known.push({ checkpoint: given.checkpoint, standing: await compareCheckpoint(log, given.checkpoint) })
  }
  const [behind, forked] = (['behind', 'forked'] as const).map(
    (standing) =>
      known
        .filter((one) => one.standing === standing)
        .toSorted((a, b) => b.checkpoint.treeSize - a.checkpoint.treeSize)[0]?.checkpoint,
  )
  const isAnchorLost = reading.state !== 'known'
  const fitting: readonly EpochReason[] = behind
    ? ['rolled-back', 'forked', 'key-lost']
    : forked
      ? ['forked']
      : isAnchorLost
        ? ['anchor-lost', 'key-lost']
        : ['key-lost', 'moved']
  if (reason === 'moved' && hostOf(nameOf(latest)) === movedTo)
    return refuse({
      nl: 'het logboek heet al naar dit adres en heeft dus geen nieuwe oorsprong nodig; start de gateway',
      en: 'the log is named after this address already, so it needs no new origin; start the gateway',
    })
  if (!fitting.includes(reason)) return refuse(explainFitting(fitting, isAnchorLost))
  const contradicting = reason === 'forked' ? (forked ?? behind) : behind
  if (contradicting) return { previous: contradicting }
  const signer = owner ?? latest
  const own = head && (await verifyCheckpoint(head.note, parseVerifierKey(signer)))
  if (own?.ok) return { previous: own.checkpoint }
  return { previous: { origin: nameOf(signer), treeSize: 0, rootHash: EMPTY_ROOT } }
}

function explainFitting(fitting: readonly EpochReason[], isAnchorLost: boolean): LocalisedText {
  if (fitting[0] === 'rolled-back')
    return {
      nl: 'het anker gaat verder dan de database; de reden is rolled-back',
      en: 'the anchor goes beyond the database; the reason is rolled-back',
    }
  if (fitting[0] === 'forked')
    return {
      nl: 'de database heeft een andere boom dan die ondertekend is; de reden is forked',
      en: 'the database has another tree than the one that was signed; the reason is forked',
    }
  return isAnchorLost
    ? {
        nl: 'er is geen checkpoint bekend dat de database mist; de reden is anchor-lost, of geef met --checkpoint FILE een checkpoint dat een getuige bewaarde',
        en: 'no checkpoint is known that the database lacks; the reason is anchor-lost, or give one that a witness kept with --checkpoint FILE',
      }
    : {
        nl: 'database en anker passen bij elkaar, dus er is geen nieuwe oorsprong nodig; start de gateway, of geef met --checkpoint FILE een checkpoint dat een getuige bewaarde',
        en: 'database and anchor fit together, so nothing needs a new origin; start the gateway, or give a checkpoint that a witness kept with --checkpoint FILE',
      }
}

const hostOf = (origin: string): string => origin.split('/')[0]!

const nameOf = (verifierKey: string): string => parseVerifierKey(verifierKey).name

const refuse = (reason: LocalisedText): Refusal => ({ status: 'refused', reason })
