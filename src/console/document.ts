import { html } from 'hono/html'
import type { Badge, Badges } from './badges.ts'
import { type Html, NOTHING } from './html.ts'
import { NAVIGATION } from './navigation.ts'
import { mayOpen, type Visit } from './page.ts'
import { labelPerson } from './sign-in/person-label.ts'
import type { SignedIn } from './sign-in/signed-in.ts'
import { FRAME_WORDS } from './words.ts'

/** What a page shows. */
export interface Shown {
  /** The one h1, and the title of the window; holds no personal data. */
  readonly title: string
  /** The h1 when it has a name in it (`withNames`); says the same as the title. */
  readonly heading?: Html
  readonly body: Html
  /** Where to come back to after a change of language; the path alone when absent. Has no value that the page does not know. */
  readonly address?: string
  /** 200 when absent. */
  readonly status?: number
  /** Scripts beside the one of every page, by the name of their file in `/assets/`. */
  readonly scripts?: readonly string[]
}

/** What the frame shows of a visit. */
export type FramedVisit = Pick<Visit, 'language' | 'person' | 'isCheckOpen' | 'path' | 'gateway'>

/** The frame around every page: head, menu, language, who has signed in, and what the page shows. */
export function formatDocument(
  visit: FramedVisit,
  { title, heading, body, address = visit.path, scripts = [] }: Shown,
  badges: Badges = new Map(),
): Html {
  const { language, person, path, gateway } = visit
  const words = FRAME_WORDS[language]
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} - Sluis</title>
<link rel="icon" href="/assets/sluis.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/console.css">
${['forms.js', ...scripts].map((script) => html`<script type="module" src="/assets/${script}"></script>`)}
</head>
<body class="utrecht-html">
<a class="skip" href="#content">${words.skip}</a>
<header>
<div class="bar">
<a class="mark" href="/"><img src="/assets/sluis.svg" alt="" width="28" height="28"> Sluis</a>
<div class="who">
${person ? signedIn(person, gateway, language) : html`<a href="/sign-in">${words.signIn}</a>`}
<form method="post" action="/language">
<input type="hidden" name="to" value="${address}">
<button class="plain" name="language" value="${language === 'nl' ? 'en' : 'nl'}" lang="${language === 'nl' ? 'en' : 'nl'}">${words.otherLanguage}</button>
</form>
</div>
</div>
<nav aria-label="${words.navigation}">
<ul>${NAVIGATION.filter(({ access }) => mayOpen(visit, access)).map(
    (item) =>
      html`<li><a href="${item.path}"${item.path === path ? html` aria-current="page"` : NOTHING}>${item.label[language]}${formatBadge(badges.get(item.path), language)}</a></li>`,
  )}</ul>
</nav>
</header>
<main id="content" tabindex="-1">
<h1>${heading ?? title}</h1>
${body}
</main>
<footer>
<p>${words.warning}</p>
<p><a href="/docs">${words.api}</a></p>
</footer>
</body>
</html>
`
}

function formatBadge(badge: Badge | undefined, language: Visit['language']): Html {
  return badge
    ? html` <span class="count">${badge.count}<span class="hidden"> ${badge.means[language]}</span></span>`
    : NOTHING
}

function signedIn(person: SignedIn, gateway: Visit['gateway'], language: Visit['language']): Html {
  const words = FRAME_WORDS[language]
  const party = gateway.policySet.parties.get(person.party)
  const role = party?.people.get(person.person)
  return html`<span>${words.signedInAs} <a href="/sign-in"><bdi>${role ? labelPerson(role)[language] : person.person}</bdi>, <bdi>${party?.label[language] ?? person.party}</bdi></a></span>
<form method="post" action="/sign-out"><button class="plain">${words.signOut}</button></form>`
}
