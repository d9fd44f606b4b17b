import { html } from 'hono/html'
import type { Language } from '../../model/language.ts'

/** Somebody who can sign in at the provider of the demo. */
export interface DemoPerson {
  readonly subject: string
  /** Role and organisation, such as `Hulpverlener, Fier`. */
  readonly label: Readonly<Record<Language, string>>
}

const WORDS = {
  nl: {
    title: 'Aanmelddienst van de demo',
    text: 'Deze pagina staat voor de aanmelddienst van uw eigen organisatie. Kies wie u bent; een wachtwoord is hier niet nodig, want alle personen zijn verzonnen.',
    cancel: 'Niet aanmelden',
    error: 'Deze aanmelding is voorbij. Ga terug naar Sluis en begin opnieuw.',
  },
  en: {
    title: 'Sign-in service of the demo',
    text: 'This page stands for the sign-in service of your own organisation. Choose who you are; no password is needed here, because all persons are made up.',
    cancel: 'Do not sign in',
    error: 'This sign-in is over. Go back to Sluis and start again.',
  },
} as const

/** The page on which people choose who they are; each button posts a `subject`, and an empty one cancels. */
export const formatChoicePage = (people: readonly DemoPerson[], language: Language): string =>
  formatPage(
    language,
    html`<p>${WORDS[language].text}</p>
<form method="post">
${people.map(({ subject, label }) => html`<button name="subject" value="${subject}">${label[language]}</button>`)}
<button name="subject" value="" class="quiet">${WORDS[language].cancel}</button>
</form>`,
  )

/** The page for a sign-in that cannot be continued. */
export const formatOverPage = (language: Language): string =>
  formatPage(language, html`<p>${WORDS[language].error}</p>`)

const formatPage = (language: Language, body: ReturnType<typeof html>): string =>
  String(html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${WORDS[language].title}</title>
<style>
body { max-width: 34rem; margin: 3rem auto; padding: 0 1rem; font: 1.0625rem/1.55 system-ui, sans-serif; }
h1 { font-family: Georgia, serif; line-height: 1.15; }
button { display: block; width: 100%; margin: .6rem 0; padding: .7rem 1rem; border: 2px solid; border-radius: .4rem; background: none; font: inherit; text-align: start; cursor: pointer; }
button.quiet { border-style: dashed; }
</style>
</head>
<body>
<main>
<h1>${WORDS[language].title}</h1>
${body}
</main>
</body>
</html>
`)
