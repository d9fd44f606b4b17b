import { type Client, createClient } from '../../auth/client.ts'
import type { Settings } from '../../boot/settings.ts'
import { CommandError } from '../terminal/failure.ts'
import { readPartyKeys } from './party-folder.ts'

/**
 * A client that acts as a party towards a gateway.
 * @param address of the gateway; the issuer of the settings when absent
 * @throws UsageError when the party has no keys in the folder of the settings
 */
export function openClient(
  settings: Pick<Settings, 'issuer' | 'partyFolder'>,
  party: string,
  address?: string,
): Promise<Client> {
  const issuer = address ?? settings.issuer
  return createClient({
    issuer,
    party,
    signingKey: readPartyKeys(settings.partyFolder, party).signing,
    fetch: (request) =>
      fetch(request).catch((cause: unknown) => {
        throw new CommandError(
          {
            nl: `${issuer}: op dit adres antwoordt geen gateway; start hem, of zet PORT of SLUIS_ISSUER`,
            en: `${issuer}: no gateway answers at this address; start it, or set PORT or SLUIS_ISSUER`,
          },
          {
            cause,
          },
        )
      }),
    now: () => new Date(),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  })
}
