import { formatPolicyRecord } from '../audit/record.ts'
import { formatCanonicalJson } from '../canonical-json.ts'
import type { Gateway } from './gateway.ts'

/**
 * Puts the loaded rule set in force: archives its full text under its hash and records the change, in one commit.
 * Does nothing when the set was in force already, so that it can run at every start.
 * @throws SluisError `log-unavailable`
 */
export async function activatePolicySet(gateway: Gateway): Promise<void> {
  const { policyHash, sourceHash, texts } = gateway.policySet
  const previous = await gateway.store.findActivePolicyHash()
  if (previous === policyHash) return
  const at = gateway.clock().toISOString()
  const content = formatCanonicalJson(Object.fromEntries(texts.map(({ path, text }) => [path, text])))
  await gateway.queue.commit({
    record: formatPolicyRecord({
      type: 'policy',
      at,
      policyHash,
      sourceHash,
      ...(previous !== undefined && { previous }),
      nonce: gateway.random(16),
    }),
    policyArchive: { policyHash, sourceHash, content, at },
  })
}
