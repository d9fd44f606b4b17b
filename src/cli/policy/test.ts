import type { Language } from '../../model/language.ts'
import { runCases } from '../../policy/analysis/cases.ts'
import { type Coverage, measureCoverage } from '../../policy/analysis/coverage.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { parseLanguage } from '../terminal/options.ts'
import { progressBar } from '../terminal/progress.ts'
import { FOLDER_OPERAND, folderOf, loadSet, POLICY_OPTIONS } from './open-set.ts'

/** For privacy officers: whether the set decides as its cases say, and whether there are enough cases. */
export const policyTest = defineCommand({
  name: 'policy test',
  summary: { nl: 'de voorbeelden in de regelbestanden uitvoeren', en: 'run the cases in the rule files' },
  usage: '[FOLDER]',
  operands: FOLDER_OPERAND,
  options: {
    ...POLICY_OPTIONS,
    coverage: {
      type: 'boolean',
      what: {
        nl: 'ook de regels, omstandigheden en gegevens noemen die geen voorbeeld test',
        en: 'also list the rules, circumstances and data that no case tests',
      },
    },
  },
  exits: {
    failed: {
      nl: 'een voorbeeld mislukte, of met --coverage ontbreekt een vereist voorbeeld',
      en: 'a case failed, or with --coverage a required case is missing',
    },
    invalidPolicy: {
      nl: 'een regelbestand heeft een fout; elke fout staat in de lijst',
      en: 'a rule file has a fault; every fault is listed',
    },
  },
  examples: ['policy test', 'policy test --coverage --lang en'],
  async run({ values, ...given }, terminal) {
    const folder = folderOf(given)
    const language = parseLanguage(values.lang)
    const isJson = values.json === true
    const set = loadSet(terminal, folder, { language, isJson })
    if (!set) return EXIT.invalidPolicy
    const results = runCases(set)
    const failed = results.filter(({ passed }) => !passed)
    const coverage = values.coverage ? measureCoverage(set, progressBar(terminal, 'coverage')) : undefined
    const isOk = failed.length === 0 && coverage?.ok !== false
    if (isJson) terminal.out(JSON.stringify({ ok: isOk, cases: results, ...(coverage && { coverage }) }))
    else {
      for (const { path, line, name, differences } of failed) {
        terminal.out(`${path}:${line}: ${name}: ${differences.join('; ')}`)
      }
      terminal.out(`${results.length - failed.length} passed, ${failed.length} failed`)
      if (coverage) for (const line of formatCoverage(coverage, language)) terminal.out(line)
    }
    return isOk ? EXIT.done : EXIT.failed
  },
})

function formatCoverage({ gaps, rules, cases }: Coverage, language: Language): readonly string[] {
  const required = gaps.filter(({ isRequired }) => isRequired).length
  const lines = gaps.map(({ path, rule, exception, isRequired, message }) => {
    const position = exception === undefined ? rule : `${rule}, tenzij ${exception}`
    return `${isRequired ? '!' : ' '} ${path}: ${position}: ${message[language]}`
  })
  const summary = {
    nl: `${cases} gevallen bij ${rules} regels: ${required} ontbrekende gevallen die verplicht zijn (!), ${gaps.length - required} ter overweging`,
    en: `${cases} cases for ${rules} rules: ${required} missing cases that are required (!), ${gaps.length - required} to consider`,
  }
  return [...lines, summary[language]]
}
