import { type Client, createClient } from '../../auth/client.ts'
import { parseSettings, type Settings } from '../../boot/settings.ts'
import { type Terminal, UsageError } from '../terminal/command.ts'
import { readPartyKeys } from './party-folder.ts'

/** The settings of this run. @throws UsageError that names every setting that does not fit */
export function readSettings(terminal: Terminal): Settings {
  const parsed = parseSettings(terminal.environment)
  if (!parsed.ok) throw new UsageError(parsed.faults.join('\n'))
  return parsed.settings
}

/**
 * A client that acts as a party towards a gateway.
 * @param address of the gateway; that of the settings when absent
 * @throws UsageError when its keys are not there
 */
export function openClient(terminal: Terminal, party: string, address?: string): Promise<Client> {
  const settings = readSettings(terminal)
  const issuer = address ?? settings.issuer
  return createClient({
    issuer,
    party,
    signingKey: readPartyKeys(settings.partyFolder, party).signing,
    fetch: (request) =>
      fetch(request).catch((cause: unknown) => {
        throw new Error(`${issuer}: no gateway answers there; start it, or set PORT or SLUIS_ISSUER`, {
          cause,
        })
      }),
    now: () => new Date(),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  })
}
