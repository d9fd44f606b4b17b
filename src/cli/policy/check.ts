import { existsSync } from 'node:fs'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { parseLanguage } from '../terminal/options.ts'
import { FOLDER_OPERAND, loadSet, POLICY_OPTIONS } from './open-set.ts'
import { schemaFolder, staleSchemas } from './schema-files.ts'

/** For privacy officers: is the rule set whole? */
export const policyCheck = defineCommand({
  name: 'policy check',
  summary: 'report every fault in the rule files as file:line:column, with how to fix it',
  usage: '[FOLDER]',
  operands: FOLDER_OPERAND,
  options: POLICY_OPTIONS,
  exits: { invalidPolicy: 'a rule file has a fault; every fault is listed' },
  examples: ['policy check', 'policy check policies --lang en'],
  async run({ values, positionals, settings }, terminal) {
    const isJson = values.json === true
    const language = parseLanguage(values.lang)
    const set = loadSet(terminal, positionals[0] ?? settings().policyFolder, { language, isJson })
    if (!set) return EXIT.invalidPolicy
    const folder = schemaFolder(positionals[0] ?? settings().policyFolder)
    // Only where somebody uses them: a set without schemas is as good a set.
    const stale = existsSync(folder) ? staleSchemas(set, folder) : []
    if (stale.length > 0) terminal.err(STALE[language](folder))
    const rules = set.rules.length + set.prohibitions.length + set.safeguards.length
    terminal.out(
      isJson
        ? JSON.stringify({ ok: true, policyHash: set.policyHash, faults: [], staleSchemas: stale })
        : `ok: ${set.files.length} files, ${rules} rules, set ${set.policyHash.slice(0, 12)}`,
    )
    return EXIT.done
  },
})

const STALE = {
  nl: (folder: string) =>
    `${folder}: de schema's voor de editor zijn van een andere woordenlijst; draai \`sluis policy schema\``,
  en: (folder: string) =>
    `${folder}: the schemas for the editor are of another vocabulary; run \`sluis policy schema\``,
}
