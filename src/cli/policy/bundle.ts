import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readPolicyFolder } from '../../boot/policy-folder.ts'
import { formatFault } from '../../policy/files/fault.ts'
import { loadPolicySet } from '../../policy/files/load.ts'
import { readSettings } from '../party/open-client.ts'
import { type Command, EXIT, parseArguments } from '../terminal/command.ts'

export const policyBundle: Command = {
  name: 'policy bundle',
  usage: '[FOLDER] [--to FILE]',
  summary: 'put the rule files into one file for Workers, which have no folders; refuses a faulty set',
  async run(args, terminal) {
    const { values, positionals } = parseArguments(args, {
      to: { type: 'string', default: join('.generated', 'policies.json') },
    })
    const files = readPolicyFolder(positionals[0] ?? readSettings(terminal).policyFolder)
    const loaded = loadPolicySet(files)
    if (!loaded.ok) {
      for (const fault of loaded.faults) terminal.err(formatFault(fault))
      return EXIT.invalidPolicy
    }
    const bundle = `${JSON.stringify(Object.fromEntries(files.map(({ path, text }) => [path, text])), null, 2)}\n`
    // A development server that watches the file need not start again when nothing changed.
    if (!existsSync(values.to) || readFileSync(values.to, 'utf8') !== bundle) writeWhole(values.to, bundle)
    terminal.out(values.to)
    return EXIT.done
  },
}

/** Writes a file that others see whole or not at all. */
function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, text)
  renameSync(draft, path)
}
