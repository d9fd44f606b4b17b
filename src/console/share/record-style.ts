/** The style of a record, inside the file: it is opened from disk, where the style of the console is not. */
export const RECORD_STYLE = `
:root { color-scheme: light dark; font: 1rem/1.55 system-ui, "Segoe UI", Roboto, sans-serif; }
body { margin: 0; overflow-wrap: anywhere; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1, h2 { font-family: Georgia, "Times New Roman", serif; line-height: 1.2; }
h2 { margin-top: 2.2rem; }
dt { margin-top: .6rem; opacity: .8; }
dd { margin: 0; font-weight: 600; }
.notice { padding: .7rem 1.1rem; border-left: .3rem solid; background: light-dark(#f3f6f8, #1b242e); }
.verdict { font: 600 1.35rem/1.3 Georgia, "Times New Roman", serif; }
.tag { padding: .05rem .55rem; border: 2px solid; border-radius: .35rem; }
.treatment { margin: 1.3rem 0; padding-top: .8rem; border-top: 1px solid; break-inside: avoid; }
.names { padding-left: 1.2rem; font-weight: 600; }
.quiet { font-size: .95rem; opacity: .8; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
code { font-size: .86em; }
@page { size: A4; margin: 18mm 17mm 20mm; }
@media print { :root { color-scheme: light; font-size: 10pt; } main { max-width: none; padding: 0; } }
`
