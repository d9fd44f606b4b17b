import type { LocalisedText } from '../model/language.ts'
import type { Access } from './page.ts'

export interface NavigationItem {
  readonly path: string
  readonly access: Access
  readonly label: LocalisedText
  /** What one does there, on the first page. */
  readonly about?: LocalisedText
}

/** The main menu. A person sees the pages that they may open; a test holds the paths against the page table. */
export const NAVIGATION: readonly NavigationItem[] = [
  { path: '/', access: 'open', label: { nl: 'Begin', en: 'Home' } },
  {
    path: '/may-i-share',
    access: 'open-check',
    label: { nl: 'Mag ik dit delen?', en: 'May I share this?' },
    about: {
      nl: 'Kijk wat de wet toestaat. Er wordt niets verstuurd.',
      en: 'See what the law allows. Nothing is sent.',
    },
  },
  {
    path: '/reports/new',
    access: 'exchange:submit',
    label: { nl: 'Nieuwe melding', en: 'New report' },
    about: { nl: 'Stuur een organisatie wat zij mag weten.', en: 'Send an organisation what it may know.' },
  },
  {
    path: '/exchanges',
    access: 'exchange:submit',
    label: { nl: 'Mijn uitwisselingen', en: 'My exchanges' },
    about: {
      nl: 'Wat is er met uw meldingen gebeurd? Bekijk het bewijs of trek iets in.',
      en: 'What happened to your reports? See the proof, or recall one.',
    },
  },
  {
    path: '/approvals',
    access: 'exchange:approve',
    label: { nl: 'Goed te keuren', en: 'To approve' },
    about: { nl: 'Beoordeel wat een collega wil versturen.', en: 'Judge what a colleague wants to send.' },
  },
  {
    path: '/inbox',
    access: 'inbox:read',
    label: { nl: 'Postbus', en: 'Inbox' },
    about: { nl: 'Open wat andere organisaties u stuurden.', en: 'Open what other organisations sent you.' },
  },
  {
    path: '/matches',
    access: 'match:review',
    label: { nl: 'Dezelfde persoon?', en: 'The same person?' },
    about: {
      nl: 'Beoordeel of twee meldingen over één persoon gaan.',
      en: 'Judge whether two reports are about one person.',
    },
  },
]
