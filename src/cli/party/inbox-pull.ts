import { join } from 'node:path'
import type { Client } from '../../auth/client.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { CommandError, UsageError } from '../terminal/failure.ts'
import { JSON_OPTION, LANGUAGE_OPTION, PARTY_OPTION, parseLanguage } from '../terminal/options.ts'
import { CursorUnknownError, pullDeliveries } from './deliveries.ts'
import { openInboxFolder } from './inbox-folder.ts'
import { openClient } from './open-client.ts'

export const inboxPull = defineCommand({
  name: 'inbox pull',
  summary: {
    nl: 'de verzegelde leveringen ophalen die sinds de vorige keer kwamen',
    en: 'fetch the sealed deliveries that arrived since the last time',
  },
  usage: '--as PARTY',
  options: {
    ...PARTY_OPTION,
    to: {
      type: 'string',
      value: 'FOLDER',
      what: { nl: 'waar ze heen gaan', en: 'where to put them' },
      otherwise: { nl: 'inbox/PARTY naast SLUIS_PARTIES', en: 'inbox/PARTY beside SLUIS_PARTIES' },
    },
    ...LANGUAGE_OPTION,
    ...JSON_OPTION,
  },
  examples: ['inbox pull --as comensha'],
  async run({ values, settings }, terminal) {
    const language = parseLanguage(values.lang)
    if (!values.as) throw new UsageError({ nl: 'geef de partij met --as PARTY', en: 'give the party with --as PARTY' })
    const { issuer, partyFolder } = settings()
    const client = await openClient({ issuer, partyFolder }, values.as)
    const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
    const inbox = openInboxFolder(values.to ?? join(partyFolder, '..', 'inbox', values.as), random)
    const origin = { issuer, verifierKey: await fetchLogKey(client) }
    const paths: string[] = []
    const pull = async (from: string | undefined) => {
      // The cursor after the files, so that a run that dies in between lists those deliveries again.
      const onPage = (reached: string) => inbox.writeCursor(origin, reached)
      for await (const { delivery } of pullDeliveries(client, { cursor: from, isKnown: inbox.has, onPage })) {
        const path = inbox.keep(delivery)
        if (values.json) paths.push(path)
        else terminal.out(path)
      }
    }
    const { cursor, isOfAnother } = inbox.readCursor(origin)
    if (isOfAnother) terminal.err(STARTED_AGAIN[language])
    try {
      await pull(cursor)
    } catch (error) {
      if (!(error instanceof CursorUnknownError) || cursor === undefined) throw error
      terminal.err(STARTED_AGAIN[language])
      await pull(undefined)
    }
    if (values.json) terminal.out(JSON.stringify({ files: paths }))
    return EXIT.done
  },
})

const STARTED_AGAIN = {
  nl: 'de postbus is van een andere gateway of een ander logboek dan de vorige keer, of er is een reservekopie teruggezet; begonnen bij het begin, en opgehaald wat in deze map ontbreekt',
  en: 'the inbox is of another gateway or log than at the last pull, or a backup was restored; started at its beginning, and fetched what this folder lacks',
} as const

const MAX_KEY_LENGTH = 500

/** The verifier key of the log as the gateway serves it: it tells one log from another here, and proves nothing. */
async function fetchLogKey(client: Client): Promise<string> {
  const response = await client.request('GET', '/v1/log/key')
  const key = (await response.text()).trim()
  if (response.ok && key.length <= MAX_KEY_LENGTH) return key
  throw new CommandError({
    nl: `/v1/log/key: HTTP ${response.status}; controleer het adres van de gateway, en probeer het opnieuw`,
    en: `/v1/log/key: HTTP ${response.status}; check the address of the gateway, and try again`,
  })
}
