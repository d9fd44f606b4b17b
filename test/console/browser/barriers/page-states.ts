import type { Page } from 'playwright-core'
import { exchangeStates } from './exchange-states.ts'
import { inboxStates } from './inbox-states.ts'
import { matchStates } from './match-states.ts'
import { openStates } from './open-states.ts'
import { questionStates } from './question-states.ts'
import { reportStates } from './report-states.ts'
import { shareStates } from './share-states.ts'
import type { ExchangeWorld } from './world.ts'

/** A page in one state: empty, full, or with faults. */
export interface PageState {
  /** A line of the page table, such as `get /exchanges/{id}`. */
  readonly page: string
  readonly state: string
  /** Who looks at it, such as `fier.medewerker-1`; nobody when absent. */
  readonly as?: string
  /** Selector of what the page has in this state only. */
  readonly see: string
  /** A path, or the way there from the first page. */
  readonly reach: (world: ExchangeWorld, page: Page) => string | Promise<void>
}

/** Every state in which pages are checked for barriers, by the test files that do it, one for each language. */
export const PAGE_STATES = {
  open: openStates,
  share: shareStates,
  report: reportStates,
  exchanges: exchangeStates,
  questions: questionStates,
  inbox: inboxStates,
  matches: matchStates,
} as const satisfies Readonly<Record<string, readonly PageState[]>>

/** Lines of the page table that show no page of their own, and why. */
export const WITHOUT_PAGE: Readonly<Record<string, string>> = {
  'post /language': 'leads back',
  'get /sign-in/start': 'leads to the provider',
  'post /sign-out': 'leads to /signed-out',
  'post /sign-out-everywhere': 'leads to /signed-out',
  'post /may-i-share/record': 'is a file',
  'get /exchanges/{id}/receipt': 'is a file',
  'post /inbox/deliveries/{id}': 'is JSON',
  'post /inbox/deliveries/{id}/acknowledge': 'is JSON',
}
