import type { AdapterFactory, AdapterPayload } from 'oidc-provider'

/** What the provider of the demo remembers, for as long as the demo runs. */
export function createProviderMemory(): AdapterFactory {
  const payloads = new Map<string, AdapterPayload>()
  return (model) => {
    const keyOf = (id: string) => `${model} ${id}`
    return {
      async upsert(id, payload) {
        payloads.set(keyOf(id), payload)
      },
      async find(id) {
        return payloads.get(keyOf(id))
      },
      async findByUid(uid) {
        return [...payloads.values()].find((payload) => payload.kind === model && payload.uid === uid)
      },
      // For devices without a browser, which the demo has none of.
      async findByUserCode() {},
      async consume(id) {
        const payload = payloads.get(keyOf(id))
        if (payload) payload.consumed = true
      },
      async destroy(id) {
        payloads.delete(keyOf(id))
      },
      async revokeByGrantId(grantId) {
        for (const [key, payload] of payloads) if (payload.grantId === grantId) payloads.delete(key)
      },
    }
  }
}
