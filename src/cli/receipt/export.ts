import { z } from 'zod'
import { verifyCheckpoint } from '../../audit/checkpoint/checkpoint.ts'
import { parseVerifierKey } from '../../audit/checkpoint/signed-note.ts'
import {
  type ExportedReceipt,
  type ExportHead,
  formatExportEnd,
  formatExportedReceipt,
  formatExportHead,
  HOLDS,
} from '../../audit/receipt/receipt-export.ts'
import { checkReceipt } from '../../audit/verify/check-receipt.ts'
import type { Client } from '../../auth/client.ts'
import type { Language } from '../../model/language.ts'
import { openClient } from '../party/open-client.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { draftFile } from '../terminal/draft-file.ts'
import { CommandError, UsageError } from '../terminal/failure.ts'
import {
  JSON_OPTION,
  LANGUAGE_OPTION,
  LOG_KEY_OPTION,
  PARTY_OPTION,
  parseLanguage,
  readVerifierKeys,
} from '../terminal/options.ts'
import { progressBar } from '../terminal/progress.ts'
import { formatReason } from '../verification/reasons.ts'

export const receiptExport = defineCommand({
  name: 'receipt export',
  summary: {
    nl: 'alle ontvangstbewijzen van een partij naar één bestand schrijven, elk gecontroleerd',
    en: 'write the receipts of everything that a party sent and received to one file, each verified',
  },
  usage: '--as PARTY --to FILE --log-key KEY|FILE…',
  options: {
    ...PARTY_OPTION,
    to: { type: 'string', value: 'FILE', what: { nl: 'het bestand om te schrijven', en: 'the file to write' } },
    ...LOG_KEY_OPTION,
    ...LANGUAGE_OPTION,
    ...JSON_OPTION,
  },
  exits: {
    verificationFailed: {
      nl: 'een ontvangstbewijs klopt niet; er is niets geschreven',
      en: 'a receipt does not verify; nothing was written',
    },
  },
  examples: ['receipt export --as politie --to var/politie.ndjson --log-key var/demo/gateway/log.pub'],
  async run({ values, settings }, terminal) {
    const language = parseLanguage(values.lang)
    const words = WORDS[language]
    const { as: party, to: path, 'log-key': keys } = values
    if (!party || !path || keys.length === 0)
      throw new UsageError({
        nl: 'geef --as PARTY, --to FILE en --log-key',
        en: 'give --as PARTY, --to FILE and --log-key',
      })
    const verifierKeys = readVerifierKeys(keys)
    const client = await openClient(settings(), party)
    // Fetched first, so that the lists below hold everything that it covers.
    const head = await fetchHead(client, party, verifierKeys)
    if (!head.ok) {
      terminal.err(`/checkpoint: ${formatReason(head.reason, language)}`)
      return EXIT.verificationFailed
    }
    const draft = draftFile(path)
    try {
      draft.write(formatExportHead(head.head))
      const showProgress = progressBar(terminal, 'exporting')
      let count = 0
      for (const [position, side] of [listSent, listReceived].entries()) {
        for await (const receipt of side(client, (unread) => terminal.err(words.leftOut(unread)))) {
          const check = await checkReceipt(receipt, verifierKeys)
          if (!check.ok) {
            const place = check.place === undefined ? '' : `${check.place}: `
            terminal.err(words.failed(receipt, `${place}${formatReason(check.reason, language)}`))
            return EXIT.verificationFailed
          }
          draft.write(formatExportedReceipt(receipt))
          count++
          // Progress by index: entries of other parties are skipped, and each side runs over the whole log.
          showProgress(position * head.treeSize + Math.min(receipt.leafIndex, head.treeSize - 1), 2 * head.treeSize)
        }
      }
      draft.write(formatExportEnd(count))
      draft.publish()
      showProgress(1, 1)
      terminal.out(values.json ? JSON.stringify({ file: path, receipts: count }) : words.written(path, count))
      return EXIT.done
    } finally {
      draft.discard()
    }
  },
})

type FetchedHead =
  | { readonly ok: true; readonly head: ExportHead; readonly treeSize: number }
  | { readonly ok: false; readonly reason: string }

async function fetchHead(client: Client, party: string, verifierKeys: readonly string[]): Promise<FetchedHead> {
  const response = await client.request('GET', '/checkpoint')
  if (!response.ok)
    throw new CommandError({
      nl: `/checkpoint: HTTP ${response.status}; probeer het opnieuw`,
      en: `/checkpoint: HTTP ${response.status}; try again`,
    })
  const checkpoint = await response.text()
  let reason = 'no verifier key was given; give --log-key'
  for (const verifierKey of verifierKeys) {
    try {
      const verification = await verifyCheckpoint(checkpoint, parseVerifierKey(verifierKey))
      if (verification.ok) {
        return { ok: true, head: { party, verifierKey, checkpoint }, treeSize: verification.checkpoint.treeSize }
      }
      reason = verification.reason
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      reason = error.message
    }
  }
  return { ok: false, reason }
}

const receipt = z.object({ leafIndex: z.int().nonnegative(), record: z.string(), proof: z.string() })
const sentPage = z.object({
  exchanges: z.array(z.object({ receipt, approval: z.object({ status: z.enum(HOLDS) }).exactOptional() })),
  cursor: z.string().exactOptional(),
  hasMore: z.boolean(),
})
const receivedPage = z.object({ receipts: z.array(z.object({ receipt })), cursor: z.string(), hasMore: z.boolean() })

type List = (client: Client, onUnreadable: (path: string) => void) => AsyncGenerator<ExportedReceipt>

const listSent: List = async function* (client, onUnreadable) {
  for await (const page of pages(client, '/v1/exchanges', sentPage, onUnreadable)) {
    for (const { receipt, approval } of page.exchanges) {
      yield { side: 'sent', ...receipt, ...(approval && { hold: approval.status }) }
    }
  }
}

const listReceived: List = async function* (client, onUnreadable) {
  for await (const page of pages(client, '/v1/delivery-receipts', receivedPage, onUnreadable)) {
    for (const { receipt } of page.receipts) yield { side: 'received', ...receipt }
  }
}

/** Every page of a list; no page for a list that this party has no right to. */
async function* pages<Page extends { readonly hasMore: boolean; readonly cursor?: string }>(
  client: Client,
  path: string,
  schema: z.ZodType<Page>,
  onUnreadable: (path: string) => void,
): AsyncGenerator<Page> {
  for (let cursor: string | undefined; ; ) {
    const response = await client.request(
      'GET',
      cursor === undefined ? path : `${path}?cursor=${encodeURIComponent(cursor)}`,
    )
    if (response.status === 403) {
      onUnreadable(path)
      return
    }
    if (!response.ok)
      throw new CommandError({
        nl: `${path}: HTTP ${response.status}; probeer het opnieuw`,
        en: `${path}: HTTP ${response.status}; try again`,
      })
    const page = schema.safeParse(await response.json())
    if (!page.success)
      throw new CommandError({
        nl: `${path}: is geen bladzijde van een lijst; gebruik de versie van Sluis die de gateway draait`,
        en: `${path}: is not a page of a list; use the version of Sluis that the gateway runs`,
      })
    yield page.data
    if (!page.data.hasMore) return
    cursor = page.data.cursor
  }
}

interface Words {
  leftOut(path: string): string
  failed(receipt: ExportedReceipt, reason: string): string
  written(path: string, count: number): string
}

const WORDS: Readonly<Record<Language, Words>> = {
  nl: {
    leftOut: (path) => `${path}: deze partij mag dit niet lezen, dus het staat niet in de export`,
    failed: ({ side, leafIndex }, reason) =>
      `${side === 'sent' ? 'verstuurd' : 'ontvangen'}, record ${leafIndex}: ${reason}; er is niets geschreven`,
    written: (path, count) =>
      `${path}: ${count === 1 ? '1 ontvangstbewijs, en het klopt' : `${count} ontvangstbewijzen, en ze kloppen allemaal`}`,
  },
  en: {
    leftOut: (path) => `${path}: this party may not read it, so it is left out of the export`,
    failed: ({ side, leafIndex }, reason) => `${side}, entry ${leafIndex}: ${reason}; nothing was written`,
    written: (path, count) => `${path}: ${count} receipts, all verified`,
  },
}
