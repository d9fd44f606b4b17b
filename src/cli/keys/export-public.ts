import { formatPublicJwk } from '../../auth/keys.ts'
import { readKeyring, readSigner, readTokenKey, readVerifierKeys } from '../../boot/key-files.ts'
import { type Command, EXIT, parseArguments } from '../terminal/command.ts'
import { findKeys, noteKeyCommand, recordIfIdle, summariseEpochs, verifyOwner } from './key-folder.ts'

export const keysExportPublic: Command = {
  name: 'keys export-public',
  usage: '[--data FOLDER]',
  summary: 'write what may be published of the keys as JSON: log verifier key, token keys, key check values',
  async run(args, terminal) {
    const { values } = parseArguments(args, { data: { type: 'string' } })
    const keys = findKeys(terminal, values.data)
    verifyOwner(keys)
    const { origin, verifierKey } = readSigner(keys.folder)
    const { earlier } = readVerifierKeys(keys.folder)
    const document = {
      // Receipts from before a new origin verify with the keys before it.
      log: { origin, verifierKey, ...(earlier.length > 0 && { earlierVerifierKeys: earlier }) },
      tokenKeys: { keys: [formatPublicJwk(readTokenKey(keys.folder))] },
      keyChecks: (await summariseEpochs(readKeyring(keys))).map(({ epoch, check }) => ({ epoch, check })),
    }
    noteKeyCommand(keys, 'export-public')
    terminal.out(JSON.stringify(document, null, 2))
    await recordIfIdle(keys, terminal)
    return EXIT.done
  },
}
