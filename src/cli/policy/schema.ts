import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { writeWholeFile } from '../terminal/draft-file.ts'
import { parseLanguage } from '../terminal/options.ts'
import { FOLDER_OPERAND, loadSet, POLICY_OPTIONS } from './open-set.ts'
import { schemaFiles, schemaFolder } from './schema-files.ts'

/** JSON Schemas made from the vocabulary of the set, with which an editor completes words and marks faults. */
export const policySchema = defineCommand({
  name: 'policy schema',
  summary: {
    nl: 'de JSON-schema’s schrijven waarmee een editor woorden aanvult en fouten aanwijst',
    en: 'write the JSON Schemas with which an editor completes words and marks faults',
  },
  usage: '[FOLDER]',
  operands: FOLDER_OPERAND,
  options: {
    to: {
      type: 'string',
      value: 'FOLDER',
      what: { nl: 'waar ze heen gaan', en: 'where to write them' },
      otherwise: { nl: 'schema naast de regelbestanden', en: 'schema beside the rule files' },
    },
    ...POLICY_OPTIONS,
  },
  exits: {
    invalidPolicy: {
      nl: 'een regelbestand heeft een fout; elke fout staat in de lijst',
      en: 'a rule file has a fault; every fault is listed',
    },
  },
  examples: ['policy schema'],
  async run({ values, positionals, settings }, terminal) {
    const language = parseLanguage(values.lang)
    const isJson = values.json === true
    const set = loadSet(terminal, positionals[0] ?? settings().policyFolder, { language, isJson })
    if (!set) return EXIT.invalidPolicy
    const folder = values.to ?? schemaFolder(positionals[0] ?? settings().policyFolder)
    mkdirSync(folder, { recursive: true })
    const written = [...schemaFiles(set)].map(([name, text]) => {
      writeWholeFile(join(folder, name), text, 0o644)
      return join(folder, name)
    })
    if (isJson) terminal.out(JSON.stringify({ ok: true, written }))
    else for (const path of written) terminal.out(path)
    return EXIT.done
  },
})
