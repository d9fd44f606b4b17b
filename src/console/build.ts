import { readdirSync } from 'node:fs'
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { BUNDLING } from './bundling.ts'

/** Where the made files are; git ignores it, and a Worker serves it as its static assets. */
const MADE = 'dist/web'
/** Where they are made, so that a gateway that starts meanwhile finds all of the old files or all of the new ones. */
const MAKING = `${MADE}-${process.pid}`
const ASSETS = join(MAKING, 'assets')

/** Headers that a Worker's platform sets on the files it serves itself; elsewhere `http/headers.ts` and `assets.ts` set them. */
const HEADERS = `/assets/*
  Cache-Control: public, no-cache
  Cross-Origin-Resource-Policy: same-origin
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
`

/** Makes the scripts and the style that browsers load. Run by `npm run prepare`; fetches nothing. */
await mkdir(ASSETS, { recursive: true })
await build({
  entryPoints: [
    'src/console/style/console.css',
    ...readdirSync('src/console/browser/pages').map((name) => join('src/console/browser/pages', name)),
  ],
  outdir: ASSETS,
  entryNames: '[name]',
  chunkNames: 'part-[hash]',
  // What a page may never need is fetched when it does.
  splitting: true,
  ...BUNDLING,
})
await copyFile('src/console/style/sluis.svg', join(ASSETS, 'sluis.svg'))
await writeFile(join(MAKING, '_headers'), HEADERS)
await rm(MADE, { recursive: true, force: true })
await rename(MAKING, MADE)
