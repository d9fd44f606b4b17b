import type { Language } from '../../model/language.ts'
import { type Labels, labelsOf } from '../labels.ts'
import type { PolicyFile, PolicySet } from '../policy-set.ts'
import { type Html, html } from './html.ts'
import { findLimits } from './limits.ts'
import { registerPage } from './register.ts'
import { questionList, rulePage } from './rule-page.ts'
import { STYLESHEET } from './style.ts'
import { WORDS } from './words.ts'

const LANGUAGES: readonly Language[] = ['nl', 'en']

/**
 * Formats a set as pages in Dutch and in English: one for each rule file, an index, the open questions, and the record of
 * processing activities (AVG art. 30). Plain HTML with one stylesheet; no script, and nothing is loaded from elsewhere.
 *
 * @returns the text of each file by its path
 */
export function formatDocs(set: PolicySet): ReadonlyMap<string, string> {
  const limits = findLimits(set)
  const files = LANGUAGES.flatMap((language): readonly (readonly [string, string])[] => {
    const labels = labelsOf(language, set)
    const words = WORDS[language]
    return [
      [`${language}/index.html`, page(language, 'index', words.title, indexPage(set, language))],
      [`${language}/register.html`, page(language, 'register', words.register, registerPage(set, limits, language))],
      [`${language}/vragen.html`, page(language, 'vragen', words.questions, questionsPage(set, labels, language))],
      ...set.files.map((file): readonly [string, string] => [
        `${language}/${file.id}.html`,
        page(language, file.id, file.title, rulePage(set, file, limits, labels, language)),
      ]),
    ]
  })
  return new Map([...files, ['index.html', REDIRECT], ['style.css', STYLESHEET]])
}

function indexPage(set: PolicySet, language: Language): Html {
  const words = WORDS[language]
  const kinds = Map.groupBy(set.files, ({ kind }) => kind)
  return html`
<p><a href="register.html">${words.register}</a></p>
<p><a href="vragen.html">${words.questions}</a> (${set.files.flatMap(({ questions }) => questions).length})</p>
${[...kinds].map(
  ([kind, files]) => html`<h2>${words.kinds[kind]}</h2><ul>${files.map(indexItem)}</ul>
`,
)}
<p>${words.set} <code>${set.sourceHash}</code></p>`
}

function questionsPage({ files }: PolicySet, labels: Labels, language: Language): Html {
  const asking = files.filter(({ questions }) => questions.length > 0)
  if (asking.length === 0) return html`<p>${WORDS[language].noQuestions}</p>`
  return html`${asking.map(
    ({ id, title, questions }) => html`<h2 lang="nl"><a href="${id}.html">${title}</a></h2>
${questions.map((question) => questionList(question, labels, language))}
`,
  )}`
}

const indexItem = ({ id, title, citation }: PolicyFile): Html =>
  html`<li lang="nl"><a href="${id}.html">${title}</a> (${citation})</li>`

function page(language: Language, id: string, title: string, content: Html): string {
  const words = WORDS[language]
  const other = language === 'nl' ? 'en' : 'nl'
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'">
<title>${title}</title>
<link rel="stylesheet" href="../style.css">
</head>
<body>
<a class="skip" href="#content">${words.skip}</a>
<nav aria-label="${words.home}"><a href="index.html">${words.home}</a> <a href="../${other}/${id}.html" lang="${other}" hreflang="${other}">${words.other}</a></nav>
<main id="content">
<h1>${title}</h1>
<p class="warning">${words.warning}</p>
${content}
</main>
</body>
</html>
`.html
}

const REDIRECT = html`<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sluis</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<main>
<h1>Sluis</h1>
<ul><li><a href="nl/index.html">${WORDS.nl.title}</a></li><li lang="en"><a href="en/index.html" hreflang="en">${WORDS.en.title}</a></li></ul>
</main>
</body>
</html>
`.html
