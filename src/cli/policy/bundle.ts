import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { formatFault } from '../../policy/files/fault.ts'
import { loadPolicySet } from '../../policy/files/load.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { writeWholeFile } from '../terminal/draft-file.ts'
import { parseLanguage } from '../terminal/options.ts'
import { FOLDER_OPERAND, folderOf, POLICY_OPTIONS, readRuleFiles } from './open-set.ts'

export const policyBundle = defineCommand({
  name: 'policy bundle',
  summary: {
    nl: 'de regelbestanden in één bestand zetten voor Workers, die geen mappen hebben',
    en: 'put the rule files into one file for Workers, which have no folders',
  },
  usage: '[FOLDER]',
  operands: FOLDER_OPERAND,
  options: {
    to: {
      type: 'string',
      value: 'FILE',
      default: '.generated/policies.json',
      what: { nl: 'het bestand om te schrijven', en: 'the file to write' },
    },
    ...POLICY_OPTIONS,
  },
  exits: {
    invalidPolicy: {
      nl: 'een regelbestand heeft een fout; elke fout staat in de lijst; er is niets geschreven',
      en: 'a rule file has a fault; every fault is listed; nothing was written',
    },
  },
  examples: ['policy bundle'],
  async run({ values, ...given }, terminal) {
    const language = parseLanguage(values.lang)
    const files = readRuleFiles(folderOf(given))
    const loaded = loadPolicySet(files)
    if (!loaded.ok) {
      for (const fault of loaded.faults) terminal.err(formatFault(fault, language))
      return EXIT.invalidPolicy
    }
    const bundle = `${JSON.stringify(Object.fromEntries(files.map(({ path, text }) => [path, text])), null, 2)}\n`
    // An unchanged file must not restart a development server that watches it.
    if (!existsSync(values.to) || readFileSync(values.to, 'utf8') !== bundle) {
      mkdirSync(dirname(values.to), { recursive: true })
      writeWholeFile(values.to, bundle, 0o644)
    }
    terminal.out(values.json ? JSON.stringify({ file: values.to, policyHash: loaded.set.policyHash }) : values.to)
    return EXIT.done
  },
})
