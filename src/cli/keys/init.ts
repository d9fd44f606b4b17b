import { initialiseKeyFiles } from '../../boot/key-files.ts'
import { requirePublicAddress } from '../../boot/public-address.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { DATA_OPTION, JSON_OPTION } from '../terminal/options.ts'
import { findKeys, noteKeyCommand, recordIfIdle } from './key-folder.ts'

export const keysInit = defineCommand({
  name: 'keys init',
  summary: {
    nl: 'de sleutels van een nieuwe datamap maken; weigert een map die al sleutels heeft',
    en: 'make the keys of a new data folder; refuses a folder that has keys already',
  },
  usage: '',
  options: { ...DATA_OPTION, ...JSON_OPTION },
  examples: ['keys init --data /var/lib/sluis'],
  async run({ values, settings }, terminal) {
    const given = settings()
    requirePublicAddress(given)
    const keys = findKeys(given, values.data)
    const files = await initialiseKeyFiles(keys)
    noteKeyCommand(keys, 'init')
    for (const line of values.json ? [JSON.stringify({ files })] : files) terminal.out(line)
    terminal.err('back them up now, separately from the database: neither is usable without the other')
    await recordIfIdle(keys, terminal)
    return EXIT.done
  },
})
