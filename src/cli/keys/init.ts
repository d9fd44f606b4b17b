import { initialiseKeyFiles } from '../../boot/key-files.ts'
import { type Command, EXIT, parseArguments } from '../terminal/command.ts'
import { findKeys, noteKeyCommand, recordIfIdle } from './key-folder.ts'

export const keysInit: Command = {
  name: 'keys init',
  usage: '[--data FOLDER] [--json]',
  summary: 'make the keys of a new data folder; refuses a folder that has any',
  async run(args, terminal) {
    const { values } = parseArguments(args, { data: { type: 'string' }, json: { type: 'boolean' } })
    const keys = findKeys(terminal, values.data)
    const files = await initialiseKeyFiles(keys)
    noteKeyCommand(keys, 'init')
    for (const line of values.json ? [JSON.stringify({ files })] : files) terminal.out(line)
    terminal.err('back them up now, apart from the database: without them it is worthless, and so are they without it')
    await recordIfIdle(keys, terminal)
    return EXIT.done
  },
}
