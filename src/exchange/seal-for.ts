import { SluisError, sluisError } from '../errors.ts'
import type { Gateway } from './gateway.ts'

/**
 * Seals JSON text to a recipient.
 * @throws SluisError `recipient-without-key`, which tells the sender whom to ask: nothing in its own report is wrong
 */
export async function sealFor(
  { sealer, policySet, operatorContact }: Pick<Gateway, 'sealer' | 'policySet' | 'operatorContact'>,
  recipient: string,
  plaintext: Uint8Array,
): Promise<string> {
  try {
    return await sealer.seal(recipient, plaintext)
  } catch (cause) {
    if (!(cause instanceof SluisError && cause.code === 'recipient-without-key')) throw cause
    const party = policySet.parties.get(recipient)
    const label = party?.label ?? { nl: recipient, en: recipient }
    const address = operatorContact === undefined ? '' : ` (${operatorContact})`
    const contact = party?.contact
    throw sluisError(
      'recipient-without-key',
      {
        nl: `${label.nl} heeft nog geen sleutel om voor te verzegelen; er is niets verzonden; vraag ${contact ? `${contact.nl}, of ` : ''}de beheerder van deze gateway${address} om een sleutel, en stuur het bericht daarna opnieuw`,
        en: `${label.en} has no key to seal to yet; nothing was sent; ask ${contact ? `${contact.en}, or ` : ''}the operator of this gateway${address} for a key, and then send the body again`,
      },
      { cause },
    )
  }
}
