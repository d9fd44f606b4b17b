import { readdirSync } from 'node:fs'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'

/** Where the made files are; git ignores it, and a Worker serves it as its static assets. */
const TO = 'dist/web/assets'

/** Makes the scripts and the style that browsers load. Run by `npm run prepare`; fetches nothing. */
await rm('dist/web', { recursive: true, force: true })
await mkdir(TO, { recursive: true })
await build({
  entryPoints: [
    'src/console/style/console.css',
    ...readdirSync('src/console/browser/pages').map((name) => join('src/console/browser/pages', name)),
  ],
  outdir: TO,
  entryNames: '[name]',
  bundle: true,
  format: 'esm',
  target: ['es2023', 'chrome125', 'firefox128', 'safari18'],
  minify: true,
  legalComments: 'inline',
  // Packages that a document names at build time only.
  logLevel: 'warning',
})
await copyFile('src/console/style/sluis.svg', join(TO, 'sluis.svg'))
