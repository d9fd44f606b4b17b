import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PolicySet } from '../../policy/policy-set.ts'
import { formatSchemas, SCHEMA_NAMES } from '../../policy/schema/schema.ts'
import { readSettings } from '../party/open-client.ts'
import { type Command, EXIT, parseArguments } from '../terminal/command.ts'
import { loadSet, POLICY_OPTIONS, parseLanguage } from './open-set.ts'

/** Where editors find the schemas: beside the rule files, so that they work right after a clone. */
export const schemaFolder = (policyFolder: string): string => join(policyFolder, 'schema')

/** The text of each schema file, by file name. */
export function schemaFiles(set: PolicySet): ReadonlyMap<string, string> {
  const schemas = formatSchemas(set)
  return new Map(SCHEMA_NAMES.map((name) => [`${name}.json`, `${JSON.stringify(schemas[name], null, 1)}\n`]))
}

/** Names of schema files that are absent or made from other words. */
export function staleSchemas(set: PolicySet, folder: string): readonly string[] {
  return [...schemaFiles(set)]
    .filter(([name, text]) => !existsSync(join(folder, name)) || readFileSync(join(folder, name), 'utf8') !== text)
    .map(([name]) => name)
}

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
