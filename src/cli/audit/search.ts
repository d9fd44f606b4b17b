import type { PlacedRecord } from '../../audit/export/read-log.ts'
import type { Settings } from '../../boot/settings.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { type CursorLog, formatLogCursor, LOG_CURSOR_FORM, parseLogCursor } from '../../review/log-cursor.ts'
import {
  DEFAULT_SEARCH_LIMIT,
  MAX_SEARCH_LIMIT,
  type RecordPage,
  type RecordSearch,
  SEARCH_ORDERS,
} from '../../review/search-records.ts'
import { summariseRecord } from '../../review/words/describe-record.ts'
import { callApi } from '../party/call-api.ts'
import { openClient } from '../party/open-client.ts'
import { defineCommand, EXIT, type Terminal } from '../terminal/command.ts'
import { UsageError } from '../terminal/failure.ts'
import { JSON_OPTION, LANGUAGE_OPTION, parseCount, parseLanguage } from '../terminal/options.ts'
import { progressBar } from '../terminal/progress.ts'
import { FILTER_OPTIONS, parseFilter } from './filter-options.ts'
import { type LogSource, RULE_SETS_OPTION, SOURCE_OPTIONS, SOURCE_USAGE, type SourceInput } from './log-source.ts'
import { openLogSource } from './open-log-source.ts'
import { availableLabels, readLocalSet, readRecord } from './record-labels.ts'

/** A page of results, from any source. */
interface Page<Cursor = string> {
  readonly records: readonly PlacedRecord[]
  readonly cursor: Cursor
  readonly hasMore: boolean
  readonly treeSize: number
}

export const auditSearch = defineCommand({
  name: 'audit search',
  summary: {
    nl: 'records zoeken op afzender, ontvanger, doel, gegeven, klasse, regel, uitkomst en meer',
    en: 'find records by sender, recipient, purpose, field, class, rule, outcome, period and more',
  },
  usage: SOURCE_USAGE,
  options: {
    ...SOURCE_OPTIONS,
    ...FILTER_OPTIONS,
    ...RULE_SETS_OPTION,
    order: {
      type: 'string',
      value: SEARCH_ORDERS.join('|'),
      default: 'newest-first',
      what: { nl: 'wat eerst komt', en: 'which come first' },
    },
    limit: {
      type: 'string',
      value: 'N',
      what: { nl: `hoogstens zo veel, tot ${MAX_SEARCH_LIMIT}`, en: `at most this many, up to ${MAX_SEARCH_LIMIT}` },
      otherwise: String(DEFAULT_SEARCH_LIMIT),
    },
    cursor: {
      type: 'string',
      value: 'CURSOR',
      what: {
        nl: 'verdergaan na de vorige bladzijde; de laatste regel ervan geeft de cursor',
        en: 'continue after the previous page; its last line gives the cursor',
      },
    },
    ...LANGUAGE_OPTION,
    ...JSON_OPTION,
  },
  exits: { verificationFailed: { nl: 'het logboek klopt niet', en: 'the log does not verify' } },
  examples: ['audit search --as toezichthouder --outcome geweigerd --since 2026-01-01 --lang en'],
  async run({ values, positionals, settings }, terminal) {
    if (positionals.length > 0)
      throw new UsageError({ nl: 'een zoekopdracht neemt alleen opties', en: 'a search takes options only' })
    const order = SEARCH_ORDERS.find((known) => known === values.order)
    if (order === undefined)
      throw new UsageError({
        nl: `--order is een van ${SEARCH_ORDERS.join(', ')}`,
        en: `--order is one of ${SEARCH_ORDERS.join(', ')}`,
      })
    const limit = parseCount(values.limit, '--limit', MAX_SEARCH_LIMIT) ?? DEFAULT_SEARCH_LIMIT
    if (limit === 0) throw new UsageError({ nl: '--limit is ten minste 1', en: '--limit is at least 1' })
    const { cursor } = values
    if (cursor !== undefined && !new RegExp(LOG_CURSOR_FORM).test(cursor))
      throw new UsageError({
        nl: '--cursor is de cursor die de laatste regel van de vorige bladzijde gaf',
        en: '--cursor is the cursor that the last line of the previous page gave',
      })
    const search = {
      filter: parseFilter(values, () => readLocalSet(settings)),
      order,
      limit,
      ...(cursor !== undefined && { cursor }),
    }
    const language = parseLanguage(values.lang)
    const { page, policySet } =
      values.as === undefined || values.export !== undefined || values.database !== undefined
        ? await searchOffline({ values, settings }, terminal, search)
        : { page: await searchApi(settings(), terminal, values.as, search), policySet: undefined }
    if (values.json) {
      terminal.out(JSON.stringify(page))
      return EXIT.done
    }
    const labels = availableLabels(settings, language, policySet)
    for (const { leafIndex, record } of page.records)
      terminal.out(`${leafIndex}  ${summariseRecord(readRecord(leafIndex, record), labels, language)}`)
    terminal.err(formatEnd(page))
    return EXIT.done
  },
})

const formatEnd = ({ records, hasMore, cursor, treeSize }: Page): string =>
  `${records.length === 0 ? 'no record' : `${records.length} record(s)`} of a log of ${treeSize}${hasMore ? `; continue with --cursor ${cursor}` : '; there are no more'}`

/** Repeats the search until a page has results: one call reads a bounded number of records, and may find nothing in them. */
async function searchApi(settings: Settings, terminal: Terminal, party: string, search: RecordSearch): Promise<Page> {
  const client = await openClient(settings, party)
  const show = progressBar(terminal, 'search')
  const { order, filter, limit } = search
  let cursor = search.cursor
  for (;;) {
    const response = await callApi(client, 'POST', '/v1/log/records/_search', {
      filter,
      order,
      limit,
      ...(cursor !== undefined && { cursor }),
    })
    const page = (await response.json()) as RecordPage
    if (page.records.length > 0 || !page.hasMore) {
      show(1, 1)
      return page
    }
    cursor = page.cursor
    show(order === 'oldest-first' ? page.read.end : page.treeSize - page.read.start, page.treeSize)
  }
}

async function searchOffline(
  input: SourceInput,
  terminal: Terminal,
  search: RecordSearch,
): Promise<{ page: Page; policySet: PolicySet | undefined }> {
  const source = await openLogSource(input, terminal, 'search', { filter: search.filter })
  try {
    const { cursor, ...rest } = search
    const log: CursorLog = { verifierKey: source.head.verifierKey, ...(source.log && { hashes: source.log.hashes }) }
    const from = cursor === undefined ? undefined : await parseLogCursor(log, source.head.treeSize, cursor)
    if (cursor !== undefined && from === undefined)
      throw new UsageError({
        nl: '--cursor is van een ander logboek, of van records die deze bron niet heeft; laat haar weg om opnieuw te beginnen',
        en: '--cursor is of another log, or of records that this source does not have; leave it out to start again',
      })
    const page = await findPage(source, { ...rest, ...(from !== undefined && { cursor: from }) })
    await source.noteUse(page.records.length)
    return { page: { ...page, cursor: await formatLogCursor(log, page.cursor) }, policySet: source.policySet }
  } finally {
    source.close()
  }
}

/** Keeps one page in one pass over the matching records. */
async function findPage(source: LogSource, { order, limit, cursor }: RecordSearch<number>): Promise<Page<number>> {
  const { treeSize } = source.head
  let kept: PlacedRecord[] = []
  for await (const placed of source.records()) {
    const isAhead =
      cursor === undefined || (order === 'oldest-first' ? placed.leafIndex >= cursor : placed.leafIndex < cursor)
    if (!isAhead) continue
    if (order === 'newest-first') kept.push(placed)
    else if (kept.length <= limit) kept.push(placed)
    // One more than a page, to know whether there are more.
    if (kept.length > limit + 1) kept.shift()
  }
  const hasMore = kept.length > limit
  if (order === 'newest-first') kept = kept.reverse()
  const records = kept.slice(0, limit)
  const last = records.at(-1)?.leafIndex
  if (order === 'oldest-first') {
    return { records, cursor: hasMore ? last! + 1 : treeSize, hasMore, treeSize }
  }
  return { records, cursor: hasMore ? last! : 0, hasMore, treeSize }
}
