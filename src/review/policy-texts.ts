import type { Gateway } from '../exchange/gateway.ts'
import { parseArchive } from '../exchange/rule-sets/archived.ts'
import { recordLogUse } from './log-use.ts'

/** A rule set as it was put in force. */
export interface PolicyTexts {
  readonly policyHash: string
  readonly sourceHash: string
  /** Path to text. */
  readonly files: { readonly [path: string]: string }
}

/**
 * The texts of a rule set by the hash that records name. Undefined when no set was ever in force under it. The use of the log is
 * recorded before the answer leaves.
 *
 * @param by client id
 * @throws SluisError `log-unavailable`
 */
export async function findPolicyTexts(
  gateway: Gateway,
  by: string,
  policyHash: string,
): Promise<PolicyTexts | undefined> {
  const archive = await gateway.store.findPolicyArchive(policyHash)
  await recordLogUse(gateway, { by, use: 'policies', start: 0, end: 0, found: archive ? 1 : 0 })
  if (!archive) return undefined
  const files = Object.fromEntries(parseArchive(archive.content).map(({ path, text }) => [path, text]))
  return { policyHash, sourceHash: archive.sourceHash, files }
}
