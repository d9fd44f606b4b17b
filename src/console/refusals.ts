import { html } from 'hono/html'
import type { Scope } from '../model/party.ts'
import { redirectTo, showPage } from './answers.ts'
import { FORM_OWNER } from './form-owner.ts'
import type { ConsolePage, Visit } from './page.ts'

const WORDS = {
  nl: {
    ended: 'Meld u opnieuw aan',
    endedText:
      'U was te lang weg, of dit werk vraagt dat u zich net heeft aangemeld. Er is nog niets verstuurd en er is niets verloren.',
    steps: 'Meld u aan in een nieuw tabblad. Kom daarna hier terug en verstuur het formulier opnieuw.',
    signIn: 'Aanmelden in een nieuw tabblad',
    again: 'Verstuur opnieuw',
    noRight: 'U mag deze pagina niet openen',
    noRightText: 'Uw organisatie heeft u dit recht niet gegeven:',
    ask: 'Vraag het aan wie bij uw organisatie de toegang regelt.',
    another: 'Dit formulier is van iemand anders',
    anotherText:
      'Iemand anders opende dit formulier op deze computer, en daarna meldde u zich aan. Er is niets verstuurd. Open de pagina zelf opnieuw.',
    start: 'Naar het begin',
  },
  en: {
    ended: 'Sign in again',
    endedText:
      'You were away for too long, or this work requires a recent sign-in. Nothing was sent yet and nothing is lost.',
    steps: 'Sign in, in a new tab. Then come back here and send the form again.',
    signIn: 'Sign in, in a new tab',
    again: 'Send again',
    noRight: 'You may not open this page',
    noRightText: 'Your organisation has not granted you this right:',
    ask: 'Ask whoever arranges access at your organisation.',
    another: 'This form is of somebody else',
    anotherText:
      'Somebody else opened this form on this computer, and you signed in after that. Nothing was sent. Open the page again yourself.',
    start: 'To the first page',
  },
} as const

/**
 * For a page that needs somebody who has signed in, or has done so just now. A form that was sent stays in the page, so that nothing
 * typed is lost and the server keeps nothing.
 */
export async function signInAgain(visit: Visit, page: ConsolePage): Promise<Response> {
  const { language, path, request, form } = visit
  const fresh = page.needsFreshSignIn && visit.person ? '&fresh=yes' : ''
  if (page.method === 'get')
    return redirectTo(`/sign-in?to=${encodeURIComponent(path + new URL(request.url).search)}${fresh}`)
  const words = WORDS[language]
  return showPage(visit, {
    status: 401,
    title: words.ended,
    body: html`<p>${words.endedText}</p>
<p>${words.steps}</p>
<p><a href="/sign-in?to=/signed-in${fresh}" target="_blank" rel="noopener">${words.signIn}</a></p>
<form method="post" action="${path}" autocomplete="off">
${[...form].filter(([name]) => !(visit.person && name === FORM_OWNER)).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<button>${words.again}</button>
</form>`,
  })
}

/** For somebody who lacks the scope of a page. */
export function noRight(visit: Visit, scope: Scope): Promise<Response> {
  const words = WORDS[visit.language]
  return showPage(visit, {
    status: 403,
    title: words.noRight,
    body: html`<p>${words.noRightText} <code>${scope}</code>.</p><p>${words.ask}</p>`,
  })
}

/** For a form that was shown to somebody else on this computer; shows nothing of it. */
export function formOfAnother(visit: Visit): Promise<Response> {
  const words = WORDS[visit.language]
  return showPage(visit, {
    status: 409,
    title: words.another,
    body: html`<p>${words.anotherText}</p><p><a href="/">${words.start}</a></p>`,
  })
}
