import type { Gateway } from '../gateway.ts'

/**
 * The epoch of the pseudonyms of a domain. A domain gets those of a new epoch all at once (`renew-pseudonyms.ts`); one that
 * waits for a key of its recipient keeps what it has, and one where nobody was mentioned yet starts with the newest.
 */
export async function findPseudonymEpoch({ store, keyring }: Gateway, domain: string): Promise<number> {
  const known = (await store.listDomains()).find((one) => one.domain === domain)
  return known?.pseudonymEpoch ?? keyring.epochs('pseudonym')[0]!
}
