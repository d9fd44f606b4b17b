import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type Client, createClient } from '../src/auth/client.ts'
import { type RunningGateway, startGateway } from '../src/boot/node.ts'
import { parseSettings } from '../src/boot/settings.ts'
import { ensurePartyKeys, readPartyKeys } from '../src/cli/party/party-folder.ts'
import { findUnfitRecords } from './audit/record/published-schema.ts'

export interface TestGateway extends RunningGateway {
  /** Holds everything of this gateway; gone after `stop`. */
  readonly folder: string
  readonly partyFolder: string
  /** A client that acts as a party with keys. */
  connect(party: string): Promise<Client>
  /** Stops the gateway and removes its folder. */
  stop(): Promise<void>
}

export const TEST_PARTIES = ['politie', 'fier', 'comensha', 'toezichthouder'] as const
/** People of theirs; ids are roles. */
export const TEST_PEOPLE = [
  'politie.functionaris-1',
  'politie.teamleider-1',
  'politie.teamleider-2',
  'comensha.functionaris-1',
  'comensha.teamleider-1',
  'comensha.teamleider-2',
] as const

/** A real gateway in a folder of its own, on a free port, with keys for the test parties. */
export async function startTestGateway(settings: Readonly<Record<string, string>> = {}): Promise<TestGateway> {
  const folder = mkdtempSync(join(tmpdir(), 'sluis-test-'))
  const dataFolder = join(folder, 'gateway')
  const partyFolder = join(folder, 'parties')
  for (const party of [...TEST_PARTIES, ...TEST_PEOPLE, 'nationaal-rapporteur'])
    await ensurePartyKeys(partyFolder, join(dataFolder, 'party-keys'), party)
  const parsed = parseSettings({
    PORT: '0',
    SLUIS_DATA: dataFolder,
    SLUIS_PARTIES: partyFolder,
    SLUIS_ANSWER_MS: '0',
    ...settings,
  })
  if (!parsed.ok) throw new Error(parsed.faults.join('; '))
  const running = await startGateway(parsed.settings)
  return {
    ...running,
    folder,
    partyFolder,
    connect: (party) => connectTo(running.issuer, partyFolder, party),
    async stop() {
      const unfit = await findUnfitRecords(running.gateway.store.log)
      await running.close()
      rmSync(folder, { recursive: true })
      // Whatever a test was about: what its gateway wrote is what the published schema says.
      expect(unfit).toEqual([])
    },
  }
}

/** A client of a gateway that runs anywhere, with the keys of a party folder. */
export function connectTo(issuer: string, partyFolder: string, party: string): Promise<Client> {
  return createClient({
    issuer,
    party,
    signingKey: readPartyKeys(partyFolder, party).signing,
    fetch: (request) => fetch(request),
    now: () => new Date(),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  })
}
