import type { Language } from '../../model/language.ts'
import { type Analysis, analysePolicySet } from '../../policy/analysis/analyse.ts'
import { formatReference } from '../../policy/analysis/finding.ts'
import { labelsOf } from '../../policy/labels.ts'
import { legalDate } from '../../policy/legal-date.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { parseLanguage } from '../terminal/options.ts'
import { progressBar } from '../terminal/progress.ts'
import { parseWrittenDate } from '../terminal/written-date.ts'
import { FOLDER_OPERAND, folderOf, loadSet, POLICY_OPTIONS } from './open-set.ts'

/** For privacy officers: rules without effect, contradictions, periods without a rule, old sources, conditions without a word, and the map of legal bases. */
export const policyAnalyse = defineCommand({
  name: 'policy analyse',
  summary: {
    nl: 'dode regels, tegenspraken, lege perioden, oude bronnen en vergeten voorwaarden vinden',
    en: 'find dead rules, contradictions, gaps in time, old sources and forgotten conditions',
  },
  usage: '[FOLDER]',
  operands: FOLDER_OPERAND,
  options: {
    on: {
      type: 'string',
      value: 'DATE',
      what: {
        nl: 'de dag om te onderzoeken, zoals 2026-12-01 of "1 december 2026"',
        en: 'the day to analyse, such as 2026-12-01 or "1 December 2026"',
      },
      otherwise: { nl: 'vandaag', en: 'today' },
    },
    conflicts: {
      type: 'boolean',
      what: {
        nl: 'ook noemen welk verbod voor welke regel gaat, en voor welke gegevens',
        en: 'also list which prohibition overrides which rule, and for which fields',
      },
    },
    map: {
      type: 'boolean',
      what: {
        nl: 'ook noemen wie een grondslag heeft tegenover wie, per doel',
        en: 'also list who has a legal basis towards whom, by purpose',
      },
    },
    ...POLICY_OPTIONS,
  },
  exits: {
    failed: { nl: 'er is een bevinding die geen bestand uitlegt', en: 'there is a finding that no file explains' },
    invalidPolicy: {
      nl: 'een regelbestand heeft een fout; elke fout staat in de lijst',
      en: 'a rule file has a fault; every fault is listed',
    },
  },
  examples: ['policy analyse', 'policy analyse --conflicts --map --lang en'],
  async run({ values, ...given }, terminal) {
    const folder = folderOf(given)
    const language = parseLanguage(values.lang)
    const isJson = values.json === true
    const on = values.on === undefined ? legalDate(new Date()) : parseWrittenDate(values.on, '--on')
    const set = loadSet(terminal, folder, { language, isJson })
    if (!set) return EXIT.invalidPolicy
    const analysis = analysePolicySet(set, on, progressBar(terminal, 'analyse'))
    if (isJson) terminal.out(JSON.stringify(analysis))
    else {
      const lines = [
        ...formatFindings(analysis, language),
        ...(values.conflicts ? formatConflicts(analysis) : []),
        ...(values.map ? formatMap(analysis, set, language) : []),
        formatSummary(analysis, language),
      ]
      for (const line of lines) terminal.out(line)
    }
    return analysis.ok ? EXIT.done : EXIT.failed
  },
})

const formatFindings = ({ findings }: Analysis, language: Language): readonly string[] =>
  findings.map(({ kind, path, rule, position, message, mend, why }) => {
    const place = position ? `${path}:${position.line}:${position.column}` : path
    const subject = rule === undefined ? place : `${place}: ${rule}`
    const end = why === undefined ? mend[language] : `${language === 'nl' ? 'verantwoord' : 'explained'}: ${why}`
    return `${why === undefined ? '!' : ' '} ${subject}: ${kind}: ${message[language]}; ${end}`
  })

const formatConflicts = ({ conflicts }: Analysis): readonly string[] =>
  conflicts.map(
    ({ rule, prohibition, fields }) =>
      `  ${formatReference(rule)} × ${formatReference(prohibition)}: ${fields.join(', ')}`,
  )

function formatMap({ gapMap }: Analysis, set: PolicySet, language: Language): readonly string[] {
  const labels = labelsOf(language, set)
  const groups = Map.groupBy(gapMap.covered, ({ purpose }) => purpose)
  return [...set.vocabulary.purposes.keys()].flatMap((purpose) => {
    const cells = groups.get(purpose) ?? []
    const title = `${labels.purpose(purpose)}:`
    if (cells.length === 0) return [title, language === 'nl' ? '  geen enkele combinatie' : '  no combination']
    return [
      title,
      ...cells.map(
        ({ sender, recipient, roles, legalBases }) =>
          `  ${sender} → ${recipient}  (${roles.join(', ')})  ${legalBases.join(', ')}`,
      ),
    ]
  })
}

function formatSummary({ findings, conflicts, gapMap }: Analysis, language: Language): string {
  const open = findings.filter(({ why }) => why === undefined).length
  const explained = findings.length - open
  return {
    nl: `${open} bevindingen zonder verantwoording (!), ${explained} verantwoord; ${conflicts.length} paren van regel en verbod; op ${gapMap.on} heeft ${gapMap.covered.length} van ${gapMap.pairs} combinaties van afzender, ontvanger en doel een grondslag`,
    en: `${open} unexplained findings (!), ${explained} explained; ${conflicts.length} pairs of rule and prohibition; on ${gapMap.on} ${gapMap.covered.length} of ${gapMap.pairs} combinations of sender, recipient and purpose have a legal basis`,
  }[language]
}
