import { DELIVERY_STATES } from './delivery-states.ts'

/** Texts of the inbox that the server writes. */
export const INBOX_WORDS = {
  nl: {
    title: 'Postbus',
    counts: { new: 'nieuw', unread: 'nog niet bevestigd', overdue: 'te laat' },
    countsNone: 'Alles is bevestigd.',
    overdueMeans: (days: number) =>
      `Te laat: ${days} dagen niet bevestigd. De afzender ziet dat u de ontvangst niet bevestigde.`,
    scriptNeeded:
      'Openen kan alleen met JavaScript. De inhoud is verzegeld en gaat in uw eigen browser open; Sluis kan haar niet lezen.',
    keys: 'Kies uw sleutel',
    keysLead:
      'Leveringen zijn verzegeld. Ze gaan open in deze browser, met de sleutel van uw organisatie. De sleutel wordt niet verstuurd en niet bewaard.',
    keyFile: 'Sleutelbestand van uw organisatie',
    keyHint: 'Eindigt op .jwks.json. Vraag het aan wie bij u de sleutels beheert.',
    logFile: 'Sleutel van het logboek',
    logHint: 'Het bestand log.pub. Daarmee controleert u dat niemand iets veranderde.',
    deliveries: 'Leveringen',
    empty: 'Uw postbus is leeg.',
    notice: 'Kennisgeving van Sluis',
    sent: (sender: string) => `Van ${sender}`,
    older: 'Oudere leveringen',
    newest: 'Nieuwste leveringen',
    persons: 'Personen',
    matches: 'Misschien gaan twee meldingen over één persoon. Vergelijk en beantwoord ze bij',
    states: DELIVERY_STATES.nl,
    recalledWhy: 'De afzender trok dit in. De reden staat in de kennisgeving.',
    erasedWhy: 'De bewaartermijn is om.',
  },
  en: {
    title: 'Inbox',
    counts: { new: 'new', unread: 'not acknowledged', overdue: 'overdue' },
    countsNone: 'Everything is acknowledged.',
    overdueMeans: (days: number) =>
      `Overdue: not acknowledged for ${days} days. The sender sees that you did not acknowledge it.`,
    scriptNeeded:
      'Opening needs JavaScript. The content is sealed and is opened in your own browser; Sluis cannot read it.',
    keys: 'Choose your key',
    keysLead:
      'Deliveries are sealed. They are opened in this browser, with the key of your organisation. The key is not sent and not kept.',
    keyFile: 'Key file of your organisation',
    keyHint: 'Ends in .jwks.json. Ask whoever keeps the keys at your organisation.',
    logFile: 'Key of the log',
    logHint: 'The file log.pub. With it you check that nobody changed anything.',
    deliveries: 'Deliveries',
    empty: 'Your inbox is empty.',
    notice: 'Notice of Sluis',
    sent: (sender: string) => `From ${sender}`,
    older: 'Older deliveries',
    newest: 'Newest deliveries',
    persons: 'Persons',
    matches: 'Two reports may be about one person. Compare and answer them under',
    states: DELIVERY_STATES.en,
    recalledWhy: 'The sender recalled this. The notice says why.',
    erasedWhy: 'The retention period is over.',
  },
} as const
