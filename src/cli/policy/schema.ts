import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { writeWholeFile } from '../terminal/draft-file.ts'
import { parseLanguage } from '../terminal/options.ts'
import { FOLDER_OPERAND, folderOf, loadSet, POLICY_OPTIONS } from './open-set.ts'
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
  async run({ values, ...given }, terminal) {
    const folder = folderOf(given)
    const language = parseLanguage(values.lang)
    const isJson = values.json === true
    const set = loadSet(terminal, folder, { language, isJson })
    if (!set) return EXIT.invalidPolicy
    const target = values.to ?? schemaFolder(folder)
    mkdirSync(target, { recursive: true })
    const written = [...schemaFiles(set)].map(([name, text]) => {
      writeWholeFile(join(target, name), text, 0o644)
      return join(target, name)
    })
    if (isJson) terminal.out(JSON.stringify({ ok: true, written }))
    else for (const path of written) terminal.out(path)
    return EXIT.done
  },
})
