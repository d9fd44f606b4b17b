import { decide, listOptions } from '../../policy/decide.ts'
import { explainDecision } from '../../policy/explain.ts'
import { labelsOf } from '../../policy/labels.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { parseQuestion } from '../../policy/request.ts'
import { defineCommand, EXIT, type Terminal } from '../terminal/command.ts'
import { UsageError } from '../terminal/failure.ts'
import { parseLanguage } from '../terminal/options.ts'
import { readTextFile } from '../terminal/read-text-file.ts'
import { findCase, isRuleFile } from './find-case.ts'
import { loadSet, POLICIES_OPTION, POLICY_OPTIONS } from './open-set.ts'
import { parseJson } from './question-lines.ts'

/** One decision, explained in sentences. */
export const policyExplain = defineCommand({
  name: 'policy explain',
  summary: {
    nl: 'één besluit uitleggen in zinnen: wat gedeeld mag worden, waarom, en wat ontbreekt',
    en: 'explain one decision in sentences: what may be shared, why, and what is missing',
  },
  usage: '[FILE [CASE]]',
  operands: {
    FILE: {
      nl: 'bestand met één invoer als JSON, of een regelbestand; - of niets leest de standaardinvoer',
      en: 'file of one input as JSON, or a rule file; - or none reads standard input',
    },
    CASE: {
      nl: 'naam van een voorbeeld in dat regelbestand, of een deel ervan',
      en: 'name of a case in that rule file, or a part of it',
    },
  },
  options: { ...POLICIES_OPTION, ...POLICY_OPTIONS },
  exits: {
    refused: { nl: 'het besluit is een weigering', en: 'the decision is a refusal' },
    invalidPolicy: {
      nl: 'een regelbestand heeft een fout; elke fout staat in de lijst',
      en: 'a rule file has a fault; every fault is listed',
    },
  },
  examples: [
    'policy explain var/demo/input.json --lang en',
    "policy explain avg-toestemming-comensha 'met toestemming van een volwassene'",
  ],
  async run({ values, positionals, settings }, terminal) {
    const language = parseLanguage(values.lang)
    const isJson = values.json === true
    if (positionals.length > 2)
      throw new UsageError({
        nl: 'geef één bestand, of een regelbestand en de naam van een voorbeeld',
        en: 'give one file, or a rule file and the name of a case',
      })
    const set = loadSet(terminal, values.policies ?? settings().policyFolder, { language, isJson })
    if (!set) return EXIT.invalidPolicy
    const asked = await readQuestion(set, positionals, terminal)
    if (!asked.ok) {
      for (const { pointer, detail } of asked.faults)
        terminal.err(`${positionals[0] ?? '-'}: ${pointer || '/'}: ${detail[language]}`)
      return EXIT.failed
    }
    const { question } = asked
    const decision = decide(set, question)
    const options = listOptions(set, question).map(({ legalBasis }) => legalBasis)
    const sentences = [...explainDecision(set, question, decision, language), ...optionSentence(options)]
    if (isJson) terminal.out(JSON.stringify({ question, decision, options, sentences }))
    else for (const sentence of sentences) terminal.out(sentence)
    return decision.outcome === 'geweigerd' ? EXIT.refused : EXIT.done

    function optionSentence(files: readonly string[]): readonly string[] {
      if (question.legalBasis !== undefined && decision.outcome !== 'geweigerd') return []
      const labels = labelsOf(language, set!)
      const list = labels.list(files.map((file) => `${labels.file(file)} (${file})`))
      if (files.length === 0)
        return [
          language === 'nl' ? 'Geen enkele grondslag staat hier iets toe.' : 'No legal basis permits anything here.',
        ]
      return [
        language === 'nl' ? `Grondslagen die iets toestaan: ${list}.` : `Legal bases that permit something: ${list}.`,
      ]
    }
  },
})

/** The question of a case in a rule file, or the one that a file or standard input contains. @throws UsageError */
async function readQuestion(
  set: PolicySet,
  [source = '-', name]: readonly string[],
  terminal: Terminal,
): Promise<ReturnType<typeof parseQuestion>> {
  if (name !== undefined) return { ok: true, question: findCase(set, source, name).question }
  if (isRuleFile(set, source))
    throw new UsageError({
      nl: 'geef de naam van een voorbeeld in het regelbestand, of een deel ervan',
      en: 'give the name of a case in the rule file, or a part of it',
    })
  const text = source === '-' ? new TextDecoder().decode(await terminal.readInput()) : readTextFile(source)
  return parseQuestion(set, parseJson(text), new Date().toISOString())
}
