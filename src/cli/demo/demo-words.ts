import type { Language } from '../../model/language.ts'
import { LINK_WORDS } from '../../model/treatment-words.ts'

/** The texts of the demo. */
export interface DemoWords {
  readonly intro: string
  readonly police: string
  readonly shelter: string
  readonly noConsent: string
  readonly physician: string
  readonly inbox: string
  readonly log: string
  sent(status: number, title: string | undefined): string
  receipt(leafIndex: number): string
  delivery(sender: string): string
  readonly pseudonym: string
  readonly onePerson: string
  sound(entries: number, root: string): string
  broken(leafIndex: number): string
  summary(shared: number, refused: number): string
  failed(expected: string): string
  readonly expected: {
    decision(got: string | number): string
    outcome(words: string): string
    status(status: number): string
    readonly unreachable: string
    readonly receipt: string
    readonly acknowledged: string
    readonly deliveries: string
    readonly pseudonym: string
    readonly sound: string
    readonly copied: string
    broken(leafIndex: number): string
  }
}

export const DEMO_WORDS: Readonly<Record<Language, DemoWords>> = {
  nl: {
    intro: `Sluis speelt nu vijf stappen met een echte gateway. Alle personen zijn verzonnen.\n${LINK_WORDS.nl.meaning}`,
    police: '1. De politie meldt een slachtoffer bij CoMensha',
    shelter: '2. De opvang meldt dezelfde persoon, met uitdrukkelijke toestemming',
    noConsent: '3a. De opvang meldt iemand anders, zonder toestemming en met een BSN',
    physician: '3b. Een arts van de opvang meldt iemand, zonder toestemming',
    inbox: '4. CoMensha haalt haar inbox op, controleert elk ontvangstbewijs en opent de leveringen',
    log: '5. Het logboek wordt nagerekend; daarna een kopie waarin één byte is veranderd',
    sent: (status, title) => `HTTP ${status}${title === undefined ? '' : ` ${title}`}`,
    receipt: (leafIndex) => `ontvangstbewijs: regel ${leafIndex} van het logboek`,
    delivery: (sender) => `van ${sender}`,
    pseudonym: 'pseudoniem',
    onePerson: 'twee meldingen, één pseudoniem: één persoon',
    sound: (entries, root) => `klopt: ${entries} regels, wortel ${root}`,
    broken: (leafIndex) => `klopt NIET: regel ${leafIndex} is veranderd`,
    summary: (shared, refused) =>
      `Klaar: ${shared} meldingen gedeeld, ${refused} geweigerd, en alle ${shared + refused} staan in het logboek.`,
    failed: (expected) => `stap van de demo mislukt, verwacht: ${expected}`,
    expected: {
      decision: (got) => `een besluit, en niet: ${got}`,
      outcome: (words) => `het besluit ${words}`,
      status: (status) => `HTTP ${status}`,
      unreachable: 'dat de weigering zegt wat geen antwoord verandert',
      receipt: 'dat het ontvangstbewijs klopt met de openbare sleutel van het logboek',
      acknowledged: 'dat de ontvangst van de levering is bevestigd',
      deliveries: 'beide leveringen in de inbox, en de geweigerde niet',
      pseudonym: 'hetzelfde pseudoniem in beide meldingen',
      sound: 'dat het logboek klopt',
      copied: 'de regel in de kopie',
      broken: (leafIndex) => `dat de controle regel ${leafIndex} aanwijst`,
    },
  },
  en: {
    intro: `Sluis now plays five steps on a real gateway. All persons are made up.\n${LINK_WORDS.en.meaning}`,
    police: '1. The police report a victim to CoMensha',
    shelter: '2. The shelter reports the same person, with explicit consent',
    noConsent: '3a. The shelter reports somebody else, without consent and with a BSN',
    physician: '3b. A physician of the shelter reports somebody, without consent',
    inbox: '4. CoMensha fetches its inbox, verifies each receipt and opens the deliveries',
    log: '5. The log is recomputed; then a copy of it in which one byte was changed',
    sent: (status, title) => `HTTP ${status}${title === undefined ? '' : ` ${title}`}`,
    receipt: (leafIndex) => `receipt: entry ${leafIndex} of the log`,
    delivery: (sender) => `from ${sender}`,
    pseudonym: 'pseudonym',
    onePerson: 'two reports, one pseudonym: one person',
    sound: (entries, root) => `verified: ${entries} entries, root ${root}`,
    broken: (leafIndex) => `NOT verified: entry ${leafIndex} was changed`,
    summary: (shared, refused) =>
      `Done: ${shared} reports shared, ${refused} refused, and all ${shared + refused} are in the log.`,
    failed: (expected) => `demo step failed, expected: ${expected}`,
    expected: {
      decision: (got) => `a decision, not: ${got}`,
      outcome: (words) => `the decision ${words}`,
      status: (status) => `HTTP ${status}`,
      unreachable: 'that the refusal says what no answer changes',
      receipt: 'that the receipt verifies with the public key of the log',
      acknowledged: 'that the delivery is acknowledged',
      deliveries: 'both deliveries in the inbox, and not the refused ones',
      pseudonym: 'the same pseudonym in both reports',
      sound: 'that the log verifies',
      copied: 'the record in the copy',
      broken: (leafIndex) => `that verification names entry ${leafIndex}`,
    },
  },
}
