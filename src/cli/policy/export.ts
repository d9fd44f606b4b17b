import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DATA_FILES } from '../../boot/key-files.ts'
import { loadArchive } from '../../exchange/rule-sets/archived.ts'
import type { PolicyText } from '../../policy/policy-set.ts'
import { openSqliteReader } from '../../storage/better-sqlite.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { writeWholeFile } from '../terminal/draft-file.ts'
import { CommandError, UsageError } from '../terminal/failure.ts'
import { DATA_OPTION, JSON_OPTION } from '../terminal/options.ts'
import { DATABASE_OPTION, rejectOperands } from './open-set.ts'

/** Officers approve over the API, so the newest texts can be in the database only. */
export const policyExport = defineCommand({
  name: 'policy export',
  summary: {
    nl: 'de geldende regels, uit de database van de gateway, naar een nieuwe map schrijven',
    en: 'write the rule set in force, from the database of the gateway, to a new folder',
  },
  usage: '--to FOLDER',
  options: {
    to: {
      type: 'string',
      value: 'FOLDER',
      what: {
        nl: 'een nieuwe of lege map; er wordt nooit iets overschreven',
        en: 'a new or empty folder; nothing is ever overwritten',
      },
    },
    database: { ...DATABASE_OPTION.database, otherwise: { nl: 'die in de datamap', en: 'the one in the data folder' } },
    ...DATA_OPTION,
    ...JSON_OPTION,
  },
  examples: ['policy export --to policies-in-force', 'policy export --database COPY --to policies-in-force'],
  async run({ values, positionals, settings }, terminal) {
    rejectOperands(positionals)
    const { to } = values
    if (!to) throw new UsageError({ nl: 'geef de map met --to FOLDER', en: 'give the folder with --to FOLDER' })
    if (existsSync(to) && readdirSync(to).length > 0)
      throw new CommandError({
        nl: `${to}: is niet leeg; noem een nieuwe map, en vergelijk de twee met \`sluis policy diff\``,
        en: `${to}: is not empty; name a new folder, and compare the two with \`sluis policy diff\``,
      })
    const database = values.database ?? join(values.data ?? settings().dataFolder, DATA_FILES.database)
    const { texts, policyHash, sourceHash } = loadArchive(readActive(database))
    const written = placesOf(texts).map(({ path, text }) => {
      const file = join(to, path)
      mkdirSync(dirname(file), { recursive: true })
      writeWholeFile(file, text, 0o644)
      return file
    })
    if (values.json) terminal.out(JSON.stringify({ policyHash, sourceHash, written }))
    else for (const file of written) terminal.out(file)
    return EXIT.done
  },
})

function readActive(database: string): string {
  const reader = openSqliteReader(database)
  try {
    const active = reader.findActivePolicy()
    if (active) return active.content
    throw new CommandError({
      nl: `${database}: er golden nog nooit regels; start de gateway een keer`,
      en: `${database}: no rule set was in force yet; start the gateway once`,
    })
  } finally {
    reader.close()
  }
}

/**
 * The texts by their path inside the folder of the set. A set that came from a folder is archived with the path of that folder
 * before every name, and that one is left out.
 * @throws Error for a path that leads out of the folder
 */
function placesOf(texts: readonly PolicyText[]): readonly PolicyText[] {
  const folders = texts.map(({ path }) => path.split('/').slice(0, -1))
  const shortest = Math.min(...folders.map(({ length }) => length))
  let shared = 0
  while (shared < shortest && folders.every((names) => names[shared] === folders[0]![shared])) shared++
  return texts.map(({ path, text }) => {
    const names = path.split('/').slice(shared)
    // The database can be somebody else's copy.
    if (names.some((name) => /^\.{0,2}$|[\\\x00-\x1f\x7f-\x9f]/.test(name)))
      throw new CommandError({
        nl: 'database: een regelbestand heeft een pad dat buiten zijn map komt; exporteer uit een database die u vertrouwt',
        en: 'database: a rule file has a path that leads out of its folder; export from a database that you trust',
      })
    return { path: names.join('/'), text }
  })
}
