import { sha256 } from '@noble/hashes/sha2.js'
import { formatBase64, formatUtf8 } from '../../encoding/bytes.ts'
import type { Language } from '../../model/language.ts'
import type { ReaderLabels } from '../browser/reading/labels.ts'
import { INBOX_WORDS } from './words.ts'

/** What the one file is made of. */
export interface ReaderParts {
  /** An ES module without imports. */
  readonly script: string
  readonly style: string
  readonly labels: Readonly<Record<Language, ReaderLabels>>
}

/**
 * The reader as one HTML file. Its policy allows its own script and style by their hashes, and no connection to anywhere, so that what
 * it opens cannot leave it. The same parts give the same bytes.
 * @see CSP3 §2.3.1 (hash-source)
 */
export function formatReaderFile({ script, style, labels }: ReaderParts): string {
  const policy = [
    "default-src 'none'",
    `script-src '${hashSource(script)}'`,
    `style-src '${hashSource(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
  return `<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Sluis</title>
<style>${style}</style>
</head>
<body class="utrecht-html">
<main id="content"><p>${INBOX_WORDS.nl.scriptNeeded}</p><p lang="en">${INBOX_WORDS.en.scriptNeeded}</p></main>
<script type="application/json" id="labels">${JSON.stringify(labels).replaceAll('<', '\\u003c')}</script>
<script type="module">${script}</script>
</body>
</html>
`
}

const hashSource = (text: string): string => `sha256-${formatBase64(sha256(formatUtf8(text)))}`
