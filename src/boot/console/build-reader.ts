import { mkdirSync } from 'node:fs'
import { build } from 'esbuild'
import { BUNDLING } from '../../console/bundling.ts'
import { formatReaderFile } from '../../console/inbox/reader-file.ts'
import { formReaderLabels } from '../../console/inbox/reader-labels.ts'
import { loadPolicySet } from '../../policy/files/load.ts'
import { replacePublicFile } from '../../storage/files/private-file.ts'
import { readPolicyFolder } from '../policy-folder.ts'

/** Makes the reader that is one file, with the labels of the rule files beside it. Run by `npm run prepare`; fetches nothing. */
const loaded = loadPolicySet(readPolicyFolder('policies'))
if (!loaded.ok) throw new Error('the rule files have faults; run `npx sluis policy check`')

const made = await build({
  ...BUNDLING,
  entryPoints: ['src/console/browser/reader-file.ts', 'src/console/style/console.css'],
  outdir: 'dist',
  legalComments: 'none',
  write: false,
})
const textOf = (end: string) => made.outputFiles.find(({ path }) => path.endsWith(end))!.text
mkdirSync('dist', { recursive: true })
replacePublicFile(
  'dist/reader.html',
  formatReaderFile({
    script: textOf('.js'),
    style: textOf('.css'),
    labels: { nl: formReaderLabels(loaded.set, 'nl'), en: formReaderLabels(loaded.set, 'en') },
  }),
)
