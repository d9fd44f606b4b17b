/** Texts of signing in and out. */
export const SIGN_IN_WORDS = {
  nl: {
    title: 'Aanmelden',
    account: 'Uw aanmelding',
    choose: 'Bij welke organisatie werkt u? U meldt zich aan bij uw eigen organisatie; Sluis ziet uw wachtwoord niet.',
    nobody: 'Niemand kan zich hier nog aanmelden. De beheerder stelt in bij welke diensten dat kan.',
    signedIn: 'U bent aangemeld als',
    everywhere: 'Overal afmelden',
    everywhereText: 'Bent u een apparaat kwijt, of vergat u zich ergens af te melden? Meld u dan overal af.',
    signOut: 'Afmelden',
    other: 'Als iemand anders aanmelden',
    done: 'U bent aangemeld',
    doneText: 'U kunt dit tabblad sluiten en verdergaan waar u was.',
    out: 'U bent afgemeld',
    outText: 'Op deze computer staat niets meer van uw werk in Sluis.',
    outProvider:
      'Uw organisatie kan u nog kennen: wie nu op Aanmelden drukt, komt dan zonder wachtwoord weer binnen. Deelt u deze computer? Meld u dan ook daar af.',
    outProviderLink: 'Ook bij uw organisatie afmelden',
    again: 'Opnieuw aanmelden',
    demoTitle: 'Wie bent u vandaag?',
    demo: 'Dit is een demo. Kies wie u bent; alle personen zijn verzonnen.',
  },
  en: {
    title: 'Sign in',
    account: 'Your sign-in',
    choose: 'Which organisation do you work for? You sign in at your own organisation; Sluis never sees your password.',
    nobody: 'Nobody can sign in here yet. The operator sets at which services people can.',
    signedIn: 'You are signed in as',
    everywhere: 'Sign out everywhere',
    everywhereText: 'Did you lose a device, or forget to sign out somewhere? Then sign out everywhere.',
    signOut: 'Sign out',
    other: 'Sign in as somebody else',
    done: 'You are signed in',
    doneText: 'You can close this tab and continue where you were.',
    out: 'You are signed out',
    outText: 'Nothing of your work in Sluis is left on this computer.',
    outProvider:
      'Your organisation may still know you: then anybody who presses Sign in gets in without a password. Do you share this computer? Sign out there too.',
    outProviderLink: 'Sign out at your organisation too',
    again: 'Sign in again',
    demoTitle: 'Who are you today?',
    demo: 'This is a demo. Choose who you are; all persons are made up.',
  },
} as const

/** Why nobody was signed in, and what to do. */
export const FAULT_WORDS = {
  nl: {
    unavailable: [
      'Aanmelden lukt nu niet',
      'De aanmelddienst van uw organisatie geeft geen bruikbaar antwoord. Probeer het over een minuut opnieuw. Blijft het zo, vraag het dan aan de beheerder; die vindt de oorzaak in de meldingen van de gateway.',
    ],
    cancelled: [
      'U bent niet aangemeld',
      'U stopte met aanmelden, of uw organisatie liet u niet door. Probeer het opnieuw, of vraag het aan wie bij uw organisatie de toegang regelt.',
    ],
    mismatch: [
      'U bent niet aangemeld',
      'Het antwoord dat binnenkwam, hoort niet bij een aanmelding die in deze browser begon. Kwam u hier via een link van iemand anders? Gebruik die dan niet. Begin anders opnieuw.',
    ],
    ended: ['Deze aanmelding is voorbij', 'Het duurde te lang, of de aanmelding was al afgerond. Meld u opnieuw aan.'],
    'not-fresh': [
      'U bent niet opnieuw aangemeld',
      'Dit werk vraagt dat u zich net heeft aangemeld, maar de aanmelddienst van uw organisatie vroeg u niets. Probeer het opnieuw. Blijft het zo, vraag het dan aan de beheerder.',
    ],
  },
  en: {
    unavailable: [
      'Signing in does not work now',
      'The sign-in service of your organisation gives no usable answer. Try again in a minute. If it stays like this, ask the operator, who finds the cause in the output of the gateway.',
    ],
    cancelled: [
      'You are not signed in',
      'You stopped signing in, or your organisation did not let you through. Try again, or ask whoever arranges access at your organisation.',
    ],
    mismatch: [
      'You are not signed in',
      'The answer that arrived does not belong to a sign-in that began in this browser. Did you come here by a link of somebody else? Then do not use it. Otherwise start again.',
    ],
    ended: ['This sign-in is over', 'It took too long, or it was completed before. Sign in again.'],
    'not-fresh': [
      'You did not sign in again',
      'This work requires a recent sign-in, but the sign-in service of your organisation asked you nothing. Try again. If it stays like this, ask the operator.',
    ],
  },
} as const

/** For somebody whom the rule set in force does not know. */
export const UNKNOWN_WORDS = {
  nl: {
    title: 'Uw organisatie heeft u nog niet toegevoegd',
    text: 'Uw organisatie weet wie u bent, maar u heeft nog geen rol in Sluis. Geef dit kenmerk aan de privacyfunctionaris van uw organisatie; die voegt u toe. Het kenmerk is geen wachtwoord.',
    subject: 'Uw kenmerk',
  },
  en: {
    title: 'Your organisation has not added you yet',
    text: 'Your organisation knows who you are, but you have no role in Sluis yet. Give this identifier to the privacy officer of your organisation, who adds you. The identifier is no password.',
    subject: 'Your identifier',
  },
} as const
