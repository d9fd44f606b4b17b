import type { Language } from '../../model/language.ts'
import { OUTCOME_WORDS } from '../../model/treatment-words.ts'
import type { LogEvents } from '../../review/monthly-report.ts'

type Epoch = LogEvents['epochs'][number]
type NameWord =
  | 'sender'
  | 'recipient'
  | 'by'
  | 'party'
  | 'legalBasis'
  | 'reason'
  | 'what'
  | 'limit'
  | 'event'
  | 'use'
  | 'record'
  | 'moment'
  | 'policyHash'
  | 'officers'

/** The texts of a printed monthly report. */
export interface ReportWords {
  title(month: string, from: string, last: string): string
  records(count: number): string
  readonly notOver: string
  /** Before the words of a filter. */
  readonly only: string
  readonly none: string
  readonly exchanges: string
  readonly checks: string
  readonly refusals: string
  readonly holds: string
  readonly deliveries: string
  acknowledgements(days: number): string
  feedback(days: number): string
  readonly recalls: string
  readonly erasures: string
  readonly outsideOfficeHours: string
  readonly searches: string
  readonly limits: string
  readonly keys: string
  readonly policies: string
  readonly parties: string
  heartbeats(count: number): string
  silence(since: string, seconds: number, records: number, isStopped: boolean): string
  miscount(leafIndex: number, types: string): string
  uncounted(first: number, last: number): string
  overlap(leafIndex: number, since: number): string
  clock(leafIndex: number, seconds: number): string
  failed(leafIndex: number, commits: number): string
  readonly epochs: string
  /** @param reason its label */
  epoch(epoch: Epoch, reason: string): string
  readonly rederivation: string
  readonly noSets: string
  places(places: readonly number[]): string
  unreadable(count: number): string
  readonly logReads: string
  small(smallCell: number): string
  /** Kinds of access outside office hours. */
  readonly looks: Readonly<Record<string, string>>
  /** For a check that names no legal basis. */
  readonly noBasis: string
  /** What identifies a line: headings of the first cells of a table. */
  readonly names: Readonly<Record<NameWord, string>>
  /** Columns of a table of the report itself, in a spreadsheet. */
  readonly table: Readonly<Record<'report' | 'section' | 'name' | 'column' | 'count' | 'small', string>>
  /** Names of columns. */
  readonly columns: Readonly<Record<string, string>>
}

export const REPORT_WORDS: Readonly<Record<Language, ReportWords>> = {
  nl: {
    title: (month, from, last) => `Maandrapport ${month} (${from} tot en met ${last}, Europe/Amsterdam)`,
    records: (count) => `${count} records in het logboek`,
    notOver: 'de maand is nog niet om',
    only: 'alleen uitwisselingen en vragen vooraf met',
    none: 'geen',
    exchanges: 'Uitwisselingen naar afzender, ontvanger en grondslag',
    checks: 'Vragen vooraf naar afzender',
    refusals: 'Weigeringen naar reden',
    holds: 'Goedkeuring door een tweede persoon',
    deliveries: 'Leveringen',
    acknowledgements: (days) => `Ontvangst niet bevestigd binnen ${days} dagen`,
    feedback: (days) => `Niet teruggekoppeld binnen ${days} dagen`,
    recalls: 'Ingetrokken uitwisselingen naar reden',
    erasures: 'Vernietigde inhoud naar reden',
    outsideOfficeHours: 'Inzage buiten kantoortijd (maandag tot en met vrijdag 7 tot 19 uur, feestdagen uitgezonderd)',
    searches: 'Zoeken naar personen',
    limits: 'Bereikte grenzen',
    keys: 'Sleutels',
    policies: 'Regelsets',
    parties: 'Organisaties',
    heartbeats: (count) => `Levenstekens: ${count}; stiltes en tellingen die niet kloppen`,
    silence: (since, seconds, records, isStopped) =>
      `stil sinds ${since}, ${seconds} s${isStopped ? ' (gestopt)' : ''}, ${records} records`,
    miscount: (leafIndex, types) => `record ${leafIndex}: telling klopt niet (geteld/gevonden): ${types}`,
    uncounted: (first, last) => `records ${first} tot en met ${last}: in geen levensteken geteld`,
    overlap: (leafIndex, since) => `record ${leafIndex}: telt opnieuw vanaf ${since}`,
    clock: (leafIndex, seconds) => `record ${leafIndex}: de klok versprong ${seconds} s`,
    failed: (leafIndex, commits) => `record ${leafIndex}: schrijven mislukte ${commits} keer`,
    epochs: 'Nieuwe oorsprong van het logboek',
    epoch: ({ leafIndex, origin, previousOrigin, lost }, reason) =>
      `record ${leafIndex}: ${previousOrigin} → ${origin} (${reason}), ${lost} records verloren`,
    rederivation: 'Beslissingen nagerekend',
    noSets: 'niet gedaan; geef de regelsets mee met --policies',
    places: (places) => `records ${places.join(', ')}`,
    unreadable: (count) => `${count} records kan deze versie niet lezen`,
    logReads: 'Raadpleging van het logboek',
    small: (smallCell) =>
      `* minder dan ${smallCell}: maak dit aantal niet openbaar; met andere kennis samen kan het iemand herkenbaar maken`,
    looks: {
      delivery: 'levering opgehaald',
      'identity-question': 'identiteitsvraag gesteld',
      log: 'logboek geraadpleegd',
      matches: 'mogelijke gelijkheden bekeken',
      'subject-request': 'verzoek van een betrokkene',
    },
    noBasis: 'zonder grondslag',
    names: {
      sender: 'Afzender',
      recipient: 'Ontvanger',
      by: 'Door',
      party: 'Organisatie',
      legalBasis: 'Grondslag',
      reason: 'Reden',
      what: 'Inzage',
      limit: 'Grens van het aantal',
      event: 'Gebeurtenis',
      use: 'Raadpleging',
      record: 'Regel',
      moment: 'Moment (UTC)',
      policyHash: 'Regelset',
      officers: 'Betrokken',
    },
    table: { report: 'Rapport', section: 'Onderdeel', name: 'Naam', column: 'Kolom', count: 'Aantal', small: 'Klein' },
    columns: {
      permitted: 'mag',
      ...OUTCOME_WORDS.nl,
      refused: OUTCOME_WORDS.nl.geweigerd,
      exchanges: 'uitwisselingen',
      checks: 'vragen vooraf',
      stayed: 'zo gebleven',
      retried: 'opnieuw geweigerd binnen een uur',
      repaired: 'hersteld binnen een uur',
      held: 'aangehouden',
      approved: 'goedgekeurd',
      expired: 'verlopen',
      handedOver: 'opgehaald',
      acknowledged: 'bevestigd',
      fedBack: 'teruggekoppeld',
      overdue: 'te laat',
      neverFetched: 'nooit opgehaald',
      count: 'aantal',
      subjectRequests: 'verzoeken van betrokkenen',
      foundNothing: 'waarvan zonder resultaat',
      identityQuestions: 'identiteitsvragen',
      reads: 'keer',
      records: 'records',
      agreeing: 'kloppen',
      deviating: 'wijken af',
      notRederived: 'niet na te rekenen',
    },
  },
  en: {
    title: (month, from, last) => `Monthly report ${month} (${from} up to and including ${last}, Europe/Amsterdam)`,
    records: (count) => `${count} records in the log`,
    notOver: 'the month is not over yet',
    only: 'only exchanges and checks with',
    none: 'none',
    exchanges: 'Exchanges by sender, recipient and legal basis',
    checks: 'Checks beforehand by sender',
    refusals: 'Refusals by reason',
    holds: 'Approval by a second person',
    deliveries: 'Deliveries',
    acknowledgements: (days) => `Not acknowledged within ${days} days`,
    feedback: (days) => `No feedback within ${days} days`,
    recalls: 'Recalled exchanges by ground',
    erasures: 'Content destroyed by ground',
    outsideOfficeHours: 'Access outside office hours (Monday to Friday 07:00 to 19:00, public holidays excepted)',
    searches: 'Searches for persons',
    limits: 'Limits that were reached',
    keys: 'Keys',
    policies: 'Rule sets',
    parties: 'Organisations',
    heartbeats: (count) => `Heartbeats: ${count}; silences and counters that do not match`,
    silence: (since, seconds, records, isStopped) =>
      `silent since ${since}, ${seconds} s${isStopped ? ' (stopped)' : ''}, ${records} records`,
    miscount: (leafIndex, types) => `record ${leafIndex}: counters do not match (counted/found): ${types}`,
    uncounted: (first, last) => `records ${first} up to and including ${last}: in no heartbeat`,
    overlap: (leafIndex, since) => `record ${leafIndex}: counts again from ${since}`,
    clock: (leafIndex, seconds) => `record ${leafIndex}: the clock jumped ${seconds} s`,
    failed: (leafIndex, commits) => `record ${leafIndex}: writing failed ${commits} times`,
    epochs: 'New origins of the log',
    epoch: ({ leafIndex, origin, previousOrigin, lost }, reason) =>
      `record ${leafIndex}: ${previousOrigin} → ${origin} (${reason}), ${lost} records lost`,
    rederivation: 'Decisions re-derived',
    noSets: 'not done; give the rule sets with --policies',
    places: (places) => `records ${places.join(', ')}`,
    unreadable: (count) => `${count} records cannot be read by this version`,
    logReads: 'Reads of the log',
    small: (smallCell) =>
      `* fewer than ${smallCell}: do not publish this number; combined with other knowledge it may identify somebody`,
    looks: {
      delivery: 'delivery fetched',
      'identity-question': 'identity question asked',
      log: 'log read',
      matches: 'matches read',
      'subject-request': 'request of a data subject',
    },
    noBasis: 'without a legal basis',
    names: {
      sender: 'Sender',
      recipient: 'Recipient',
      by: 'By',
      party: 'Organisation',
      legalBasis: 'Legal basis',
      reason: 'Reason',
      what: 'Access',
      limit: 'Limit of the number of',
      event: 'Event',
      use: 'Use',
      record: 'Record',
      moment: 'Moment (UTC)',
      policyHash: 'Rule set',
      officers: 'Involved',
    },
    table: { report: 'Report', section: 'Section', name: 'Name', column: 'Column', count: 'Count', small: 'Small' },
    columns: {
      permitted: 'permitted',
      ...OUTCOME_WORDS.en,
      refused: OUTCOME_WORDS.en.geweigerd,
      exchanges: 'exchanges',
      checks: 'checks',
      stayed: 'stayed refused',
      retried: 'refused again within the hour',
      repaired: 'repaired within the hour',
      held: 'held',
      approved: 'approved',
      expired: 'expired',
      handedOver: 'fetched',
      acknowledged: 'acknowledged',
      fedBack: 'feedback given',
      overdue: 'overdue',
      neverFetched: 'never fetched',
      count: 'count',
      subjectRequests: 'subject requests',
      foundNothing: 'of which without a result',
      identityQuestions: 'identity questions',
      reads: 'reads',
      records: 'records',
      agreeing: 'agree',
      deviating: 'deviate',
      notRederived: 'cannot be re-derived',
    },
  },
}
