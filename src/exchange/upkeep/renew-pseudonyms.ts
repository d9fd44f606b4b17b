import { sealedHash } from '../../audit/record/envelope.ts'
import { formatKeyRecord } from '../../audit/record/key.ts'
import { formatUtf8 } from '../../encoding/bytes.ts'
import { SluisError } from '../../errors.ts'
import type { NewNotice } from '../../ports/commit.ts'
import { derivePseudonyms } from '../../pseudonym/pseudonym.ts'
import type { Gateway } from '../gateway.ts'
import { sealNotice } from '../notices.ts'
import { commitKeys } from './commit-keys.ts'

/** A domain that keeps its old pseudonyms, because its recipient has no key to seal the list to. */
export interface SkippedDomain {
  readonly domain: string
  readonly recipient: string
}

interface Renewal {
  readonly domain: string
  readonly recipient: string
  readonly from: number
  readonly to: number
}

/** Some 50 KB before sealing. */
const PERSONS_PER_NOTICE = 500
/** Bounds the memory of one commit at a few megabytes. */
const NOTICES_PER_COMMIT = 20

/**
 * Gives every domain the pseudonyms of the newest epoch, and informs its recipient, and nobody else, which replaced which. Needs no
 * identifiers. Run it before anything is served, so that a recipient never sees two pseudonyms of one person at one moment.
 *
 * A domain of up to 10,000 persons is renewed whole or not at all. A larger one is renewed in parts, and its epoch changes with
 * the last. Dies in between: the next start begins the domain again, so that its recipient gets some lists twice, with the same
 * pseudonyms. A domain whose recipient has no key is skipped.
 *
 * @throws SluisError `log-unavailable`
 */
export async function renewPseudonyms(gateway: Gateway): Promise<readonly SkippedDomain[]> {
  const to = gateway.keyring.epochs('pseudonym')[0]!
  const skipped: SkippedDomain[] = []
  for (const { domain, recipient, pseudonymEpoch: from } of await gateway.store.listDomains()) {
    if (from === to) continue
    try {
      await renewDomain(gateway, { domain, recipient, from, to })
    } catch (error) {
      if (!(error instanceof SluisError) || error.code !== 'recipient-without-key') throw error
      skipped.push({ domain, recipient })
    }
  }
  return skipped
}

async function renewDomain(gateway: Gateway, renewal: Renewal): Promise<void> {
  const { domain, recipient, to: epoch } = renewal
  let after = ''
  let isLast = false
  while (!isLast) {
    const notices: NewNotice[] = []
    while (!isLast && notices.length < NOTICES_PER_COMMIT) {
      const persons = await gateway.store.listPersons(domain, after, PERSONS_PER_NOTICE)
      if (persons.length > 0) notices.push(await formNotice(gateway, renewal, persons))
      isLast = persons.length < PERSONS_PER_NOTICE
      after = persons.at(-1) ?? after
    }
    await commitKeys(gateway, {
      record: formatKeyRecord({
        type: 'key',
        at: gateway.clock().toISOString(),
        step: isLast ? 'renewed' : 'renewing',
        domain,
        recipient,
        epoch,
        nonce: gateway.random(16),
      }),
      notices,
      ...(isLast && { keys: { pseudonymEpoch: { domain, epoch } } }),
    })
  }
}

async function formNotice(
  gateway: Gateway,
  { domain, recipient, from, to }: Renewal,
  persons: readonly string[],
): Promise<NewNotice> {
  const before = await derivePseudonyms(gateway.keyring, domain, from, persons)
  const after = await derivePseudonyms(gateway.keyring, domain, to, persons)
  const notice = await sealNotice(gateway, recipient, {
    type: 'pseudonyms-renewed',
    domain,
    epoch: to,
    pseudonyms: persons.map((_, index) => ({ from: before[index]!, to: after[index]! })),
  })
  const record = formatKeyRecord({
    type: 'key',
    at: notice.at,
    step: 'replaced',
    domain,
    recipient,
    epoch: to,
    deliveryId: notice.deliveryId,
    sealed: sealedHash(formatUtf8(notice.sealed)),
    nonce: gateway.random(16),
  })
  return { ...notice, record }
}
