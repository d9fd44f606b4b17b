import { type Context, Hono } from 'hono'
import { type AddCheckpoint, MAX_ADD_CHECKPOINT_BYTES, parseAddCheckpoint } from '../audit/checkpoint/add-checkpoint.ts'
import { type Checkpoint, parseCheckpointBody } from '../audit/checkpoint/checkpoint.ts'
import { formatNote, parseNote, type VerifierKey, verifyNote } from '../audit/checkpoint/signed-note.ts'
import { verifyConsistency } from '../audit/tree/proofs.ts'
import { EMPTY_ROOT, isSameHash } from '../audit/tree/tree.ts'
import { readBounded } from '../encoding/bounded-body.ts'
import { parseUtf8 } from '../encoding/bytes.ts'
import type { Clock, Cosigner } from '../ports/keys.ts'
import type { WitnessedCheckpoint, WitnessStore } from './witness-store.ts'

export interface WitnessOptions {
  /** Keys of the logs that it cosigns for. A log is identified by the name of its key and may have several keys. */
  readonly logs: readonly VerifierKey[]
  readonly store: WitnessStore
  readonly cosigner: Cosigner
  readonly clock: Clock
  /** Called with a failure to store a checkpoint, or another internal fault. */
  readonly reportFault: (error: unknown) => void
}

/** Response of a witness to a checkpoint of a known log. */
type Decision =
  | { readonly status: 'cosigned'; readonly line: string; readonly next: WitnessedCheckpoint }
  /** The old size in the request is not the size that was cosigned last. */
  | { readonly status: 'conflict'; readonly treeSize: number }
  /** The checkpoint does not extend the one that was cosigned last, or the request does not prove it. */
  | { readonly status: 'inconsistent' }

const PLAIN = 'text/plain; charset=utf-8'

/**
 * A witness: cosigns the checkpoints of a log as long as each extends the previous one. It stores a checkpoint before it
 * responds, so that it never cosigns two trees of one size, whatever happens to the process.
 *
 * @see C2SP tlog-witness
 */
export function createWitness(options: WitnessOptions): { fetch(request: Request): Promise<Response> } {
  const { store, reportFault } = options
  const keysOf = Map.groupBy(options.logs, ({ name }) => name)
  const app = new Hono()

  app.use(async (context, next) => {
    await next()
    context.header('x-content-type-options', 'nosniff')
  })

  app.post('/add-checkpoint', async (context) => {
    const request = await readRequest(context.req.raw)
    if (typeof request === 'string') return context.text(`${request}\n`, 400)
    const keys = keysOf.get(request.checkpoint.origin)
    if (keys === undefined) return context.text('this witness does not know the log; have its key added\n', 404)
    const verification = await verifyNote(request.note, keys)
    if (!verification.ok) return context.text('no signature is by a key of the log, or one fails; sign it again\n', 403)
    if (request.oldSize > request.checkpoint.treeSize)
      return context.text('request: the old size is above that of the checkpoint; send the newest checkpoint\n', 400)
    const signatures = verification.signatures.map(({ key, signature }) => ({ ...key, signature }))
    const decision = store.advance(request.checkpoint.origin, (latest) =>
      decide({ ...request, note: formatNote(verification.text, signatures) }, verification.text, latest, options),
    )
    return answer(context, decision)
  })

  app.get('/:originHash/checkpoint', (context) => {
    const found = store.find(context.req.param('originHash'))
    if (found === undefined) return context.text('nothing was cosigned for such a log\n', 404)
    return context.body(found.note, 200, { 'content-type': PLAIN, 'cache-control': 'no-cache' })
  })

  app.all('/add-checkpoint', (context) => context.text('send it with POST\n', 405, { allow: 'POST' }))
  app.all('/:originHash/checkpoint', (context) => context.text('fetch it with GET\n', 405, { allow: 'GET, HEAD' }))
  app.notFound((context) => context.text('there is nothing here\n', 404))
  app.onError((error, context) => {
    reportFault(error)
    return context.text('the witness cannot keep a checkpoint now; try again later\n', 503, { 'retry-after': '5' })
  })
  return { fetch: async (request) => app.fetch(request) }
}

interface Submission extends Omit<AddCheckpoint, 'checkpoint'> {
  readonly checkpoint: Checkpoint
  readonly note: string
}

/** Decides on a checkpoint that may extend the newest one, and cosigns it. */
function decide(
  { oldSize, proof, checkpoint, note }: Submission,
  text: string,
  latest: WitnessedCheckpoint | undefined,
  { cosigner, clock }: Pick<WitnessOptions, 'cosigner' | 'clock'>,
): Decision & { readonly next?: WitnessedCheckpoint } {
  const { treeSize, rootHash } = checkpoint
  const known = latest ?? { treeSize: 0, rootHash: EMPTY_ROOT, time: 0 }
  if (oldSize !== known.treeSize) return { status: 'conflict', treeSize: known.treeSize }
  const isContinuation =
    treeSize === oldSize || oldSize === 0
      ? proof.length === 0 && (treeSize !== oldSize || isSameHash(rootHash, known.rootHash))
      : verifyConsistency({ size1: oldSize, size2: treeSize, root1: known.rootHash, root2: rootHash, proof })
  if (!isContinuation) return { status: 'inconsistent' }
  // When the clock went back, a later cosignature must not look older than an earlier one.
  const time = Math.max(Math.floor(clock().getTime() / 1000), known.time)
  const line = cosigner.cosign(time, text)
  return { status: 'cosigned', line, next: { treeSize, rootHash, time, note: note + line } }
}

function answer(context: Context, decision: Decision): Response {
  switch (decision.status) {
    case 'cosigned':
      return context.body(decision.line, 200, { 'content-type': PLAIN })
    case 'conflict':
      return context.body(`${decision.treeSize}\n`, 409, { 'content-type': 'text/x.tlog.size' })
    case 'inconsistent':
      return context.text('the checkpoint is not proven to continue the one that was cosigned last\n', 422)
  }
}

/** The parsed request, or what is wrong with it. Nothing is verified yet. */
async function readRequest(request: Request): Promise<Submission | string> {
  const bytes = await readBounded(request.body, MAX_ADD_CHECKPOINT_BYTES)
  if (bytes.length > MAX_ADD_CHECKPOINT_BYTES) return `request: is above ${MAX_ADD_CHECKPOINT_BYTES} bytes; send less`
  const body = tryUtf8(bytes)
  if (body === undefined) return 'request: is not UTF-8; send it as UTF-8'
  try {
    const { oldSize, proof, checkpoint: note } = parseAddCheckpoint(body)
    return { oldSize, proof, note, checkpoint: parseCheckpointBody(parseNote(note).text) }
  } catch (error) {
    if (error instanceof SyntaxError) return error.message
    throw error
  }
}

function tryUtf8(bytes: Uint8Array): string | undefined {
  try {
    return parseUtf8(bytes)
  } catch {
    return undefined
  }
}
