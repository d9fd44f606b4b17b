import { SluisError, sluisError } from '../errors.ts'
import { isExpired } from '../model/party.ts'
import { legalDate } from '../policy/legal-date.ts'
import type { Gateway } from './gateway.ts'

/** What sealing to a party needs, its errors included. */
export type SealingGateway = Pick<Gateway, 'sealer' | 'policySet' | 'operatorContact' | 'partyKeys' | 'clock'>

/**
 * Seals JSON text to a recipient.
 * @param keys `all` for what holds nothing of persons and must not wait for a new key
 * @throws SluisError `recipient-without-key`, which tells the sender whom to ask: nothing in its own report is wrong
 */
export async function sealFor(
  gateway: SealingGateway,
  recipient: string,
  plaintext: Uint8Array,
  keys: 'valid' | 'all' = 'valid',
): Promise<string> {
  const { sealer, policySet, operatorContact } = gateway
  try {
    return await sealer.seal(recipient, plaintext, keys)
  } catch (cause) {
    if (!(cause instanceof SluisError && cause.code === 'recipient-without-key')) throw cause
    const party = policySet.parties.get(recipient)
    const label = party?.label ?? { nl: recipient, en: recipient }
    const address = operatorContact === undefined ? '' : ` (${operatorContact})`
    const contact = party?.contact
    const expired = findLastDay(gateway, recipient)
    const found = expired
      ? {
          nl: `de sleutel om voor ${label.nl} te verzegelen was geldig tot en met ${expired}`,
          en: `the key to seal to ${label.en} was valid until ${expired}`,
        }
      : {
          nl: `${label.nl} heeft nog geen sleutel om voor te verzegelen`,
          en: `${label.en} has no key to seal to yet`,
        }
    const wanted = expired ? { nl: 'een nieuwe sleutel', en: 'a new key' } : { nl: 'een sleutel', en: 'a key' }
    throw sluisError(
      'recipient-without-key',
      {
        nl: `${found.nl}; er is niets verzonden; vraag ${contact ? `${contact.nl}, of ` : ''}de beheerder van deze gateway${address} om ${wanted.nl}, en stuur het bericht daarna opnieuw`,
        en: `${found.en}; nothing was sent; ask ${contact ? `${contact.en}, or ` : ''}the operator of this gateway${address} for ${wanted.en}, and then send the body again`,
      },
      { cause },
    )
  }
}

/** The last day of the newest encryption key, when every one has expired. */
function findLastDay(
  { partyKeys, clock }: Pick<Gateway, 'partyKeys' | 'clock'>,
  recipient: string,
): string | undefined {
  const keys = partyKeys.find(recipient, 'enc')
  const today = legalDate(clock())
  if (!keys.every((key) => isExpired(key, today))) return undefined
  return keys
    .flatMap(({ expires }) => expires ?? [])
    .toSorted()
    .at(-1)
}
