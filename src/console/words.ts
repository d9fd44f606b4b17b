/** Texts of the frame around every page. */
export const FRAME_WORDS = {
  nl: {
    skip: 'Naar de inhoud',
    navigation: 'Hoofdmenu',
    otherLanguage: 'English',
    language: 'Taal',
    signIn: 'Aanmelden',
    signOut: 'Afmelden',
    signedInAs: 'Aangemeld als',
    warning:
      'De regels zijn een uitgewerkt voorbeeld. Een jurist moet ze bevestigen voordat u Sluis met echte gegevens gebruikt.',
    api: 'Voor ontwikkelaars',
  },
  en: {
    skip: 'Skip to content',
    navigation: 'Main menu',
    otherLanguage: 'Nederlands',
    language: 'Language',
    signIn: 'Sign in',
    signOut: 'Sign out',
    signedInAs: 'Signed in as',
    warning: 'The rules are a worked example. A lawyer must confirm them before you use Sluis with real data.',
    api: 'For developers',
  },
} as const
