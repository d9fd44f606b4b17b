import { formatBase64Url, formatUtf8 } from '../encoding/bytes.ts'
import type { Keyring } from '../ports/keys.ts'
import type { Store } from '../ports/store.ts'

/**
 * Remembers token ids (`jti`, RFC 7519 §4.1.7) by a keyed hash. The signer of a token chooses its id, and text chosen by others is
 * never stored as it is: it could contain personal data. Every epoch is checked, so that a token used before a rotation cannot be
 * used again after it.
 */
export function keyJtis(
  store: Pick<Store, 'rememberJti'>,
  keyring: Pick<Keyring, 'epochs' | 'mac'>,
): Pick<Store, 'rememberJti'> {
  return {
    async rememberJti(issuer, jti, expiresAt, now) {
      const areNew = await Promise.all(
        keyring.epochs('idempotency').map(async (epoch) => {
          const path = { use: 'idempotency', domain: issuer, family: 'jti', epoch } as const
          const [code] = await keyring.mac(path, [formatUtf8(jti)])
          return store.rememberJti(issuer, formatBase64Url(code!), expiresAt, now)
        }),
      )
      // An id that could not be remembered is not accepted.
      return areNew.length > 0 && areNew.every((isNew) => isNew)
    },
  }
}
