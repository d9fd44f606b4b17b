import { html, raw } from 'hono/html'
import { ERROR_CODES, type ErrorCode } from '../../errors.ts'
import type { Language } from '../../model/language.ts'
import { problemPath } from '../problem.ts'
import { PROBLEM_TEXTS } from '../problem-texts/texts.ts'
import type { Route } from '../route.ts'
import { FIRST_CALLS } from './first-call.ts'
import { translateRoute } from './route-words.ts'
import { RULES_WARNING } from './rules-warning.ts'

type Page = ReturnType<typeof html>

const PAGE_WORDS = {
  nl: {
    title: 'API van Sluis',
    intro:
      'Elk adres met zijn verzoek, zijn antwoord en zijn problemen. De volledige beschrijving voor programma’s (in het Engels):',
    start: 'Eerste aanroep',
    startText:
      'U heeft alleen een sleutelpaar nodig. Maak het met dit commando, en geef het openbare bestand aan de beheerder:',
    startCode:
      'Elk van deze programma’s haalt daarna een token op, ondertekent de DPoP-bewijzen en vraagt of iets gedeeld mag worden. Er wordt niets verzonden.',
    startTest: 'Dit commando zegt welke stap mislukt, en wat u eraan doet:',
    scope: 'Vereiste scope van het token',
    open: 'geen token nodig',
    parameters: 'Parameters',
    body: 'Bericht',
    answer: 'Antwoord',
    problems: 'Problemen',
    required: 'verplicht',
    problem: 'Probleem',
    happened: 'Wat er gebeurde',
    example: 'Voorbeeld',
    action: 'Wat u kunt doen',
    back: 'Naar de API',
  },
  en: {
    title: 'Sluis API',
    intro: 'Every address with its request, its answer and its problems. The complete description for programs:',
    start: 'First call',
    startText: 'A key pair is all you need. Make it with this command, and give the public file to the operator:',
    startCode:
      'Each of these programs then fetches a token, signs the DPoP proofs and checks whether something may be shared. Nothing is sent.',
    startTest: 'This command says which step fails, and what to do about it:',
    scope: 'Required scope of the token',
    open: 'no token needed',
    parameters: 'Parameters',
    body: 'Body',
    answer: 'Answer',
    problems: 'Problems',
    required: 'required',
    problem: 'Problem',
    happened: 'What happened',
    example: 'Example',
    action: 'What you can do',
    back: 'To the API',
  },
} as const

/** The route table as a page for people; it loads nothing from other servers. */
export function docsPage(routes: readonly Route[], language: Language): Page {
  const words = PAGE_WORDS[language]
  return layout(
    language,
    words.title,
    html`
      <p>${words.intro} <a href="/openapi.json">/openapi.json</a></p>
      <p class="warning">${RULES_WARNING[language]}</p>
      <h2>${words.start}</h2>
      <p>${words.startText}</p>
      <pre><code>npx sluis party keys fier --to .</code></pre>
      <p>${words.startCode}</p>
      ${FIRST_CALLS.map(({ language: name, run, code }) => html`<details><summary>${name}</summary><pre><code>${run}</code></pre><pre><code>${code}</code></pre></details>`)}
      <p>${words.startTest}</p>
      <pre><code>SLUIS_PARTIES=. npx sluis party test --as fier</code></pre>
      <nav aria-label="${words.title}">
        <ul>${routes.map((route) => html`<li><a href="#${route.operationId}"><code>${route.method.toUpperCase()} ${route.path}</code></a> ${withCode(translateRoute(route.summary, language))}</li>`)}</ul>
      </nav>
      ${routes.map((route) => operationSection(route, language))}`,
  )
}

function operationSection(route: Route, language: Language): Page {
  const words = PAGE_WORDS[language]
  return html`
    <section id="${route.operationId}">
      <h2><code>${route.method.toUpperCase()} ${route.path}</code></h2>
      <p><strong>${translateRoute(route.summary, language)}</strong>${route.description ? html`<br>${withCode(translateRoute(route.description, language))}` : ''}</p>
      <dl>
        <dt>${words.scope}</dt><dd>${route.scope ? html`<code>${route.scope}</code>` : words.open}</dd>
        ${route.parameters ? html`<dt>${words.parameters}</dt><dd><ul>${route.parameters.map((parameter) => html`<li><code>${parameter.name}</code> (${parameter.in}${parameter.required ? `, ${words.required}` : ''}): ${withCode(translateRoute(parameter.description, language))}</li>`)}</ul></dd>` : ''}
        ${route.bodyExample !== undefined ? html`<dt>${words.body}</dt><dd><pre><code>${JSON.stringify(route.bodyExample, null, 2)}</code></pre></dd>` : ''}
        <dt>${words.answer}</dt><dd><code>${route.answer.status}</code> ${withCode(translateRoute(route.answer.description, language))}${route.accepted === undefined ? '' : html`<br><code>202</code> ${withCode(translateRoute(route.accepted, language))}`}</dd>
        ${route.problems ? html`<dt>${words.problems}</dt><dd><ul>${route.problems.map((code) => html`<li><a href="${problemPath(code)}"><code>${code}</code></a> (${ERROR_CODES[code].status}): ${ERROR_CODES[code].title[language]}</li>`)}</ul></dd>` : ''}
      </dl>
    </section>`
}

/** The page at the `type` of a problem; undefined for a code that does not exist. */
export function problemPage(code: string, language: Language): Page | undefined {
  if (!Object.hasOwn(ERROR_CODES, code)) return undefined
  const { status, title } = ERROR_CODES[code as ErrorCode]
  const words = PAGE_WORDS[language]
  const { happened, example, action } = PROBLEM_TEXTS[code as ErrorCode]
  return layout(
    language,
    title[language],
    html`
      <p>${words.problem} <code>${code}</code>, HTTP ${status}</p>
      <h2>${words.happened}</h2>
      <p>${withCode(happened[language])}</p>
      <h2>${words.example}</h2>
      <pre><code>${typeof example === 'string' ? example : example[language]}</code></pre>
      <h2>${words.action}</h2>
      <p>${withCode(action[language])}</p>
      <p><a href="/docs">${words.back}</a></p>`,
  )
}

/** Text whose words between backticks are code. */
const withCode = (text: string): readonly (Page | string)[] =>
  text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))

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
nav li, dd code { overflow-wrap: anywhere; }
dt { font-weight: 600; margin-top: .6rem; }
dd { margin-left: 0; }
dd ul { margin: 0; padding-left: 1.2rem; }
summary { cursor: pointer; font-weight: 600; }
.warning { background: var(--warn); padding: .6rem 1rem; border-left: .3rem solid currentColor; }
`
