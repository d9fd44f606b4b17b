import { existsSync, readFileSync } from 'node:fs'
import { sha256 } from '@noble/hashes/sha2.js'
import { formatHex } from '../../encoding/bytes.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { writeWholeFile } from '../terminal/draft-file.ts'
import { CommandError, UsageError } from '../terminal/failure.ts'
import { JSON_OPTION } from '../terminal/options.ts'

/** Made by `npm run prepare`. */
const READER = 'dist/reader.html'

export const reader = defineCommand({
  name: 'reader',
  summary: {
    nl: 'de lezer als één bestand, die leveringen van schijf opent in een browser zonder verbinding',
    en: 'the reader as one file, which opens deliveries from disk in a browser without a connection',
  },
  usage: '--to FILE | --hash',
  options: {
    to: { type: 'string', value: 'FILE', what: { nl: 'het bestand om te schrijven', en: 'the file to write' } },
    hash: {
      type: 'boolean',
      what: {
        nl: 'alleen de SHA-256 tonen, om te vergelijken met die van de uitgave',
        en: 'print only its SHA-256, to compare with that of the release',
      },
    },
    ...JSON_OPTION,
  },
  examples: ['reader --to var/reader.html', 'reader --hash'],
  async run({ values }, terminal) {
    const { to } = values
    if (to === undefined && !values.hash)
      throw new UsageError({ nl: 'geef --to BESTAND of --hash', en: 'give --to FILE or --hash' })
    if (!existsSync(READER))
      throw new CommandError({
        nl: `${READER}: bestaat niet; voer \`npm run prepare\` uit`,
        en: `${READER}: does not exist; run \`npm run prepare\``,
      })
    const bytes = readFileSync(READER)
    const hash = formatHex(sha256(bytes))
    if (to !== undefined) writeWholeFile(to, bytes.toString('utf8'), 0o644)
    if (values.json) terminal.out(JSON.stringify({ ...(to !== undefined && { file: to }), sha256: hash }))
    else terminal.out(to === undefined ? hash : `${hash}  ${to}`)
    return EXIT.done
  },
})
