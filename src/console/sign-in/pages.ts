import { html } from 'hono/html'
import { notFound } from '../../http/route.ts'
import { parseReturnPath, redirectTo, showPage } from '../answers.ts'
import { type Html, NOTHING } from '../html.ts'
import { type ConsolePage, personOf, type Visit } from '../page.ts'
import { listPeople } from './people-list.ts'
import { labelPerson } from './person-label.ts'
import { FORGET_PROGRESS } from './progress.ts'
import { SignInError, type SignInFault } from './provider-client.ts'
import { FORGET_SESSION } from './sessions.ts'
import { startAddress } from './start-address.ts'
import { FAULT_WORDS, SIGN_IN_WORDS, UNKNOWN_WORDS } from './words.ts'

/** What a browser forgets at sign-out, besides the session. @see Clear Site Data §3.1 */
const CLEAR_SITE_DATA = '"cache", "cookies", "storage"'

const STATUS: Readonly<Record<SignInFault, number>> = {
  unavailable: 503,
  cancelled: 403,
  mismatch: 400,
  ended: 400,
  'not-fresh': 403,
}

/** Pages for signing in and out. */
export const signInPages: readonly ConsolePage[] = [
  {
    method: 'get',
    path: '/sign-in',
    access: 'open',
    async perform(visit) {
      const { query, person } = visit
      const to = parseReturnPath(query.get('to'))
      const isFresh = query.get('fresh') === 'yes'
      return person && isFresh
        ? redirectTo(startAddress({ party: person.party, person: person.person, to, isFresh }))
        : showSignIn(visit, to)
    },
  },
  {
    method: 'get',
    path: '/sign-in/start',
    access: 'open',
    async perform(visit) {
      const { query, language, signIn, gateway, person: signedIn } = visit
      const isFresh = query.get('fresh') === 'yes'
      const party = query.get('organisation') ?? ''
      const person = query.get('person') ?? ''
      // Otherwise anybody could learn whose subject is whose from the address of the provider.
      const mayHint = signIn.settings.listsPeople || (signedIn?.party === party && signedIn.person === person)
      const hint = mayHint ? gateway.policySet.parties.get(party)?.people.get(person)?.subject : undefined
      try {
        const begun = await signIn.begin({ party, to: parseReturnPath(query.get('to')), isFresh, language, hint })
        if (!begun) throw notFound()
        return redirectTo(begun.address.href, { 'set-cookie': begun.cookie })
      } catch (error) {
        return showFault(visit, error)
      }
    },
  },
  {
    method: 'get',
    path: '/sign-in/callback/{provider}',
    access: 'open',
    async perform(visit) {
      const { request, parameters, signIn } = visit
      const answer = await complete(visit, () => signIn.complete(request, parameters.provider!))
      // A sign-in in progress is used once, also when it signs nobody in.
      answer.headers.append('set-cookie', FORGET_PROGRESS)
      return answer
    },
  },
  {
    method: 'get',
    path: '/signed-in',
    access: 'open',
    perform(visit) {
      const words = SIGN_IN_WORDS[visit.language]
      return showPage(visit, { title: words.done, body: html`<p>${words.doneText}</p>` })
    },
  },
  {
    method: 'post',
    path: '/sign-out',
    access: 'open',
    async perform({ request, person, signIn }) {
      await signIn.end(request)
      return signedOut(person?.party)
    },
  },
  {
    method: 'post',
    path: '/sign-out-everywhere',
    access: 'signed-in',
    async perform(visit) {
      const { id, party } = personOf(visit)
      await visit.signIn.endAll(id)
      return signedOut(party)
    },
  },
  {
    method: 'get',
    path: '/signed-out',
    access: 'open',
    async perform(visit) {
      const words = SIGN_IN_WORDS[visit.language]
      const address = await visit.signIn.endSession(visit.query.get('organisation') ?? '')
      return showPage(visit, {
        title: words.out,
        body: html`<p>${words.outText}</p>
${address ? html`<p>${words.outProvider}</p><p><a href="${address.href}">${words.outProviderLink}</a></p>` : NOTHING}
<p><a href="/sign-in">${words.again}</a></p>`,
      })
    },
  },
]

function showSignIn(visit: Visit, to: string): Promise<Response> {
  const { language, signIn, gateway, person } = visit
  const words = SIGN_IN_WORDS[language]
  const parties = signIn.settings.providers.flatMap((provider) => provider.parties)
  const choices = parties.flatMap((id) => gateway.policySet.parties.get(id) ?? [])
  return showPage(visit, {
    title: person ? words.account : words.title,
    body: html`${person ? showAccount(visit) : NOTHING}
${
  choices.length === 0
    ? html`<p>${words.nobody}</p>`
    : html`<p>${words.choose}</p>
<ul class="doors">${choices.map(
        ({ id, label }) => html`<li><a href="${startAddress({ party: id, to })}">${label[language]}</a></li>`,
      )}</ul>`
}
${listPeople(visit, to)}`,
  })
}

/** What somebody who has signed in already can do with their sessions. */
function showAccount({ language, gateway, person }: Visit): Html {
  const words = SIGN_IN_WORDS[language]
  const party = person && gateway.policySet.parties.get(person.party)
  const role = party?.people.get(person!.person)
  return html`<p>${words.signedIn} <strong><bdi>${role && labelPerson(role)[language]}</bdi>, <bdi>${party?.label[language]}</bdi></strong>.</p>
<p>${words.everywhereText}</p>
<div class="actions">
<form method="post" action="/sign-out"><button>${words.signOut}</button></form>
<form method="post" action="/sign-out-everywhere"><button>${words.everywhere}</button></form>
</div>
<h2>${words.other}</h2>`
}

async function complete(visit: Visit, redeem: () => ReturnType<Visit['signIn']['complete']>): Promise<Response> {
  try {
    const completed = await redeem()
    return 'unknownSubject' in completed
      ? showUnknown(visit, completed.unknownSubject)
      : redirectTo(completed.to, { 'set-cookie': completed.cookie })
  } catch (error) {
    return showFault(visit, error)
  }
}

/** @throws whatever is no fault of a sign-in */
async function showFault(visit: Visit, error: unknown): Promise<Response> {
  if (!(error instanceof SignInError)) throw error
  const [title, text] = FAULT_WORDS[visit.language][error.fault]
  const answer = await showPage(visit, {
    status: STATUS[error.fault],
    title,
    body: html`<p>${text}</p><p><a href="/sign-in">${SIGN_IN_WORDS[visit.language].again}</a></p>`,
  })
  if (error.fault === 'unavailable') answer.headers.set('retry-after', '60')
  return answer
}

function showUnknown(visit: Visit, subject: string): Promise<Response> {
  const words = UNKNOWN_WORDS[visit.language]
  return showPage(visit, {
    status: 403,
    title: words.title,
    body: html`<p>${words.text}</p><p>${words.subject}: <code>${subject}</code></p>`,
  })
}

function signedOut(party: string | undefined): Response {
  const query = party === undefined ? '' : `?organisation=${encodeURIComponent(party)}`
  return redirectTo(`/signed-out${query}`, { 'set-cookie': FORGET_SESSION, 'clear-site-data': CLEAR_SITE_DATA })
}
