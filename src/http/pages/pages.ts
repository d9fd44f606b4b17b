import { html, raw } from 'hono/html'
import { ERROR_CODES, type ErrorCode } from '../../errors.ts'
import type { Language } from '../../model/language.ts'
import { problemPath } from '../problem.ts'
import type { Route } from '../route.ts'
import { RULES_WARNING } from './rules-warning.ts'

type Page = ReturnType<typeof html>

const CHROME = {
  nl: {
    title: 'API van Sluis',
    intro: 'Elk adres, wat het vraagt en wat het antwoordt. De volledige beschrijving voor programma’s:',
    start: 'Eerste aanroep',
    startText: 'Vanuit een checkout haalt dit commando een token, ondertekent het DPoP-bewijs en stuurt het bericht:',
    scope: 'Recht in het token',
    open: 'geen token nodig',
    parameters: 'Mee te geven',
    body: 'Bericht',
    answer: 'Antwoord',
    problems: 'Problemen',
    required: 'verplicht',
    problem: 'Probleem',
    problemText:
      'Het antwoord noemt in `detail` wat er niet klopt en hoe het te herstellen is, en in `errors` elke plaats. Een waarde uit uw bericht staat er nooit in.',
    back: 'Naar de API',
  },
  en: {
    title: 'Sluis API',
    intro: 'Every address, what it asks and what it answers. The complete description for programs:',
    start: 'First call',
    startText: 'From a checkout this command fetches a token, signs the DPoP proof and sends the body:',
    scope: 'Scope in the token',
    open: 'no token needed',
    parameters: 'To pass',
    body: 'Body',
    answer: 'Answer',
    problems: 'Problems',
    required: 'required',
    problem: 'Problem',
    problemText:
      'The answer says in `detail` what is wrong and how to mend it, and in `errors` every place. It never holds a value of your body.',
    back: 'To the API',
  },
} as const

/** The route table as a page for people; everything on it comes from this gateway. */
export function docsPage(routes: readonly Route[], language: Language): Page {
  const words = CHROME[language]
  return layout(
    language,
    words.title,
    html`
      <p>${words.intro} <a href="/openapi.json">/openapi.json</a></p>
      <p class="warning">${RULES_WARNING[language]}</p>
      <h2>${words.start}</h2>
      <p>${words.startText}</p>
      <pre><code>npx sluis request POST /v1/exchanges/_check --as politie --body check.json</code></pre>
      <nav aria-label="${words.title}">
        <ul>${routes.map((route) => html`<li><a href="#${route.operationId}"><code>${route.method.toUpperCase()} ${route.path}</code></a></li>`)}</ul>
      </nav>
      ${routes.map((route) => operationSection(route, language))}`,
  )
}

function operationSection(route: Route, language: Language): Page {
  const words = CHROME[language]
  return html`
    <section id="${route.operationId}">
      <h2><code>${route.method.toUpperCase()} ${route.path}</code></h2>
      <p><strong>${route.summary}</strong>${route.description ? html`<br>${route.description}` : ''}</p>
      <dl>
        <dt>${words.scope}</dt><dd>${route.scope ? html`<code>${route.scope}</code>` : words.open}</dd>
        ${route.parameters ? html`<dt>${words.parameters}</dt><dd><ul>${route.parameters.map((parameter) => html`<li><code>${parameter.name}</code> (${parameter.in}${parameter.required ? `, ${words.required}` : ''}): ${parameter.description}</li>`)}</ul></dd>` : ''}
        ${route.bodyExample !== undefined ? html`<dt>${words.body}</dt><dd><pre><code>${JSON.stringify(route.bodyExample, null, 2)}</code></pre></dd>` : ''}
        <dt>${words.answer}</dt><dd><code>${route.answer.status}</code> ${route.answer.description}${route.accepted === undefined ? '' : html`<br><code>202</code> ${route.accepted}`}</dd>
        ${route.problems ? html`<dt>${words.problems}</dt><dd><ul>${route.problems.map((code) => html`<li><a href="${problemPath(code)}"><code>${code}</code></a> (${ERROR_CODES[code].status}): ${ERROR_CODES[code].title[language]}</li>`)}</ul></dd>` : ''}
      </dl>
    </section>`
}

/** The page that a problem's `type` leads to; undefined for a code that does not exist. */
export function problemPage(code: string, language: Language): Page | undefined {
  if (!Object.hasOwn(ERROR_CODES, code)) return undefined
  const { status, title } = ERROR_CODES[code as ErrorCode]
  const words = CHROME[language]
  return layout(
    language,
    `${words.problem}: ${title[language]}`,
    html`
      <p><code>${code}</code>, HTTP ${status}</p>
      <p>${words.problemText}</p>
      <p><a href="/docs">${words.back}</a></p>`,
  )
}

const layout = (language: Language, title: string, body: Page): Page => html`${raw('<!doctype html>')}
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="stylesheet" href="/style.css">
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      ${body}
    </main>
  </body>
</html>`

export const STYLESHEET = `
:root { color-scheme: light dark; --ink: light-dark(#1b2733, #e8edf2); --paper: light-dark(#fff, #12181f); --soft: light-dark(#f1f5f8, #1c2530); --line: light-dark(#c8d3dd, #36424f); --link: light-dark(#0b5cad, #8cc2ff); --warn: light-dark(#fff4d6, #3b3114); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; }
h2 { font-size: 1.2rem; margin-top: 0; overflow-wrap: anywhere; }
a { color: var(--link); }
code { font-family: ui-monospace, monospace; font-size: .92em; }
pre { background: var(--soft); padding: .8rem 1rem; overflow-x: auto; border-radius: .4rem; }
section { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: 1.5rem; }
nav ul { padding-left: 1.2rem; }
dt { font-weight: 600; margin-top: .6rem; }
dd { margin-left: 0; }
dd ul { margin: 0; padding-left: 1.2rem; }
.warning { background: var(--warn); padding: .6rem 1rem; border-left: .3rem solid currentColor; }
`
