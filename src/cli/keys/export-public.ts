import { formatPublicJwk } from '../../auth/keys.ts'
import { readKeyring, readSigner, readTokenKey, readVerifierKeys } from '../../boot/key-files.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { DATA_OPTION, JSON_ALWAYS_OPTION, LANGUAGE_OPTION, parseLanguage } from '../terminal/options.ts'
import { printText } from '../terminal/visible-text.ts'
import { findKeys, noteKeyCommand, recordIfIdle, summariseEpochs, verifyOwner } from './key-folder.ts'

export const keysExportPublic = defineCommand({
  name: 'keys export-public',
  summary: {
    nl: 'het openbare deel van de sleutels tonen als JSON: logboek, tokens en controlewaarden',
    en: 'print the public part of the keys as JSON: log, tokens and check values',
  },
  usage: '',
  options: { ...DATA_OPTION, ...LANGUAGE_OPTION, ...JSON_ALWAYS_OPTION },
  examples: ['keys export-public'],
  async run({ values, settings }, terminal) {
    const language = parseLanguage(values.lang)
    const keys = findKeys(settings(), values.data)
    verifyOwner(keys)
    const { origin, verifierKey } = readSigner(keys.folder)
    const { earlier } = readVerifierKeys(keys.folder)
    const document = {
      // Receipts from before a new origin verify with the earlier keys.
      log: { origin, verifierKey, ...(earlier.length > 0 && { earlierVerifierKeys: earlier }) },
      tokenKeys: { keys: [formatPublicJwk(readTokenKey(keys.folder))] },
      keyChecks: (await summariseEpochs(readKeyring(keys))).map(({ epoch, check }) => ({ epoch, check })),
    }
    noteKeyCommand(keys, 'export-public')
    printText(terminal.out, JSON.stringify(document, null, 2))
    await recordIfIdle(keys, terminal, language)
    return EXIT.done
  },
})
