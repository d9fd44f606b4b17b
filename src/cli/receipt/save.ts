import { writeFileSync } from 'node:fs'
import { parseReceiptFile } from '../../audit/receipt/receipt-file.ts'
import type { Client } from '../../auth/client.ts'
import { openClient } from '../party/open-client.ts'
import { type Command, EXIT, parseArguments, UsageError } from '../terminal/command.ts'
import { parseLanguage } from '../terminal/options.ts'

export const receiptSave: Command = {
  name: 'receipt save',
  usage: 'ID --as PARTY [--to FILE] [--statement FILE.html] [--lang nl|en]',
  summary: 'save the receipt of an exchange you sent, and the statement for people',
  async run(args, terminal) {
    const { values, positionals } = parseArguments(args, {
      as: { type: 'string' },
      to: { type: 'string' },
      statement: { type: 'string' },
      lang: { type: 'string', default: 'nl' },
    })
    const [id, ...more] = positionals
    if (!id || more.length > 0 || !values.as) throw new UsageError('give the id of one exchange, and --as PARTY')
    const language = parseLanguage(values.lang)
    const client = await openClient(terminal, values.as)
    const text = await get(client, id, { accept: 'application/json' })
    try {
      parseReceiptFile(text)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      terminal.err(`${id}: ${error.message}`)
      return EXIT.verificationFailed
    }
    const path = values.to ?? `${id}.receipt.json`
    save(path, text)
    terminal.out(path)
    if (values.statement !== undefined) {
      save(values.statement, await get(client, id, { accept: 'text/html', 'accept-language': language }))
      terminal.out(values.statement)
    }
    terminal.err('not verified yet: run `sluis receipt verify` with a key of the log that you got elsewhere')
    return EXIT.done
  },
}

/** For its owner only: a statement tells what one organisation told another. */
const save = (path: string, text: string): void => writeFileSync(path, text, { mode: 0o600 })

async function get(client: Client, id: string, headers: Readonly<Record<string, string>>): Promise<string> {
  const response = await client.request('GET', `/v1/exchanges/${encodeURIComponent(id)}/receipt`, { headers })
  if (response.ok) return response.text()
  throw new Error(
    response.status === 404
      ? 'you sent no exchange of that id; take it from the answer to your report'
      : `the gateway gave no receipt (HTTP ${response.status}); try again`,
  )
}
