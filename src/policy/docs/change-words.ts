import type { Language } from '../../model/language.ts'

/** What a change does to the data of a sender and recipient. */
export type EffectKind =
  | 'given'
  | 'givenCoarser'
  | 'whole'
  | 'coarser'
  | 'otherLevel'
  | 'withheld'
  | 'linkedOnly'
  | 'links'
  | 'linksNoMore'
  | 'refused'
  | 'notRefused'
  | 'reason'
  | 'duties'

/** The parts of a sentence about a change; `may` agrees with the number of senders. */
interface Parts {
  readonly from: string
  readonly to: string
  readonly data: string
  readonly level: string
  readonly may: string
}

interface ChangeWords {
  readonly none: string
  readonly anybody: string
  readonly except: (list: string) => string
  readonly purpose: (list: string) => string
  readonly role: (list: string) => string
  readonly basis: (list: string) => string
  readonly undeclared: string
  readonly period: (text: string) => string
  readonly from: (date: string) => string
  readonly until: (date: string) => string
  readonly always: string
  readonly and: string
  readonly also: string
  readonly not: (label: string) => string
  readonly declared: (label: string) => string
  readonly may: (isMany: boolean) => string
  readonly when: (text: string) => string
  readonly under: string
  readonly andMore: string
  readonly dutyAdded: (duty: string) => string
  readonly dutyGone: (duty: string) => string
  readonly idleField: (field: string) => string
  readonly goneField: (field: string) => string
  readonly effects: Readonly<Record<EffectKind, (parts: Parts) => string>>
  readonly columns: Readonly<Record<'sender' | 'recipient' | 'data' | 'before' | 'after' | 'conditions', string>>
  readonly conditions: string
  readonly condition: (position: number) => string
  readonly certain: string
  readonly oneOf: string
  readonly more: (count: number) => string
  readonly title: string
  readonly approved: string
}

/** The words in which a difference between two sets is described. */
export const WORDS: Readonly<Record<Language, ChangeWords>> = {
  nl: {
    none: 'Geen enkel besluit verandert.',
    anybody: 'iedereen',
    except: (list: string) => `iedereen behalve ${list}`,
    purpose: (list: string) => `doel: ${list}`,
    role: (list: string) => `over: ${list}`,
    basis: (list: string) => `grondslag: ${list}`,
    undeclared: 'alleen bij vragen vooraf zonder grondslag',
    period: (text: string) => `geldig: ${text}`,
    from: (date: string) => `vanaf ${date}`,
    until: (date: string) => `tot ${date}`,
    always: 'altijd',
    and: 'en',
    also: ', en ',
    not: (label: string) => `niet ‘${label}’`,
    declared: (label: string) => `verklaard ‘${label}’`,
    may: (isMany: boolean) => (isMany ? 'mogen' : 'mag'),
    when: (text: string) => `, als vaststaat: ${text}`,
    under: '; voor de voorwaarden, zie hieronder',
    andMore: ' (en wat hieronder staat)',
    dutyAdded: (duty: string) => `plicht erbij: ${duty}`,
    dutyGone: (duty: string) => `plicht vervalt: ${duty}`,
    idleField: (field: string) => `Nieuw veld: ${field}. Geen regel geeft het; het blijft achter.`,
    goneField: (field: string) => `Vervallen veld: ${field}. Geen regel gaf het.`,
    effects: {
      given: ({ from, to, data, may }) => `${from} ${may} voortaan ook ${data} geven aan ${to}`,
      givenCoarser: ({ from, to, data, level, may }) =>
        `${from} ${may} voortaan ook ${data} geven aan ${to}, maar alleen als ${level}`,
      whole: ({ from, to, data, may }) => `${from} ${may} ${data} voortaan onverkort geven aan ${to}`,
      coarser: ({ from, to, data, level, may }) => `${from} ${may} ${data} alleen nog als ${level} geven aan ${to}`,
      otherLevel: ({ from, to, data, level, may }) => `${from} ${may} ${data} voortaan als ${level} geven aan ${to}`,
      withheld: ({ from, to, data, may }) => `${from} ${may} ${data} niet meer geven aan ${to}`,
      linkedOnly: ({ from, to, data, may }) =>
        `${from} ${may} ${data} niet meer geven aan ${to}; Sluis gebruikt dit nog wel om de persoon te herkennen`,
      links: ({ from, to, data }) =>
        `Sluis gebruikt ${data} voortaan om de persoon te herkennen, in gegevens van ${from} aan ${to}`,
      linksNoMore: ({ from, to, data }) =>
        `Sluis gebruikt ${data} niet meer om de persoon te herkennen, in gegevens van ${from} aan ${to}`,
      refused: ({ from, to, data }) => `Sluis weigert voortaan elke uitwisseling van ${from} aan ${to} met ${data}`,
      notRefused: ({ from, to, data }) =>
        `Een uitwisseling van ${from} aan ${to} met ${data} wordt niet meer geweigerd; dat gegeven blijft achter`,
      reason: ({ from, to, data, may }) =>
        `${from} ${may} ${data} nog steeds niet geven aan ${to}, om een andere reden`,
      duties: ({ from, to, data }) => `Bij ${data} van ${from} aan ${to} horen andere plichten`,
    },
    columns: {
      sender: 'Van',
      recipient: 'Aan',
      data: 'Gegevens',
      before: 'Was',
      after: 'Wordt',
      conditions: 'Voorwaarden',
    },
    conditions: 'Precieze voorwaarden',
    condition: (position: number) => `Voorwaarde ${position}`,
    certain: 'als dit vaststaat',
    oneOf: 'en een van deze',
    more: (count: number) => `… en nog ${count}; \`--json\` en \`--html\` geven alles`,
    title: 'Wat er verandert',
    approved: 'Hash die functionarissen goedkeuren',
  },
  en: {
    none: 'No decision changes at all.',
    anybody: 'everybody',
    except: (list: string) => `everybody but ${list}`,
    purpose: (list: string) => `purpose: ${list}`,
    role: (list: string) => `about: ${list}`,
    basis: (list: string) => `legal basis: ${list}`,
    undeclared: 'only in checks without a legal basis',
    period: (text: string) => `valid: ${text}`,
    from: (date: string) => `from ${date}`,
    until: (date: string) => `until ${date}`,
    always: 'always',
    and: 'and',
    also: ', and ',
    not: (label: string) => `not ‘${label}’`,
    declared: (label: string) => `declared ‘${label}’`,
    may: (_isMany: boolean) => 'may',
    when: (text: string) => `, when it is certain: ${text}`,
    under: ', under the conditions below',
    andMore: ' (and what is below)',
    dutyAdded: (duty: string) => `new duty: ${duty}`,
    dutyGone: (duty: string) => `duty gone: ${duty}`,
    idleField: (field: string) => `New field: ${field}. No rule releases it; it is withheld.`,
    goneField: (field: string) => `Removed field: ${field}. No rule released it.`,
    effects: {
      given: ({ from, to, data }) => `${from} may now also give ${data} to ${to}`,
      givenCoarser: ({ from, to, data, level }) => `${from} may now also give ${data} to ${to}, but only as ${level}`,
      whole: ({ from, to, data }) => `${from} may now give ${data} to ${to} whole instead of coarser`,
      coarser: ({ from, to, data, level }) => `${from} may now give ${data} to ${to} only as ${level}`,
      otherLevel: ({ from, to, data, level }) => `${from} may now give ${data} to ${to} as ${level}`,
      withheld: ({ from, to, data }) => `${from} may no longer give ${data} to ${to}`,
      linkedOnly: ({ from, to, data }) =>
        `${from} may no longer give ${data} to ${to}; Sluis still uses it to recognise the person`,
      links: ({ from, to, data }) => `Sluis now uses ${data} to recognise the person, in data from ${from} to ${to}`,
      linksNoMore: ({ from, to, data }) =>
        `Sluis no longer uses ${data} to recognise the person, in data from ${from} to ${to}`,
      refused: ({ from, to, data }) => `Sluis now refuses every exchange from ${from} to ${to} with ${data}`,
      notRefused: ({ from, to, data }) =>
        `An exchange from ${from} to ${to} with ${data} is no longer refused; those data are withheld`,
      reason: ({ from, to, data }) => `${from} may still not give ${data} to ${to}, for another reason`,
      duties: ({ from, to, data }) => `Other duties come with ${data} from ${from} to ${to}`,
    },
    columns: {
      sender: 'From',
      recipient: 'To',
      data: 'Data',
      before: 'Was',
      after: 'Becomes',
      conditions: 'Conditions',
    },
    conditions: 'Exact conditions',
    condition: (position: number) => `Condition ${position}`,
    certain: 'when this is certain',
    oneOf: 'and one of these',
    more: (count: number) => `… and ${count} more; \`--json\` and \`--html\` give everything`,
    title: 'What changes',
    approved: 'Hash that officers approve',
  },
}
