import { join } from 'node:path'
import { DATA_FILES, readKeyring } from '../../boot/key-files.ts'
import { openPartyKeyFolder } from '../../boot/party-key-folder.ts'
import { findExpiringKeys } from '../../boot/party-keys.ts'
import type { Language } from '../../model/language.ts'
import { legalDate } from '../../policy/legal-date.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { DATA_OPTION, JSON_OPTION, LANGUAGE_OPTION, parseLanguage } from '../terminal/options.ts'
import { formatTable } from '../terminal/table.ts'
import {
  type EpochSummary,
  findKeys,
  noteKeyCommand,
  recordIfIdle,
  summariseEpochs,
  verifyOwner,
} from './key-folder.ts'
import { KEY_WORDS, nameUses } from './key-words.ts'

export const keysList = defineCommand({
  name: 'keys list',
  summary: {
    nl: 'de epochs van de sleutelbos en verlopende sleutels van partijen tonen; nooit een geheim',
    en: 'list the epochs of the keyring, and the keys of parties that expire; never a secret',
  },
  usage: '',
  options: { ...DATA_OPTION, ...LANGUAGE_OPTION, ...JSON_OPTION },
  examples: ['keys list'],
  async run({ values, settings }, terminal) {
    const language = parseLanguage(values.lang)
    const keys = findKeys(settings(), values.data)
    verifyOwner(keys)
    const epochs = await summariseEpochs(readKeyring(keys))
    noteKeyCommand(keys, 'list')
    const { register } = await openPartyKeyFolder(join(keys.folder, DATA_FILES.partyKeys))
    const expiring = findExpiringKeys(register, legalDate(keys.clock()))
    const lines = values.json
      ? [JSON.stringify({ epochs, expiring })]
      : [...formatEpochs(epochs, language), '', ...formatExpiring(expiring, language)]
    for (const line of lines) terminal.out(line)
    await recordIfIdle(keys, terminal, language)
    return EXIT.done
  },
})

function formatEpochs(epochs: readonly EpochSummary[], language: Language): readonly string[] {
  const words = KEY_WORDS[language].list
  return formatTable([
    words.epochs,
    ...epochs.map(({ epoch, created, uses, check }) => [
      String(epoch),
      created ?? words.unknownDate,
      check,
      uses.length === 0 ? words.retired : nameUses(uses, language),
    ]),
  ])
}

function formatExpiring(keys: ReturnType<typeof findExpiringKeys>, language: Language): readonly string[] {
  const words = KEY_WORDS[language].list
  if (keys.length === 0) return [words.noneExpires]
  return formatTable([
    words.expiring,
    ...keys.map(({ client, expires, problem, kid }) => [
      client,
      expires,
      problem === 'key-expired' ? words.expired : words.expiresSoon,
      kid,
    ]),
  ])
}
