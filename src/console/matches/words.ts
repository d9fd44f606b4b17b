import type { MatchStatus } from '../../ports/mentions.ts'

/** What came of an answer, as the address of the page after it says. */
export const ANSWERED = ['merged', 'split', 'none', 'already', 'unknown'] as const
export type Answered = (typeof ANSWERED)[number]

/** Texts of the pages about pairs that may be one person. */
export const MATCH_WORDS = {
  nl: {
    title: 'Dezelfde persoon?',
    lead: 'Soms lijken twee meldingen over één persoon te gaan, maar is dat niet zeker. Alleen uw organisatie kan dat beoordelen.',
    means:
      'Elk antwoord wordt vastgelegd, met wie het gaf. U kunt het later veranderen. De afzenders zien er niets van.',
    opens: 'Open beide meldingen naast elkaar. Daarvoor is de sleutel van uw organisatie nodig.',
    closed:
      'U mag leveringen niet openen. Zoek beide meldingen op in uw eigen registratie, met het kenmerk en de code. Of vraag een collega die de postbus mag openen om mee te kijken.',
    which: 'Welke paren',
    lists: {
      possible: 'Wacht op antwoord',
      automatic: 'Vanzelf verbonden',
      confirmed: 'Dezelfde persoon',
      rejected: 'Niet dezelfde',
    } satisfies Record<MatchStatus, string>,
    none: {
      possible: 'Er wacht geen paar op antwoord.',
      automatic: 'Er is geen paar vanzelf verbonden.',
      confirmed: 'Van geen paar is gezegd dat het dezelfde persoon is.',
      rejected: 'Van geen paar is gezegd dat het twee personen zijn.',
    } satisfies Record<MatchStatus, string>,
    statuses: {
      possible: 'wacht op antwoord',
      automatic: 'vanzelf verbonden, op sterke kenmerken',
      confirmed: 'dezelfde persoon',
      rejected: 'niet dezelfde persoon',
    } satisfies Record<MatchStatus, string>,
    pair: (earlier: string, later: string) => (earlier === later ? `Persoon ${earlier}` : `${earlier} en ${later}`),
    since: 'sinds',
    answeredBy: 'Laatste antwoord van',
    sides: ['Eerste melding', 'Latere melding'],
    gone: 'Deze melding is er niet meer.',
    from: 'Van',
    at: 'Moment',
    role: 'Rol',
    code: 'Code van de persoon',
    reference: 'Kenmerk van de melding',
    comparable: 'Beide meldingen hebben:',
    nothingComparable: 'Geen gegeven staat in beide meldingen.',
    answer: 'Uw antwoord',
    confirm: 'Dezelfde persoon',
    reject: 'Niet dezelfde',
    unknown: 'Weet ik niet',
    confirmDoes: {
      apart:
        'De meldingen horen dan bij één persoon, met de oudste code van de twee. Uw organisatie krijgt een kennisgeving in de postbus.',
      joined: 'Zij zijn al één persoon. Dat blijft zo.',
    },
    rejectDoes: {
      apart: 'Het blijven twee personen. Sluis verbindt hen niet vanzelf.',
      joined:
        'Het worden dan twee personen, en een van beide krijgt een andere code. Uw organisatie krijgt een kennisgeving in de postbus.',
    },
    unknownDoes: 'Er verandert niets. Het paar blijft wachten.',
    done: {
      merged: 'Uw antwoord is vastgelegd. Het is nu één persoon.',
      split: 'Uw antwoord is vastgelegd. Het zijn nu twee personen.',
      none: 'Uw antwoord is vastgelegd. De personen bleven wat zij waren.',
      already: 'Dit antwoord stond er al. Er is niets veranderd.',
      unknown: 'Er is niets veranderd. Het paar blijft wachten op antwoord.',
    } satisfies Record<Answered, string>,
    change: 'Bekijk of verander dit antwoord',
    changed:
      'Een collega beantwoordde dit paar intussen. Uw antwoord is niet vastgelegd. Hieronder ziet u hoe het nu is; u kunt alsnog antwoorden.',
    more: 'Volgende paren',
    first: 'Naar de eerste paren',
    back: 'Naar alle paren',
  },
  en: {
    title: 'The same person?',
    lead: 'Sometimes two reports seem to be about one person, without certainty. Only your organisation can judge that.',
    means: 'Each answer is recorded, with who gave it. You can change it later. The senders see nothing of it.',
    opens: 'Open both reports next to each other. That needs the key of your organisation.',
    closed:
      'You may not open deliveries. Look up both reports in your own register, by the reference and the code. Or ask a colleague who may open the inbox to look with you.',
    which: 'Which pairs',
    lists: {
      possible: 'Waits for an answer',
      automatic: 'Linked automatically',
      confirmed: 'The same person',
      rejected: 'Not the same',
    } satisfies Record<MatchStatus, string>,
    none: {
      possible: 'No pair waits for an answer.',
      automatic: 'No pair was linked automatically.',
      confirmed: 'No pair was called the same person.',
      rejected: 'No pair was called two persons.',
    } satisfies Record<MatchStatus, string>,
    statuses: {
      possible: 'waits for an answer',
      automatic: 'linked automatically, on strong evidence',
      confirmed: 'the same person',
      rejected: 'not the same person',
    } satisfies Record<MatchStatus, string>,
    pair: (earlier: string, later: string) => (earlier === later ? `Person ${earlier}` : `${earlier} and ${later}`),
    since: 'since',
    answeredBy: 'Latest answer by',
    sides: ['First report', 'Later report'],
    gone: 'This report is no longer there.',
    from: 'From',
    at: 'Moment',
    role: 'Role',
    code: 'Code of the person',
    reference: 'Reference of the report',
    comparable: 'Both reports have:',
    nothingComparable: 'No field is in both reports.',
    answer: 'Your answer',
    confirm: 'The same person',
    reject: 'Not the same',
    unknown: 'I don’t know',
    confirmDoes: {
      apart:
        'The reports then belong to one person, with the older code of the two. Your organisation gets a notice in its inbox.',
      joined: 'They are one person already. That stays so.',
    },
    rejectDoes: {
      apart: 'They stay two persons. Sluis does not link them by itself.',
      joined:
        'They become two persons, and one of them gets another code. Your organisation gets a notice in its inbox.',
    },
    unknownDoes: 'Nothing changes. The pair keeps waiting.',
    done: {
      merged: 'Your answer is recorded. They are one person now.',
      split: 'Your answer is recorded. They are two persons now.',
      none: 'Your answer is recorded. The persons stayed what they were.',
      already: 'This answer was there already. Nothing has changed.',
      unknown: 'Nothing has changed. The pair keeps waiting for an answer.',
    } satisfies Record<Answered, string>,
    change: 'See or change this answer',
    changed:
      'A colleague answered this pair meanwhile. Your answer was not recorded. Below is how it is now; you can still answer.',
    more: 'Next pairs',
    first: 'To the first pairs',
    back: 'To all pairs',
  },
} as const
