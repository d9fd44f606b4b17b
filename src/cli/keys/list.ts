import { readKeyring } from '../../boot/key-files.ts'
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
  summary: 'list the epochs of the keyring with their uses and check values; never a secret',
  usage: '',
  options: { ...DATA_OPTION, ...JSON_OPTION },
  examples: ['keys list'],
  async run({ values, settings }, terminal) {
    const keys = findKeys(settings(), values.data)
    verifyOwner(keys)
    const epochs = await summariseEpochs(readKeyring(keys))
    noteKeyCommand(keys, 'list')
    for (const line of values.json ? [JSON.stringify({ epochs })] : formatEpochs(epochs)) terminal.out(line)
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
