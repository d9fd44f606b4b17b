import { formatBase64Url, formatUtf8 } from '../encoding/bytes.ts'
import type { Keyring } from '../ports/keys.ts'
import type { Store } from '../ports/store.ts'

/**
 * Remembers token ids (`jti`, RFC 7519 §4.1.7) by a keyed hash. Who signs the token chooses its id, and what somebody else chooses
 * never enters the database as it is: it could say something about a person. Every epoch counts, so that what was used before a
 * rotation cannot be used again after it.
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
      // An id of which nothing could be remembered is not accepted.
      return areNew.length > 0 && areNew.every((isNew) => isNew)
    },
  }
}
