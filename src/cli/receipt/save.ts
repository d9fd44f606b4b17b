import { parseReceiptFile } from '../../audit/receipt/receipt-file.ts'
import type { Client } from '../../auth/client.ts'
import type { LocalisedText } from '../../model/language.ts'
import { openClient } from '../party/open-client.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { writeWholeFile } from '../terminal/draft-file.ts'
import { CommandError, UsageError } from '../terminal/failure.ts'
import { JSON_OPTION, LANGUAGE_OPTION, PARTY_OPTION, parseLanguage } from '../terminal/options.ts'
import { formatReason } from '../verification/reasons.ts'

export const receiptSave = defineCommand({
  name: 'receipt save',
  summary: {
    nl: 'het ontvangstbewijs bewaren van wat u stuurde, en een verklaring voor mensen',
    en: 'save the receipt of an exchange that you sent, and a statement of it for people to read',
  },
  usage: 'ID --as PARTY',
  operands: {
    ID: {
      nl: 'id van de uitwisseling, uit het antwoord op uw melding',
      en: 'id of the exchange, from the answer to your report',
    },
  },
  options: {
    ...PARTY_OPTION,
    to: {
      type: 'string',
      value: 'FILE',
      what: { nl: 'waar het ontvangstbewijs heen gaat', en: 'where to write the receipt' },
      otherwise: 'receipt-ID.json',
    },
    statement: {
      type: 'string',
      value: 'FILE',
      what: {
        nl: 'ook de verklaring naar dit bestand schrijven, als HTML',
        en: 'also write the statement to this file, as HTML',
      },
    },
    lang: { ...LANGUAGE_OPTION.lang, what: { nl: 'taal van de verklaring', en: 'language of the statement' } },
    ...JSON_OPTION,
  },
  exits: {
    verificationFailed: {
      nl: 'de gateway gaf iets terug dat geen ontvangstbewijs is',
      en: 'the gateway returned something that is not a receipt',
    },
  },
  examples: ['receipt save ID --as politie --to var/receipt.json --statement var/statement.html'],
  async run({ values, positionals, settings }, terminal) {
    const [id, ...more] = positionals
    if (!id || more.length > 0 || !values.as)
      throw new UsageError({
        nl: 'geef het id van één uitwisseling, en --as PARTY',
        en: 'give the id of one exchange, and --as PARTY',
      })
    const language = parseLanguage(values.lang)
    const client = await openClient(settings(), values.as)
    const text = await get(client, id, { accept: 'application/json' })
    try {
      parseReceiptFile(text)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      terminal.err(`${id}: ${formatReason(error.message, language)}`)
      return EXIT.verificationFailed
    }
    const path = values.to ?? `${id}.receipt.json`
    // For their owner only: a statement shows what one organisation shared with another.
    writeWholeFile(path, text)
    terminal.out(path)
    if (values.statement !== undefined) {
      const statement = await get(client, id, { accept: 'text/html', 'accept-language': language })
      writeWholeFile(values.statement, statement)
      terminal.out(values.statement)
    }
    terminal.err(NOT_VERIFIED[language])
    return EXIT.done
  },
})

const NOT_VERIFIED: LocalisedText = {
  nl: 'nog niet gecontroleerd; voer `sluis receipt verify` uit met een sleutel van het logboek die u elders kreeg',
  en: 'not verified yet; run `sluis receipt verify` with a key of the log from another source',
}

async function get(client: Client, id: string, headers: Readonly<Record<string, string>>): Promise<string> {
  const response = await client.request('GET', `/v1/exchanges/${encodeURIComponent(id)}/receipt`, { headers })
  if (response.ok) return response.text()
  throw new CommandError({
    nl:
      response.status === 404
        ? 'u stuurde geen uitwisseling met dat id; neem het id uit het antwoord op uw melding'
        : `de gateway gaf geen ontvangstbewijs (HTTP ${response.status}); probeer het opnieuw`,
    en:
      response.status === 404
        ? 'you sent no exchange with that id; take the id from the answer to your report'
        : `the gateway returned no receipt (HTTP ${response.status}); try again`,
  })
}
