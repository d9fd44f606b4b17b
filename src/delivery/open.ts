import { type CryptoKey, type GeneralJWE, generalDecrypt } from 'jose'
import { sluisError } from '../errors.ts'
import type { PrivateJwk } from '../model/party.ts'
import { CONTENT_ENCRYPTION, KEY_AGREEMENT } from './keys.ts'

/** A private key that Web Crypto keeps and shows to nobody, with the `kid` of its public half. */
export interface HeldKey {
  readonly kid: string
  readonly held: CryptoKey
}

/**
 * Opens sealed content with the private key of the recipient that it was sealed to, and removes the padding.
 *
 * @returns the JSON text that was sealed, as UTF-8
 * @throws SluisError `value-invalid` when this is not sealed content or was changed; `recipient-without-key` when it was
 *   not sealed to any of the keys
 * @see RFC 7516 §5.2
 */
export async function openSealed(sealed: string, privateKeys: readonly (PrivateJwk | HeldKey)[]): Promise<Uint8Array> {
  const jwe = parseJwe(sealed)
  const kids = jwe.recipients.map(({ header }) => header?.kid)
  const key = privateKeys.find(({ kid }) => kids.includes(kid))
  if (key === undefined) {
    throw sluisError('recipient-without-key', {
      nl: 'verzegelde inhoud: voor geen van deze sleutels; neem de private sleutel waarvan de `kid` bij `recipients` staat',
      en: 'sealed content: for none of these keys; use the private key whose `kid` is among the `recipients`',
    })
  }
  const recipients = jwe.recipients.filter(({ header }) => header?.kid === key.kid)
  try {
    const { plaintext } = await generalDecrypt(
      { ...jwe, recipients },
      typeof key.held === 'object' ? key.held : { ...(key as PrivateJwk) },
      {
        keyManagementAlgorithms: [KEY_AGREEMENT],
        contentEncryptionAlgorithms: [CONTENT_ENCRYPTION],
        maxDecompressedLength: 0,
      },
    )
    return plaintext.subarray(0, plaintext.findLastIndex((byte) => byte !== 0x20) + 1)
  } catch (cause) {
    throw sluisError(
      'value-invalid',
      {
        nl: 'verzegelde inhoud: gewijzigd, afgekapt of met een andere sleutel verzegeld; haal de levering opnieuw op',
        en: 'sealed content: changed, cut off or sealed to another key; pull the delivery again',
      },
      { cause },
    )
  }
}

function parseJwe(sealed: string): GeneralJWE {
  try {
    const jwe: GeneralJWE = JSON.parse(sealed)
    if (Array.isArray(jwe.recipients) && jwe.recipients.every((recipient) => recipient?.header instanceof Object))
      return jwe
  } catch {
    // Reported below, together with JSON of another form.
  }
  throw sluisError('value-invalid', {
    nl: 'verzegelde inhoud: geen JWE in algemene JSON-vorm; geef het onderdeel `sealed` van de levering ongewijzigd door',
    en: 'sealed content: not a JWE in general JSON serialisation; pass the `sealed` member of the delivery unchanged',
  })
}
