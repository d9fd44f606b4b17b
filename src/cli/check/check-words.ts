import type { Plan } from '../../model/advice.ts'
import type { Language, LocalisedText } from '../../model/language.ts'
import type { Dimension } from './choices.ts'

/** What a plan takes, in the order in which plans are listed. */
export const EFFORT_WORDS: Readonly<Record<Plan['effort'], LocalisedText>> = {
  sender: { nl: 'weet uw organisatie of de hulpverlener', en: 'your organisation or the care provider knows this' },
  'data-subject': { nl: 'weet de persoon of de vertegenwoordiger', en: 'the person or the representative knows this' },
  other: { nl: 'beslist of weet een ander', en: 'somebody else knows or decides this' },
  'other-choice': { nl: 'een andere keuze dan nu', en: 'another choice than now' },
}

export const DIMENSION_WORDS: Readonly<Record<Dimension, { readonly option: string } & LocalisedText>> = {
  recipient: { option: '--to', nl: 'ontvanger', en: 'recipient' },
  purpose: { option: '--purpose', nl: 'doel', en: 'purpose' },
  role: { option: '--role', nl: 'rol van de persoon', en: 'role of the person' },
  legalBasis: { option: '--basis', nl: 'grondslag', en: 'legal basis' },
  fields: { option: '--fields', nl: 'gegevens', en: 'fields' },
}

interface CheckWords {
  readonly heading: Readonly<Record<Dimension, string>>
  readonly others: string
  readonly noneKnown: string
  readonly otherBasis: string
  readonly pickOne: string
  readonly pickMany: string
  readonly pickBasis: string
  readonly taken: (what: string, label: string) => string
  readonly notAChoice: string
  readonly missing: (what: string, option: string, known: readonly string[]) => string
  readonly tooManyTries: string
  readonly asks: (sender: string, recipient: string) => string
  readonly intro: string
  readonly now: string
  readonly stateNow: string
  readonly question: (number: number, open: number) => string
  readonly whoKnows: string
  readonly ifYes: string
  readonly ifNo: string
  readonly replies: (hasBack: boolean) => string
  readonly notAReply: string
  readonly leaveOut: (labels: string) => string
  readonly yesNo: string
  readonly basisQuestion: string
  readonly basisTaken: (title: string) => string
  readonly stopped: string
  readonly kept: string
  readonly result: string
  readonly nothingSent: string
  readonly stays: string
  readonly remedies: string
  readonly withChoice: string
  readonly ifAllTrue: string
  readonly yes: string
  readonly no: string
  readonly ask: string
  readonly anyOf: string
  readonly stillOpen: string
  readonly notNeeded: string
  readonly duties: string
  readonly bearer: Readonly<Record<'afzender' | 'ontvanger' | 'sluis', string>>
  readonly noBody: string
  readonly body: (path: string | undefined, party: string) => string
  readonly fill: string
  readonly values: string
  readonly leftOut: (labels: string) => string
  readonly bodyOutcome: string
  readonly written: (path: string) => string
  readonly notWritten: string
  readonly and: string
}

export const WORDS: Readonly<Record<Language, CheckWords>> = {
  nl: {
    heading: {
      recipient: 'Aan wie wilt u iets doorgeven?',
      purpose: 'Met welk doel?',
      role: 'Over wie gaat het?',
      legalBasis: 'Op welke grondslag?',
      fields: 'Welke gegevens wilt u delen? Alleen de namen; vul hier nooit in wie het is.',
    },
    others: 'Hierover kent geen enkele regel iets bij de eerdere keuzes:',
    noneKnown: 'Geen enkele regel kent deze combinatie. U kunt wel kiezen:',
    otherBasis: 'Een andere grondslag geeft u met --basis.',
    pickOne: 'Nummer of woord (s = stop): ',
    pickMany: 'Nummers of woorden, met komma’s ertussen, zoals 1, 3-5 (s = stop): ',
    pickBasis: 'Nummer of woord; Enter als u het niet weet (s = stop): ',
    taken: (what, label) => `Er is maar één ${what} waarvoor een regel bestaat: ${label}.`,
    notAChoice: 'Dat staat niet in de lijst; typ een nummer of een woord uit de lijst.',
    missing: (what, option, known) =>
      `${what} ontbreekt; geef ${option}${known.length === 0 ? '' : `, bijvoorbeeld ${known.join(', ')}`}`,
    tooManyTries: 'te vaak een antwoord dat niet past; er is niets verzonden',
    asks: (sender, recipient) => `Mag ${sender} dit delen met ${recipient}?`,
    intro:
      'Er wordt niets verzonden. Antwoord alleen wat waar is. Weet u iets niet, zeg dat dan: dan gaan we verder met wat u wel weet. ' +
      'Dit gaat over één persoon. Zijn het er meer, doe dan voor elk een check, en zet daarna alle `dataSubjects` in één melding als ontvanger, doel en grondslag gelijk zijn.',
    now: 'Zoals het nu is:',
    stateNow: 'Nu:',
    question: (number, open) =>
      open === 0 ? `Vraag ${number}` : `Vraag ${number} (hierna nog hooguit ${open} die ertoe kunnen doen)`,
    whoKnows: 'Wie dit weet of beslist',
    ifYes: 'Bij ja',
    ifNo: 'Bij nee',
    replies: (hasBack) => `[j] ja · [n] nee · [w] weet ik niet${hasBack ? ' · [t] terug' : ''} · [s] stop`,
    notAReply: 'Typ j, n, w, t of s.',
    leaveOut: (labels) => `Zolang dit erbij zit, mag niets: ${labels}. Wilt u kijken wat er mag als u dit weglaat?`,
    yesNo: '[j] ja · [n] nee',
    basisQuestion: 'Op meer dan één grondslag kan er iets. Kies er een:',
    basisTaken: (title) => `Op deze grondslag kan het meest: ${title}. Controleer of het de uwe is.`,
    stopped: 'Gestopt. Er is niets verzonden.',
    kept: 'Uw antwoorden tot nu toe; bewaar ze in een bestand voor --answers:',
    result: 'Uitkomst',
    nothingSent: 'Er is niets verzonden.',
    stays: 'Wat niet kan, wat u ook antwoordt',
    remedies: 'Wat er kan met wat blijft, de makkelijkste weg eerst. Geef alleen op wat waar is:',
    withChoice: 'Daarvoor kiest u',
    ifAllTrue: 'Alleen als dit alles klopt',
    yes: 'ja',
    no: 'nee',
    ask: 'na te vragen bij',
    anyOf: 'of',
    stillOpen: 'Wat u nog kunt nagaan (het kan iets veranderen):',
    notNeeded: 'Niet nodig, en daarom niet gebruikt',
    duties: 'Wat erbij hoort',
    bearer: { afzender: 'u', ontvanger: 'de ontvanger', sluis: 'Sluis' },
    noBody: 'Er is niets om te versturen: zoals het nu is, mag er niets.',
    body: (path, party) =>
      `Om te versturen: sluis request POST /v1/exchanges --as ${party} --body ${path ?? 'BESTAND'}`,
    fill: 'Vul eerst alles in wat tussen < en > staat, ook de soort melding. Een beoordeling moet echt zijn gedaan.',
    values:
      'Zegt een ingevulde waarde iets anders dan uw antwoorden, zoals een geboortedatum, dan telt de waarde mee of wordt de melding geweigerd.',
    leftOut: (labels) => `Niet erin, omdat het toch zou blijven: ${labels}.`,
    bodyOutcome: 'Wat er dan gebeurt',
    written: (path) => `De melding om in te vullen staat in ${path}; alleen u kunt dit bestand lezen.`,
    notWritten: 'Er is geen bestand geschreven.',
    and: 'en',
  },
  en: {
    heading: {
      recipient: 'Who do you want to give something to?',
      purpose: 'For what purpose?',
      role: 'Who is it about?',
      legalBasis: 'On which legal basis?',
      fields: 'Which fields do you want to share? Names of fields only; never enter who it is.',
    },
    others: 'No rule knows these together with the earlier choices:',
    noneKnown: 'No rule knows this combination. You can choose:',
    otherBasis: 'Give another legal basis with --basis.',
    pickOne: 'Number or word (s = stop): ',
    pickMany: 'Numbers or words, separated by commas, such as 1, 3-5 (s = stop): ',
    pickBasis: 'Number or word; Enter if you do not know (s = stop): ',
    taken: (what, label) => `There is only one ${what} that has a rule: ${label}.`,
    notAChoice: 'That is not in the list; type a number or a word of the list.',
    missing: (what, option, known) =>
      `the ${what} is missing; give ${option}${known.length === 0 ? '' : `, for example ${known.join(', ')}`}`,
    tooManyTries: 'too many answers that do not fit; nothing was sent',
    asks: (sender, recipient) => `May ${sender} share this with ${recipient}?`,
    intro:
      'Nothing is sent. Answer only what is true. If you do not know something, say so: the questions continue with what you do know. ' +
      'This is about one person. If there are more, run a check for each, and then put all `dataSubjects` into one report when recipient, purpose and legal basis are the same.',
    now: 'As it is now:',
    stateNow: 'Now:',
    question: (number, open) =>
      open === 0 ? `Question ${number}` : `Question ${number} (at most ${open} more that can matter)`,
    whoKnows: 'Who knows or decides this',
    ifYes: 'If yes',
    ifNo: 'If no',
    replies: (hasBack) => `[y] yes · [n] no · [d] don’t know${hasBack ? ' · [b] back' : ''} · [s] stop`,
    notAReply: 'Type y, n, d, b or s.',
    leaveOut: (labels) => `As long as this is included, nothing is allowed: ${labels}. See what is allowed without it?`,
    yesNo: '[y] yes · [n] no',
    basisQuestion: 'Something is possible on more than one legal basis. Choose one:',
    basisTaken: (title) => `The most is possible on this legal basis: ${title}. Check that it is yours.`,
    stopped: 'Stopped. Nothing was sent.',
    kept: 'Your answers so far; keep them in a file for --answers:',
    result: 'Result',
    nothingSent: 'Nothing has been sent.',
    stays: 'Not possible, whatever you answer',
    remedies: 'What is possible for what stays, the easiest way first. State only what is true:',
    withChoice: 'For that you choose',
    ifAllTrue: 'Only if all of this is right',
    yes: 'yes',
    no: 'no',
    ask: 'ask',
    anyOf: 'or',
    stillOpen: 'What you can still find out (it can change something):',
    notNeeded: 'Not needed, and therefore not used',
    duties: 'What comes with it',
    bearer: { afzender: 'you', ontvanger: 'the recipient', sluis: 'Sluis' },
    noBody: 'There is nothing to send: as it is now, nothing is allowed.',
    body: (path, party) => `To send: sluis request POST /v1/exchanges --as ${party} --body ${path ?? 'FILE'}`,
    fill: 'First fill in everything between < and >, also the kind of report. An assessment must really have been made.',
    values:
      'If a value that you fill in says something other than your answers, such as a date of birth, the value counts or the report is refused.',
    leftOut: (labels) => `Not in it, because it would stay anyway: ${labels}.`,
    bodyOutcome: 'What happens then',
    written: (path) => `The report to fill in is in ${path}; only you can read that file.`,
    notWritten: 'No file was written.',
    and: 'and',
  },
}
