import type { Language } from '../../model/language.ts'
import { createGapTally, type LegalGap, SMALL_CELL } from '../../policy/analysis/gaps.ts'
import { labelsOf } from '../../policy/labels.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { readLoggedQuestions, refusalsOf } from '../../review/logged-questions.ts'
import { openSqliteReader } from '../../storage/better-sqlite.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { UsageError } from '../terminal/failure.ts'
import { parseLanguage } from '../terminal/options.ts'
import { progressBar } from '../terminal/progress.ts'
import { DATABASE_OPTION, loadSet, POLICIES_OPTION, POLICY_OPTIONS } from './open-set.ts'

/** Evidence for the legislator: which exchanges found no legal basis. */
export const policyGaps = defineCommand({
  name: 'policy gaps',
  summary: 'count the refusals for lack of a legal basis; the output holds no personal data',
  usage: '--database FILE',
  options: { ...DATABASE_OPTION, ...POLICIES_OPTION, ...POLICY_OPTIONS },
  exits: { invalidPolicy: 'a rule file has a fault; every fault is listed' },
  examples: ['policy gaps --database var/demo/gateway/sluis.sqlite --lang en'],
  async run({ values, settings }, terminal) {
    if (!values.database) throw new UsageError('give --database FILE')
    const language = parseLanguage(values.lang)
    const isJson = values.json === true
    const set = loadSet(terminal, values.policies ?? settings().policyFolder, { language, isJson })
    if (!set) return EXIT.invalidPolicy
    const reader = openSqliteReader(values.database)
    try {
      const showProgress = progressBar(terminal, 'gaps')
      const tally = createGapTally(set)
      let done = 0
      for await (const logged of readLoggedQuestions(reader.records())) {
        for (const refusal of refusalsOf(logged)) tally.add(refusal)
        showProgress(++done, reader.size)
      }
      showProgress(reader.size, reader.size)
      const gaps = tally.gaps()
      if (isJson) terminal.out(JSON.stringify({ smallCell: SMALL_CELL, gaps }))
      else for (const line of formatGaps(gaps, set, language)) terminal.out(line)
      return EXIT.done
    } finally {
      reader.close()
    }
  },
})

function formatGaps(gaps: readonly LegalGap[], set: PolicySet, language: Language): readonly string[] {
  const labels = labelsOf(language, set)
  const words = WORDS[language]
  if (gaps.length === 0) return [words.none]
  const lines = gaps.flatMap((gap) => {
    const sender = set.vocabulary.groups.has(gap.senderGroup)
      ? labels.group(gap.senderGroup)
      : labels.party(gap.senderGroup)
    return [
      `${sender} → ${labels.party(gap.recipient)}; ${labels.purpose(gap.purpose)}; ${labels.role(gap.role)}`,
      `  ${words.count(gap.exchanges, gap.checks)}${gap.isSmall ? ' *' : ''}`,
      `  ${words.data}: ${gap.fields.map(({ field, count }) => `${labels.field(field)} (${count})`).join(', ')}`,
      `  ${gap.months.map(({ month, exchanges, checks }) => `${month}: ${exchanges}+${checks}`).join(', ')}`,
    ]
  })
  return gaps.some(({ isSmall }) => isSmall) ? [...lines, words.small] : lines
}

const WORDS = {
  nl: {
    none: 'Geen weigeringen bij gebrek aan grondslag.',
    count: (exchanges: number, checks: number) => `${exchanges} geweigerde uitwisselingen, ${checks} vragen vooraf`,
    data: 'gegevens',
    small: `* minder dan ${SMALL_CELL}: maak dit aantal niet openbaar; met andere kennis samen kan het iemand herkenbaar maken`,
  },
  en: {
    none: 'No refusals for lack of a legal basis.',
    count: (exchanges: number, checks: number) => `${exchanges} exchanges refused, ${checks} checks beforehand`,
    data: 'data',
    small: `* fewer than ${SMALL_CELL}: do not publish this number; combined with other knowledge it may identify somebody`,
  },
} as const
