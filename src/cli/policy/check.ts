import { existsSync } from 'node:fs'
import type { Language } from '../../model/language.ts'
import { WORDS } from '../../policy/docs/words.ts'
import { type AskedQuestion, listOpenQuestions } from '../../policy/files/open-questions.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { parseLanguage } from '../terminal/options.ts'
import { printText } from '../terminal/visible-text.ts'
import { FOLDER_OPERAND, folderOf, loadSet, POLICY_OPTIONS } from './open-set.ts'
import { schemaFolder, staleSchemas } from './schema-files.ts'

/** Shows a privacy officer whether the rule files form a set without faults, and what a lawyer must still decide. */
export const policyCheck = defineCommand({
  name: 'policy check',
  summary: {
    nl: 'elke fout in de regelbestanden melden als bestand:regel:kolom, en hoe die te herstellen is',
    en: 'report every fault in the rule files as file:line:column, and how to fix it',
  },
  usage: '[FOLDER]',
  operands: FOLDER_OPERAND,
  options: {
    questions: {
      type: 'boolean',
      what: {
        nl: 'ook de open vragen voor een jurist noemen, met wat van elke vraag afhangt',
        en: 'also list the open questions for a lawyer, with what depends on each',
      },
    },
    ...POLICY_OPTIONS,
  },
  exits: {
    invalidPolicy: {
      nl: 'een regelbestand heeft een fout; elke fout staat in de lijst',
      en: 'a rule file has a fault; every fault is listed',
    },
  },
  examples: ['policy check', 'policy check policies --lang en', 'policy check --questions'],
  async run({ values, ...given }, terminal) {
    const folder = folderOf(given)
    const isJson = values.json === true
    const language = parseLanguage(values.lang)
    const set = loadSet(terminal, folder, { language, isJson })
    if (!set) return EXIT.invalidPolicy
    const schemas = schemaFolder(folder)
    // Only where schemas are used: a set without them is valid too.
    const stale = existsSync(schemas) ? staleSchemas(set, schemas) : []
    if (stale.length > 0) terminal.err(STALE[language](schemas))
    const questions = listOpenQuestions(set)
    if (values.questions === true && !isJson)
      for (const question of questions) printText(terminal.out, formatQuestion(question, language))
    const rules = set.rules.length + set.prohibitions.length + set.safeguards.length + set.sharedDuties.length
    terminal.out(
      isJson
        ? JSON.stringify({
            ok: true,
            policyHash: set.policyHash,
            sourceHash: set.sourceHash,
            faults: [],
            staleSchemas: stale,
            openQuestions: questions,
          })
        : `ok: ${set.files.length} files, ${rules} rules, ${questions.length} open questions, set ${set.sourceHash}`,
    )
    return EXIT.done
  },
})

function formatQuestion({ path, line, question, dependents, meanwhile }: AskedQuestion, language: Language): string {
  const words = WORDS[language]
  const about = dependents.length === 0 ? words.wholeFile : dependents.join(', ')
  return `${path}:${line}: ${question}\n  ${words.dependsOn}: ${about}\n  ${words.meanwhile}: ${meanwhile}`
}

const STALE = {
  nl: (folder: string) =>
    `${folder}: de schema's voor de editor horen bij een andere woordenlijst; draai \`sluis policy schema\``,
  en: (folder: string) =>
    `${folder}: the schemas for the editor belong to another vocabulary; run \`sluis policy schema\``,
}
