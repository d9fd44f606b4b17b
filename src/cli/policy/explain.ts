import { readFileSync } from 'node:fs'
import { decide, listOptions } from '../../policy/decide.ts'
import { explainDecision } from '../../policy/explain.ts'
import { labelsOf } from '../../policy/labels.ts'
import { parseQuestion } from '../../policy/request.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { UsageError } from '../terminal/failure.ts'
import { parseLanguage } from '../terminal/options.ts'
import { loadSet, POLICIES_OPTION, POLICY_OPTIONS } from './open-set.ts'
import { parseJson } from './question-lines.ts'

/** One decision, explained in sentences. */
export const policyExplain = defineCommand({
  name: 'policy explain',
  summary: 'explain one decision in sentences: what may be shared, why, and what is missing',
  usage: '[FILE]',
  operands: { FILE: 'file of one input as JSON; - or none reads standard input' },
  options: { ...POLICIES_OPTION, ...POLICY_OPTIONS },
  exits: { refused: 'the decision is a refusal', invalidPolicy: 'a rule file has a fault; every fault is listed' },
  examples: ['policy explain var/demo/input.json --lang en'],
  async run({ values, positionals, settings }, terminal) {
    const language = parseLanguage(values.lang)
    const isJson = values.json === true
    if (positionals.length > 1) throw new UsageError('give one file, or none for standard input')
    const set = loadSet(terminal, values.policies ?? settings().policyFolder, { language, isJson })
    if (!set) return EXIT.invalidPolicy
    const source = positionals[0] ?? '-'
    const text = source === '-' ? new TextDecoder().decode(await terminal.readInput()) : readFileSync(source, 'utf8')
    const parsed = parseQuestion(set, parseJson(text), new Date().toISOString())
    if (!parsed.ok) {
      for (const { pointer, detail } of parsed.faults) terminal.err(`${source}: ${pointer || '/'}: ${detail[language]}`)
      return EXIT.failed
    }
    const { question } = parsed
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
