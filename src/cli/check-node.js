import { existsSync } from 'node:fs'

// Stops a Node that is too old. Plain JavaScript, because such a Node cannot read the TypeScript of everything else.
const NEEDED = 24

if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  const isInstalled = existsSync(new URL('../../node_modules/.bin/node', import.meta.url))
  const mend = isInstalled
    ? 'use `npx sluis` or `npm run`, which take the Node that `npm ci` installed'
    : `\`npm ci\` installed none here (there is none for macOS, nor with --omit=optional): install Node ${NEEDED} from https://nodejs.org, put it first on PATH, and see that \`node --version\` says v${NEEDED}`
  console.error(`sluis: Node ${process.versions.node} is too old, Node ${NEEDED} is needed; ${mend}`)
  process.exit(1)
}
