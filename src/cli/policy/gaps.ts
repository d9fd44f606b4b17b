import { readRecords } from '../../audit/export/read-log.ts'
import { createSetLoader } from '../../exchange/rule-sets/archived.ts'
import type { Language } from '../../model/language.ts'
import { type LegalGap, SMALL_CELL } from '../../policy/analysis/gaps.ts'
import { labelsOf } from '../../policy/labels.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { classifyAttempts } from '../../review/attempts/attempts.ts'
import { createGapCounter, type GapCount, type SetAside } from '../../review/gaps/gap-count.ts'
import { openSqliteReader } from '../../storage/better-sqlite.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { UsageError } from '../terminal/failure.ts'
import { parseLanguage } from '../terminal/options.ts'
import { progressBar, withProgress } from '../terminal/progress.ts'
import { DATABASE_OPTION, loadSet, POLICIES_OPTION, POLICY_OPTIONS, rejectOperands } from './open-set.ts'

/** Evidence for the legislator: which exchanges found no legal basis. */
export const policyGaps = defineCommand({
  name: 'policy gaps',
  summary: {
    nl: 'de meldingen tellen die geen wet doorliet, onder de regels van toen; geen persoonsgegevens',
    en: 'count the reports that no law let through, under the rules of their moment; no personal data',
  },
  usage: '--database FILE',
  options: { ...DATABASE_OPTION, ...POLICIES_OPTION, ...POLICY_OPTIONS },
  exits: {
    invalidPolicy: {
      nl: 'een regelbestand heeft een fout; elke fout staat in de lijst',
      en: 'a rule file has a fault; every fault is listed',
    },
  },
  examples: ['policy gaps --database var/demo/gateway/sluis.sqlite --lang en'],
  async run({ values, positionals, settings }, terminal) {
    rejectOperands(positionals)
    if (!values.database) throw new UsageError({ nl: 'geef --database FILE', en: 'give --database FILE' })
    const language = parseLanguage(values.lang)
    const isJson = values.json === true
    const set = loadSet(terminal, values.policies ?? settings().policyFolder, { language, isJson })
    if (!set) return EXIT.invalidPolicy
    const reader = openSqliteReader(values.database)
    try {
      const load = createSetLoader(async (policyHash) => reader.findPolicyArchive(policyHash)?.content)
      const counter = createGapCounter(set, async (policyHash) => {
        const loaded = await load(policyHash)
        return 'noSet' in loaded && policyHash === set.policyHash ? { set } : loaded
      })
      const records = withProgress(readRecords(reader.log, 0, reader.size), reader.size, progressBar(terminal, 'gaps'))
      for await (const record of classifyAttempts(records)) await counter.add(record)
      const found = counter.finish()
      if (isJson) terminal.out(JSON.stringify({ smallCell: SMALL_CELL, ...found }))
      else for (const line of formatGaps(found, set, language)) terminal.out(line)
      return EXIT.done
    } finally {
      reader.close()
    }
  },
})

function formatGaps({ gaps, repaired, setAside }: GapCount, set: PolicySet, language: Language): readonly string[] {
  const words = WORDS[language]
  const cells = [...gaps, ...repaired]
  return [
    ...(gaps.length === 0 ? [words.none] : gaps.flatMap((gap) => formatCell(gap, set, language))),
    ...(repaired.length === 0
      ? []
      : ['', words.repaired, ...repaired.flatMap((one) => formatCell(one, set, language))]),
    '',
    words.setAside,
    ...(Object.keys(setAside) as (keyof SetAside)[]).map((why) => `  ${words.why[why]}: ${setAside[why]}`),
    ...(cells.some(({ isSmall }) => isSmall) ? [words.small] : []),
  ]
}

function formatCell(gap: LegalGap, set: PolicySet, language: Language): readonly string[] {
  const labels = labelsOf(language, set)
  const words = WORDS[language]
  const sender = set.vocabulary.groups.has(gap.senderGroup)
    ? labels.group(gap.senderGroup)
    : labels.party(gap.senderGroup)
  return [
    `${sender} → ${labels.party(gap.recipient)}; ${labels.purpose(gap.purpose)}; ${labels.role(gap.role)}`,
    `  ${words.reports(gap.reports)}${gap.isSmall ? ' *' : ''}`,
    `  ${words.data}: ${gap.fields.map(({ field, count }) => `${labels.field(field)} (${count})`).join(', ')}`,
    `  ${gap.months.map(({ month, reports }) => `${month}: ${reports}`).join(', ')}`,
  ]
}

const WORDS = {
  nl: {
    none: 'Geen leemten: geen melding bleef geweigerd die op geen enkele manier had gemogen.',
    reports: (count: number) => (count === 1 ? '1 melding' : `${count} meldingen`),
    data: 'gegevens',
    repaired: 'Geweigerd, en binnen een uur alsnog doorgelaten (geen leemte in de wet):',
    setAside: 'Andere weigeringen bij gebrek aan grondslag (geen leemte in de wet):',
    why: {
      checks: 'vragen vooraf',
      retried: 'binnen een uur opnieuw geprobeerd; de volgende poging telt',
      couldPass: 'had gekund met een andere verklaring, grondslag of een ander doel',
      prohibited: 'alle gegevens vallen onder een verbod',
      toItself: 'van een organisatie aan zichzelf',
      withoutData: 'zonder gegevens',
      undecided: 'niet vast te stellen',
    },
    small: `* minder dan ${SMALL_CELL}: maak dit aantal niet openbaar; met andere kennis samen kan het iemand herkenbaar maken`,
  },
  en: {
    none: 'No gaps: no report stayed refused that could not have passed in any way.',
    reports: (count: number) => (count === 1 ? '1 report' : `${count} reports`),
    data: 'data',
    repaired: 'Refused, and passed within an hour (no gap in the law):',
    setAside: 'Other refusals for lack of a legal basis (no gap in the law):',
    why: {
      checks: 'checks beforehand',
      retried: 'tried again within an hour; the next try counts',
      couldPass: 'could have passed with another statement, legal basis or purpose',
      prohibited: 'a prohibition covers all data',
      toItself: 'from an organisation to itself',
      withoutData: 'without data',
      undecided: 'could not be established',
    },
    small: `* fewer than ${SMALL_CELL}: do not publish this number; combined with other knowledge it may identify somebody`,
  },
} as const
