import { exchangePages } from './exchanges/pages.ts'
import { inboxData } from './inbox/inbox-data.ts'
import { inboxPage } from './inbox/inbox-page.ts'
import { matchPages } from './matches/pages.ts'
import type { ConsolePage } from './page.ts'
import { framePages } from './pages/frame.ts'
import { startPage } from './pages/start.ts'
import { reportPages } from './report/pages.ts'
import { sharePages } from './share/pages.ts'
import { signInPages } from './sign-in/pages.ts'

/** Every page of the console, with who may open it. */
export const CONSOLE_PAGES: readonly ConsolePage[] = [
  startPage,
  ...framePages,
  ...signInPages,
  ...sharePages,
  ...reportPages,
  ...exchangePages,
  inboxPage,
  ...inboxData,
  ...matchPages,
]
