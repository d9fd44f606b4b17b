import type { Gateway } from '../gateway.ts'

/**
 * The epoch of the pseudonyms of a domain. A domain gets the pseudonyms of a new epoch all at once (`renew-pseudonyms.ts`); a domain
 * whose recipient has no key keeps its own, and a domain in which nobody was mentioned yet starts with the newest.
 */
export async function findPseudonymEpoch(
  { store, keyring }: Pick<Gateway, 'store' | 'keyring'>,
  domain: string,
): Promise<number> {
  const known = (await store.listDomains()).find((one) => one.domain === domain)
  return known?.pseudonymEpoch ?? keyring.epochs('pseudonym')[0]!
}
