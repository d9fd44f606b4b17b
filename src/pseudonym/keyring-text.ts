import { z } from 'zod'
import { formatBase64Url, parseBase64Url } from '../encoding/bytes.ts'
import { type Secret, secret } from '../model/secret.ts'
import { type KeyEpoch, type KeyringMaterial, MASTER_SECRET_BYTES, SERVED_USES } from './keyring.ts'

/** The text of a keyring, for a file or a secret of the platform. */

const number = z.int().min(1)
const text = z.discriminatedUnion('version', [
  // From before epochs had uses and a date: each served every use.
  z.strictObject({
    version: z.literal(1),
    currentEpoch: number,
    epochs: z.array(z.strictObject({ epoch: number, secret: z.string() })).min(1),
  }),
  z.strictObject({
    version: z.literal(2),
    epochs: z
      .array(
        z.strictObject({
          epoch: number,
          created: z.exactOptional(z.iso.date()),
          uses: z.array(z.enum(SERVED_USES)),
          secret: z.string(),
        }),
      )
      .min(1),
  }),
])

/** The JSON form of a keyring, epochs in rising order. The result holds the secrets in the clear. */
export function formatKeyring({ epochs }: KeyringMaterial): string {
  const list = [...epochs]
    .sort((a, b) => a.epoch - b.epoch)
    .map(({ epoch, created, uses, secret: master }) => ({
      epoch,
      ...(created !== undefined && { created }),
      uses: SERVED_USES.filter((use) => uses.includes(use)),
      secret: formatBase64Url(master.reveal()),
    }))
  return `${JSON.stringify({ version: 2, epochs: list }, null, 2)}\n`
}

/**
 * Parses `{ "version": 2, "epochs": [{ "epoch": 1, "created": "2026-11-22", "uses": ["match"], "secret": "<base64url>" }] }`,
 * and version 1, whose epochs have no date and no uses.
 *
 * @throws SyntaxError that names the wrong member and never quotes the text
 */
export function parseKeyring(source: string): KeyringMaterial {
  const parsed = text.safeParse(parseJson(source))
  if (!parsed.success) {
    // Only the positions: messages of a schema validator can quote values and member names.
    const places = parsed.error.issues.map((issue) =>
      issue.path.length === 0 ? 'the whole text' : issue.path.join('.'),
    )
    throw new SyntaxError(
      `keyring: ${places.join(', ')} does not fit; write version 2 and epochs with epoch, created, uses and secret`,
    )
  }
  const { data } = parsed
  const epochs: KeyEpoch[] = []
  for (const [index, entry] of data.epochs.entries()) {
    if (epochs.some(({ epoch }) => epoch === entry.epoch)) {
      throw new SyntaxError(`keyring: epochs.${index}.epoch is listed twice; give every epoch one secret`)
    }
    epochs.push({ uses: SERVED_USES, ...entry, secret: parseSecret(entry.secret, index) })
  }
  if (data.version === 1 && data.currentEpoch !== Math.max(...epochs.map(({ epoch }) => epoch))) {
    throw new SyntaxError('keyring: currentEpoch is not the newest of epochs; restore the keyring from its backup')
  }
  return { epochs }
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch {
    // The engine's own message quotes part of the text, so it is neither repeated nor set as the cause.
    throw new SyntaxError('keyring: not JSON; restore the text from its backup')
  }
}

function parseSecret(encoded: string, index: number): Secret {
  let bytes: Uint8Array
  try {
    bytes = parseBase64Url(encoded)
  } catch {
    throw new SyntaxError(`keyring: epochs.${index}.secret is not base64url; write it without padding (RFC 4648 §5)`)
  }
  if (bytes.length < MASTER_SECRET_BYTES) {
    throw new SyntaxError(
      `keyring: epochs.${index}.secret is too short; use at least ${MASTER_SECRET_BYTES} random bytes`,
    )
  }
  return secret(bytes)
}
