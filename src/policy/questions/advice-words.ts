import type { LocalisedText } from '../../model/language.ts'

export const NO_PLAN: LocalisedText = {
  nl: 'Er is geen plan: wat er ook nog bekend wordt, de regels laten hier niet meer door dan nu.',
  en: 'There is no plan: whatever else becomes known, the rules let no more pass here than now.',
}

/** As `NO_PLAN`, when words were set aside. */
export const NO_PLAN_ASIDE: LocalisedText = {
  nl: 'Er is geen plan zonder wat is overgeslagen: wat er verder ook bekend wordt, de regels laten hier niet meer door dan nu.',
  en: 'There is no plan without what was set aside: whatever else becomes known, the rules let no more pass here than now.',
}

export const STOPPED: LocalisedText = {
  nl: 'Er zijn te veel mogelijkheden om ze alle na te gaan. Wat hier staat, klopt; er kunnen meer vragen en plannen zijn.',
  en: 'There are too many possibilities to examine all of them. What is listed is correct; there can be more questions and plans.',
}

/** The words of advice, in both languages. */
export const WORDS = {
  nl: {
    changed: {
      released: 'Dan verstrekt',
      coarser: 'Dan grover verstrekt',
      linkedOnly: 'Dan alleen gekoppeld',
      withheld: 'Dan niet meer geweigerd, wel achtergehouden',
      refused: 'Dan geweigerd',
    },
    reachable: 'Na andere antwoorden nog mogelijk',
    possible: {
      released: 'verstrekt',
      coarser: 'grover verstrekt',
      linkedOnly: 'alleen gekoppeld',
      withheld: 'niet meer geweigerd, wel achtergehouden',
      refused: 'geweigerd',
    },
    stays: 'Blijft zoals het nu is',
    less: 'Kan dan minder ver gaan',
    nothing: 'Dit antwoord alleen verandert niets.',
    stillRefused: 'Er gaat pas iets door als in de hele uitwisseling niets meer wordt geweigerd.',
    onBasis: (title: string) => `Op de grondslag ‘${title}’`,
    forPurpose: (purpose: string) => `als het doel werkelijk is: ${purpose}`,
    toRecipient: (recipient: string) => `als de ontvanger is: ${recipient}`,
    withoutMore: 'Zonder iets anders op te geven.',
    ifTrue: 'Alleen als dit alles waar is',
    alsoThen: 'Wat al is opgegeven, moet ook dan waar zijn.',
    onlyLinked: 'Dan verstrekt: niets; gegevens dienen alleen om de persoon binnen Sluis te herkennen.',
    none: 'niets',
    person: 'betrokkene',
    declared: 'een mens heeft dit gewogen en verklaart',
    safeguard: 'de waarborg van',
    prohibition: 'het verbod van',
    yes: 'ja',
    no: 'nee',
    dependsOn: 'hangt af van een vraag',
    ifYes: 'Ja',
    ifNo: 'Nee',
    unreachable: {
      'no-rule': (fields: string) =>
        `${fields}: op geen enkele grondslag geeft deze afzender dit aan deze ontvanger, voor dit doel, over deze persoon. Geen antwoord verandert dat.`,
      'other-basis': (fields: string) =>
        `${fields}: de opgegeven grondslag dekt dit niet. Een andere grondslag in de regels dekt het wel.`,
      prohibition: (fields: string, barrier: string) =>
        `${fields}: ${barrier} staat in de weg, en geen antwoord heft dat op.`,
      refusal: (fields: string, barrier: string) =>
        `${fields}: ${barrier} houdt de hele uitwisseling tegen zolang dit erbij zit, en geen antwoord heft dat op.`,
      excluded: (fields: string) =>
        `${fields}: de regels die dit toestaan, vragen iets wat niet samengaat met wat al vaststaat of met wat een verbod vraagt.`,
      aside: (fields: string) =>
        `${fields}: de regels die dit toestaan, vragen iets wat is overgeslagen, of iets wat niet samengaat met wat al vaststaat of met wat een verbod vraagt.`,
    },
  },
  en: {
    changed: {
      released: 'Then released',
      coarser: 'Then coarser',
      linkedOnly: 'Then linked only',
      withheld: 'Then no longer refused, but withheld',
      refused: 'Then refused',
    },
    reachable: 'Still possible after other answers',
    possible: {
      released: 'released',
      coarser: 'coarser',
      linkedOnly: 'linked only',
      withheld: 'no longer refused, but withheld',
      refused: 'refused',
    },
    stays: 'Stays as it is now',
    less: 'Can then get less',
    nothing: 'This answer alone changes nothing.',
    stillRefused: 'Nothing passes until nothing in the whole exchange is refused any more.',
    onBasis: (title: string) => `On the legal basis ‘${title}’`,
    forPurpose: (purpose: string) => `if the purpose really is: ${purpose}`,
    toRecipient: (recipient: string) => `if the recipient is: ${recipient}`,
    withoutMore: 'Without stating anything else.',
    ifTrue: 'Only if all of this is true',
    alsoThen: 'What was stated already must be true then as well.',
    onlyLinked: 'Then released: nothing; data only serve to recognise the person inside Sluis.',
    none: 'nothing',
    person: 'data subject',
    declared: 'a person has weighed this and declares',
    safeguard: 'the safeguard of',
    prohibition: 'the prohibition of',
    yes: 'yes',
    no: 'no',
    dependsOn: 'depends on a question',
    ifYes: 'Yes',
    ifNo: 'No',
    unreachable: {
      'no-rule': (fields: string) =>
        `${fields}: on no legal basis does this sender give this to this recipient, for this purpose, about this person. No answer changes that.`,
      'other-basis': (fields: string) =>
        `${fields}: the declared legal basis does not cover this. Another legal basis in the rules does.`,
      prohibition: (fields: string, barrier: string) => `${fields}: ${barrier} applies, and no answer lifts it.`,
      refusal: (fields: string, barrier: string) =>
        `${fields}: ${barrier} stops the whole exchange as long as this is in it, and no answer lifts it.`,
      excluded: (fields: string) =>
        `${fields}: the rules that permit this ask for something that cannot be true beside what is known already or what a prohibition asks.`,
      aside: (fields: string) =>
        `${fields}: the rules that permit this ask for something that was set aside, or that cannot be true beside what is known already or what a prohibition asks.`,
    },
  },
} as const
