import { initialiseKeyFiles } from '../../boot/key-files.ts'
import { requirePublicAddress } from '../../boot/public-address.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { DATA_OPTION, JSON_OPTION, LANGUAGE_OPTION, parseLanguage } from '../terminal/options.ts'
import { findKeys, noteKeyCommand, recordIfIdle } from './key-folder.ts'
import { KEY_WORDS } from './key-words.ts'

export const keysInit = defineCommand({
  name: 'keys init',
  summary: {
    nl: 'de sleutels van een nieuwe datamap maken; weigert een map die al sleutels heeft',
    en: 'make the keys of a new data folder; refuses a folder that has keys already',
  },
  usage: '',
  options: { ...DATA_OPTION, ...LANGUAGE_OPTION, ...JSON_OPTION },
  examples: ['keys init --data /var/lib/sluis'],
  async run({ values, settings }, terminal) {
    const language = parseLanguage(values.lang)
    const given = settings()
    requirePublicAddress(given)
    const keys = findKeys(given, values.data)
    const files = await initialiseKeyFiles(keys)
    noteKeyCommand(keys, 'init')
    for (const line of values.json ? [JSON.stringify({ files })] : files) terminal.out(line)
    terminal.err(KEY_WORDS[language].init.backUp)
    await recordIfIdle(keys, terminal, language)
    return EXIT.done
  },
})
