import { join } from 'node:path'
import type { RunningGateway } from '../../boot/node.ts'
import { DEMO_PARTIES } from '../party/demo-parties.ts'
import { writeWholeFile } from '../terminal/draft-file.ts'
import { listDemoPeople } from './demo-people.ts'

const PROVIDER_ID = 'demo'

/** A provider at which the people of the demo sign in. */
export interface DemoSignIn {
  /** Path of the settings for the gateway (`SLUIS_SIGN_IN`). */
  readonly path: string
  /** Lets the gateway that was started with them sign people in. */
  serve(running: Pick<RunningGateway, 'issuer' | 'gateway'>): Promise<void>
  close(): Promise<void>
}

/** Starts the provider of the demo and writes the settings that lead to it. @param folder where `sign-in.json` goes */
export async function startDemoSignIn(folder: string): Promise<DemoSignIn> {
  // Loaded here, because no other command needs it.
  const { DEMO_CLIENT_ID, startDemoProvider } = await import('./provider.ts')
  const provider = await startDemoProvider()
  const path = join(folder, 'sign-in.json')
  const settings = {
    providers: [
      {
        id: PROVIDER_ID,
        issuer: provider.issuer,
        clientId: DEMO_CLIENT_ID,
        parties: DEMO_PARTIES,
        authentication: 'private_key_jwt',
      },
    ],
    listsPeople: true,
  }
  writeWholeFile(path, `${JSON.stringify(settings, null, 2)}\n`)
  return {
    path,
    serve: ({ issuer, gateway }) =>
      provider.serve({
        issuer,
        redirectUri: `${issuer}/sign-in/callback/${PROVIDER_ID}`,
        people: listDemoPeople(gateway.policySet.parties, DEMO_PARTIES),
      }),
    close: () => provider.close(),
  }
}
