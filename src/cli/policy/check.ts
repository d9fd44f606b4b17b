import { existsSync } from 'node:fs'
import { readSettings } from '../party/open-client.ts'
import { type Command, EXIT, parseArguments } from '../terminal/command.ts'
import { parseLanguage } from '../terminal/options.ts'
import { loadSet, POLICY_OPTIONS } from './open-set.ts'
import { schemaFolder, staleSchemas } from './schema-files.ts'

/** For privacy officers: is the rule set whole? */
export const policyCheck: Command = {
  name: 'policy check',
  usage: '[FOLDER] [--json] [--lang nl|en]',
  summary: 'report every fault in the rule files, with its place and its mend',
  async run(args, terminal) {
    const { values, positionals } = parseArguments(args, POLICY_OPTIONS)
    const isJson = values.json === true
    const language = parseLanguage(values.lang)
    const set = loadSet(terminal, positionals[0], { language, isJson })
    if (!set) return EXIT.invalidPolicy
    const folder = schemaFolder(positionals[0] ?? readSettings(terminal).policyFolder)
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
}

const STALE = {
  nl: (folder: string) =>
    `${folder}: de schema's voor de editor zijn van een andere woordenlijst; draai \`sluis policy schema\``,
  en: (folder: string) =>
    `${folder}: the schemas for the editor are of another vocabulary; run \`sluis policy schema\``,
}
