import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSettings } from '../party/open-client.ts'
import { type Command, EXIT, parseArguments } from '../terminal/command.ts'
import { parseLanguage } from '../terminal/options.ts'
import { loadSet, POLICY_OPTIONS } from './open-set.ts'
import { schemaFiles, schemaFolder } from './schema-files.ts'

/** JSON Schemas from the words of the set, for completion and faults while typing. */
export const policySchema: Command = {
  name: 'policy schema',
  usage: '[FOLDER] [--to FOLDER] [--json] [--lang nl|en]',
  summary: 'write the JSON Schemas that let an editor complete words and mark faults',
  async run(args, terminal) {
    const { values, positionals } = parseArguments(args, { ...POLICY_OPTIONS, to: { type: 'string' } })
    const language = parseLanguage(values.lang)
    const isJson = values.json === true
    const set = loadSet(terminal, positionals[0], { language, isJson })
    if (!set) return EXIT.invalidPolicy
    const folder = values.to ?? schemaFolder(positionals[0] ?? readSettings(terminal).policyFolder)
    mkdirSync(folder, { recursive: true })
    const written = [...schemaFiles(set)].map(([name, text]) => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    })
    if (isJson) terminal.out(JSON.stringify({ ok: true, written }))
    else for (const path of written) terminal.out(path)
    return EXIT.done
  },
}
