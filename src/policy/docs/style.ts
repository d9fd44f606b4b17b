/** The stylesheet of the pages about rules: light and dark, on screen and on paper. */
export const STYLESHEET = `:root { color-scheme: light dark; --ink: light-dark(#1b2733, #e8edf2); --paper: light-dark(#fff, #12181f); --soft: light-dark(#f1f5f8, #1c2530); --line: light-dark(#c8d3dd, #36424f); --link: light-dark(#0b5cad, #8cc2ff); --warn: light-dark(#fff4d6, #3b3114); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, sans-serif; }
main, nav { max-width: 60rem; margin: 0 auto; padding: 1rem; }
nav { display: flex; gap: 1.5rem; }
h1 { font-size: 1.9rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin-top: 2.5rem; }
a { color: var(--link); }
code { font-family: ui-monospace, monospace; font-size: .92em; overflow-wrap: anywhere; }
section { border-top: 1px solid var(--line); margin-top: 1.5rem; }
dt { font-weight: 600; margin-top: .6rem; }
dd { margin-left: 0; }
dd ul { margin: 0; padding-left: 1.2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid var(--line); padding: .4rem .6rem; text-align: left; vertical-align: top; }
.wide { overflow-x: auto; }
.wide td, .wide th { min-width: 11rem; font-weight: 400; }
.warning { background: var(--warn); padding: .6rem 1rem; border-left: .3rem solid currentColor; }
.skip { position: absolute; left: -99rem; }
.skip:focus { position: static; }
@media print { nav, .skip { display: none; } }
`
