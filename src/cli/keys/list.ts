import { join } from 'node:path'
import { DATA_FILES, readKeyring } from '../../boot/key-files.ts'
import { openPartyKeyFolder } from '../../boot/party-key-folder.ts'
import { EXPIRES_SOON_DAYS, findExpiringKeys } from '../../boot/party-keys.ts'
import { legalDate } from '../../policy/legal-date.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { DATA_OPTION, JSON_OPTION } from '../terminal/options.ts'
import { formatTable } from '../terminal/table.ts'
import {
  type EpochSummary,
  findKeys,
  noteKeyCommand,
  recordIfIdle,
  summariseEpochs,
  verifyOwner,
} from './key-folder.ts'

export const keysList = defineCommand({
  name: 'keys list',
  summary: {
    nl: 'de epochs van de sleutelbos en verlopende sleutels van partijen tonen; nooit een geheim',
    en: 'list the epochs of the keyring, and the keys of parties that expire; never a secret',
  },
  usage: '',
  options: { ...DATA_OPTION, ...JSON_OPTION },
  examples: ['keys list'],
  async run({ values, settings }, terminal) {
    const keys = findKeys(settings(), values.data)
    verifyOwner(keys)
    const epochs = await summariseEpochs(readKeyring(keys))
    noteKeyCommand(keys, 'list')
    const { register } = await openPartyKeyFolder(join(keys.folder, DATA_FILES.partyKeys))
    const expiring = findExpiringKeys(register, legalDate(keys.clock()))
    const lines = values.json
      ? [JSON.stringify({ epochs, expiring })]
      : [...formatEpochs(epochs), '', ...formatExpiring(expiring)]
    for (const line of lines) terminal.out(line)
    await recordIfIdle(keys, terminal)
    return EXIT.done
  },
})

const formatEpochs = (epochs: readonly EpochSummary[]): readonly string[] =>
  formatTable([
    ['epoch', 'created', 'check value', 'serves'],
    ...epochs.map(({ epoch, created, uses, check }) => [
      String(epoch),
      created ?? 'unknown',
      check,
      uses.length === 0 ? 'nothing (retired)' : uses.join(', '),
    ]),
  ])

const formatExpiring = (keys: ReturnType<typeof findExpiringKeys>): readonly string[] =>
  keys.length === 0
    ? [`no key of a party expires within ${EXPIRES_SOON_DAYS} days`]
    : formatTable([
        ['party', 'last day', 'state', 'key'],
        ...keys.map(({ client, expires, problem, kid }) => [
          client,
          expires,
          problem === 'key-expired' ? 'expired: ask for a new one' : 'expires soon',
          kid,
        ]),
      ])
