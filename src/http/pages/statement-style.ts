import { sha256 } from '@noble/hashes/sha2.js'
import { formatBase64, formatUtf8 } from '../../encoding/bytes.ts'

/** The style of the statement page. It travels inside the page, so that a page saved to disk looks as it did. */
export const STATEMENT_STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#17212b, #e8edf2); --quiet: light-dark(#4b5a68, #a9b7c4); --paper: light-dark(#fff, #12181f); --soft: light-dark(#f3f6f8, #1b242e); --line: light-dark(#cdd6de, #36424f); --link: light-dark(#0b5cad, #8cc2ff); --warn: light-dark(#fff4d6, #3b3114); --yes: light-dark(#17683a, #7fd6a2); --part: light-dark(#855600, #f0bf62); --no: light-dark(#a1262d, #ff9c97); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: break-word; }
main { max-width: 54rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; }
h1 { font: 600 2.3rem/1.15 Georgia, 'Times New Roman', serif; margin: .2rem 0 .8rem; letter-spacing: -.01em; }
h2 { font: 600 1.35rem/1.25 Georgia, 'Times New Roman', serif; margin: 2.8rem 0 .7rem; padding-top: 1rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.02rem; margin: 1.5rem 0 .4rem; }
p, ul, ol { margin: .5rem 0; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.mark { margin: 0; color: var(--quiet); font-size: .85rem; font-weight: 600; letter-spacing: .14em; text-transform: uppercase; }
.lead { font-size: 1.15rem; max-width: 42rem; }
.quiet { color: var(--quiet); font-size: .92rem; max-width: 44rem; }
.warning { background: var(--warn); padding: .6rem .9rem; border-left: .3rem solid currentColor; font-size: .92rem; }
.outcome { display: inline-block; border: 2px solid currentColor; border-radius: .3rem; padding: .1rem .6rem; font-weight: 650; }
.verstrekt, .released { color: var(--yes); }
.gedeeltelijk, .in-afwachting, .coarser, .linkedOnly { color: var(--part); }
.geweigerd, .refused { color: var(--no); }
.withheld { color: var(--quiet); }
dl { display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: .3rem 1.5rem; margin: 1.2rem 0; }
dt { color: var(--quiet); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 1.6rem; }
caption { text-align: left; font-weight: 650; font-size: 1.05rem; padding-bottom: .5rem; }
caption .outcome { font-size: .85rem; padding: 0 .45rem; }
th, td { padding: .6rem .9rem .6rem 0; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead th { color: var(--quiet); font-size: .85rem; font-weight: 600; border-top: 2px solid var(--ink); padding: .35rem .9rem .35rem 0; }
tbody th { font-weight: 650; width: 25%; }
td.fields { width: 29%; }
td ul { list-style: none; margin: 0; padding: 0; }
td p { margin: 0 0 .3rem; }
.sign { display: inline-block; width: 1.25em; }
.cite { color: var(--quiet); font-size: .9rem; }
ol.events { list-style: none; padding: 0; margin: 1rem 0; }
ol.events li { display: grid; grid-template-columns: 15.5rem 1fr; gap: .1rem 1.5rem; padding: .45rem 0; border-top: 1px solid var(--line); }
time { font-variant-numeric: tabular-nums; color: var(--quiet); }
code, pre { font-family: ui-monospace, 'Liberation Mono', monospace; font-size: .84em; }
code { overflow-wrap: anywhere; }
pre { background: var(--soft); padding: .8rem 1rem; border-radius: .3rem; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.45; margin: .6rem 0; }
.sources li { margin: .35rem 0; }
.steps li { margin: .6rem 0; padding-left: .2rem; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.skip { position: absolute; left: -99rem; }
.skip:focus { position: static; }
@media (max-width: 40rem) {
  main { padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 1.8rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .6rem; }
  ol.events li { grid-template-columns: 1fr; }
  table, tbody, tr, tbody th, td, td.fields, caption { display: block; width: auto; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { border-top: 1px solid var(--line); padding: .6rem 0; }
  tbody th, td { border: 0; padding: .15rem 0; }
}
@page { size: A4; margin: 18mm 17mm 20mm; @bottom-right { content: counter(page) ' / ' counter(pages); font: 8pt sans-serif; color: #4b5a68; } }
@media print {
  :root { color-scheme: light; font-size: 9.5pt; }
  body { line-height: 1.42; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 22pt; }
  h2 { font-size: 13pt; margin-top: 1.5rem; padding-top: .6rem; break-after: avoid; }
  h3, h3 + .quiet, caption, thead { break-after: avoid; }
  tr, li, dt, dd, .warning { break-inside: avoid; }
  pre { font-size: 7.6pt; padding: .5rem .7rem; border: 1px solid var(--line); }
  a { color: inherit; }
  .sources a::after { content: ' <' attr(href) '>'; color: var(--quiet); font-size: .85em; overflow-wrap: anywhere; }
  .skip { display: none; }
}
`

/** Names the style in a Content-Security-Policy, so that no other style counts. @see CSP3 §2.3.1 */
export const STATEMENT_STYLE_SOURCE = `'sha256-${formatBase64(sha256(formatUtf8(STATEMENT_STYLE)))}'`
