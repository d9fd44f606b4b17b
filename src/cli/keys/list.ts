import { readKeyring } from '../../boot/key-files.ts'
import { type Command, EXIT, parseArguments } from '../terminal/command.ts'
import {
  type EpochSummary,
  findKeys,
  noteKeyCommand,
  recordIfIdle,
  summariseEpochs,
  verifyOwner,
} from './key-folder.ts'

export const keysList: Command = {
  name: 'keys list',
  usage: '[--data FOLDER] [--json]',
  summary: 'show the epochs of the keyring: since when, what for, and the value that recognises each; never a secret',
  async run(args, terminal) {
    const { values } = parseArguments(args, { data: { type: 'string' }, json: { type: 'boolean' } })
    const keys = findKeys(terminal, values.data)
    verifyOwner(keys)
    const epochs = await summariseEpochs(readKeyring(keys))
    noteKeyCommand(keys, 'list')
    for (const line of values.json ? [JSON.stringify({ epochs })] : formatTable(epochs)) terminal.out(line)
    await recordIfIdle(keys, terminal)
    return EXIT.done
  },
}

function formatTable(epochs: readonly EpochSummary[]): readonly string[] {
  const rows = [
    ['epoch', 'created', 'check value', 'serves'],
    ...epochs.map(({ epoch, created, uses, check }) => [
      String(epoch),
      created ?? 'unknown',
      check,
      uses.length === 0 ? 'nothing (retired)' : uses.join(', '),
    ]),
  ]
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  )
}
