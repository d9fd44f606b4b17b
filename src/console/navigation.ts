import type { LocalisedText } from '../model/language.ts'
import type { Access } from './page.ts'

/** The main menu. A person sees the pages that they may open; a test holds the paths against the page table. */
export const NAVIGATION: readonly { readonly path: string; readonly access: Access; readonly label: LocalisedText }[] =
  [
    { path: '/', access: 'open', label: { nl: 'Begin', en: 'Home' } },
    { path: '/may-i-share', access: 'open-check', label: { nl: 'Mag ik dit delen?', en: 'May I share this?' } },
    { path: '/reports/new', access: 'exchange:submit', label: { nl: 'Nieuwe melding', en: 'New report' } },
    { path: '/exchanges', access: 'exchange:submit', label: { nl: 'Mijn uitwisselingen', en: 'My exchanges' } },
    { path: '/approvals', access: 'exchange:approve', label: { nl: 'Goed te keuren', en: 'To approve' } },
    { path: '/inbox', access: 'inbox:read', label: { nl: 'Postbus', en: 'Inbox' } },
  ]
