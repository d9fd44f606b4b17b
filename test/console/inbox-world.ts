import type { Page } from 'playwright-core'
import { readPartyKeys } from '../../src/cli/party/party-folder.ts'
import type { Json } from '../../src/encoding/json.ts'
import { type ConsoleGateway, startConsoleGateway } from './sign-in-as.ts'

export interface InboxWorld extends ConsoleGateway {
  /** Private keys of CoMensha and the key of the log, as files that a person chooses. */
  readonly keyFile: UploadedFile
  readonly logFile: UploadedFile
  /** Sends a report of a party. @returns the id of the exchange */
  report(sender: string, body: Json): Promise<string>
  /** Opens a page as somebody who has signed in. */
  openAs(clientId: string, page: Page, path: string): Promise<void>
}

export interface UploadedFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

export const fileOf = (name: string, text: string): UploadedFile => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(text),
})

/** The keys of a party as the file that it keeps. */
export function keyFileOf(gateway: Pick<ConsoleGateway, 'partyFolder'>, party: string): UploadedFile {
  const { signing, encryption } = readPartyKeys(gateway.partyFolder, party)
  return fileOf(`${party}.jwks.json`, JSON.stringify({ keys: [signing, ...encryption] }))
}

/** A gateway with a console, to whose inbox of CoMensha parties report. */
export async function startInboxWorld(settings: Readonly<Record<string, string>> = {}): Promise<InboxWorld> {
  const gateway = await startConsoleGateway(settings)
  return {
    ...gateway,
    keyFile: keyFileOf(gateway, 'comensha'),
    logFile: fileOf('log.pub', `${gateway.verifierKey}\n`),
    async report(sender, body) {
      const response = await (await gateway.connect(sender)).request('POST', '/v1/exchanges', {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      })
      const answer = (await response.json()) as { id: string }
      if (!response.ok) throw new Error(JSON.stringify(answer))
      return answer.id
    },
    async openAs(clientId, page, path) {
      // To the provider and back, which is another origin.
      await page.context().route(`${gateway.provider.issuer}/**`, (route) => route.continue())
      const [organisation, person] = clientId.split('.') as [string, string]
      await page.goto(`${gateway.issuer}/sign-in/start?${new URLSearchParams({ organisation, person, to: path })}`)
    },
  }
}
