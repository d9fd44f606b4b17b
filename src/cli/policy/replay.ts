import { parseFieldOutcomes } from '../../audit/record/decision-summary.ts'
import type { Language } from '../../model/language.ts'
import { describeOutcome } from '../../model/treatment-words.ts'
import {
  compareReplay,
  groupReplay,
  type PastDecision,
  type ReplayChange,
  type ReplayGroup,
} from '../../policy/analysis/replay.ts'
import { decide } from '../../policy/decide.ts'
import { describeBehaviour } from '../../policy/docs/change-blocks.ts'
import { settleQuestion } from '../../policy/facts/settle-question.ts'
import { labelsOf } from '../../policy/labels.ts'
import { legalDate } from '../../policy/legal-date.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { type LoggedQuestion, readLoggedQuestions } from '../../review/logged-questions.ts'
import { openSqliteReader } from '../../storage/better-sqlite.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { UsageError } from '../terminal/failure.ts'
import { parseLanguage } from '../terminal/options.ts'
import { progressBar } from '../terminal/progress.ts'
import { parseWrittenDate } from '../terminal/written-date.ts'
import { DATABASE_OPTION, loadSet, POLICIES_OPTION, POLICY_OPTIONS, rejectOperands } from './open-set.ts'

/** What a draft would have decided about the exchanges in the log, each on its own day. */
export const policyReplay = defineCommand({
  name: 'policy replay',
  summary: {
    nl: 'zeggen wat onder deze regelbestanden anders was gegaan voor de uitwisselingen in het logboek',
    en: 'report what would have changed for the exchanges in the log under these rule files',
  },
  usage: '--since DATE --database FILE',
  options: {
    since: {
      type: 'string',
      value: 'DATE',
      what: {
        nl: 'uitwisselingen vanaf deze dag naspelen, zoals 2026-12-01 of "1 december 2026"',
        en: 'replay exchanges from this day, such as 2026-12-01 or "1 December 2026"',
      },
    },
    ...DATABASE_OPTION,
    ...POLICIES_OPTION,
    ...POLICY_OPTIONS,
  },
  exits: {
    invalidPolicy: {
      nl: 'een regelbestand heeft een fout; elke fout staat in de lijst',
      en: 'a rule file has a fault; every fault is listed',
    },
  },
  examples: ['policy replay --since 2026-01-01 --database var/demo/gateway/sluis.sqlite --policies draft'],
  async run({ values, positionals, settings }, terminal) {
    const { since: written, database } = values
    rejectOperands(positionals)
    if (!written || !database)
      throw new UsageError({
        nl: 'geef --since DATE en --database FILE',
        en: 'give --since DATE and --database FILE',
      })
    const since = parseWrittenDate(written, '--since')
    const language = parseLanguage(values.lang)
    const isJson = values.json === true
    const set = loadSet(terminal, values.policies ?? settings().policyFolder, { language, isJson })
    if (!set) return EXIT.invalidPolicy
    const reader = openSqliteReader(database)
    try {
      const showProgress = progressBar(terminal, 'replay')
      const changes: ReplayChange[] = []
      let replayed = 0
      let contradictory = 0
      let done = 0
      for await (const logged of readLoggedQuestions(reader.records())) {
        showProgress(++done, reader.size)
        const { record, question } = logged
        if (record.type !== 'exchange' || legalDate(record.at) < since) continue
        replayed += 1
        const settled = settleQuestion(set, question)
        if (settled.faults.length > 0) {
          contradictory += 1
          continue
        }
        const change = compareReplay(question, pastOf(logged), decide(set, settled.question))
        if (change !== undefined) changes.push(change)
      }
      showProgress(reader.size, reader.size)
      const groups = groupReplay(changes)
      if (isJson)
        terminal.out(
          JSON.stringify({
            since,
            policyHash: set.policyHash,
            replayed,
            changed: changes.length,
            contradictory,
            groups,
          }),
        )
      else {
        const counts = { replayed, changed: changes.length, contradictory }
        for (const line of formatReplay(groups, counts, set, language)) terminal.out(line)
      }
      return EXIT.done
    } finally {
      reader.close()
    }
  },
})

const pastOf = ({ record }: LoggedQuestion): PastDecision => ({
  outcome: record.outcome,
  ...(record.reason !== undefined && { reason: record.reason }),
  dataSubjects: record.subjects.map((subject) => ({ fields: parseFieldOutcomes(subject) })),
})

function formatReplay(
  groups: readonly ReplayGroup[],
  { replayed, changed, contradictory }: Readonly<Record<'replayed' | 'changed' | 'contradictory', number>>,
  set: PolicySet,
  language: Language,
): readonly string[] {
  const labels = labelsOf(language, set)
  const outcome = ({ outcome: word, reason }: ReplayGroup['before']) => describeOutcome(word, reason, language)
  const lines = groups.flatMap(({ count, sender, recipient, purpose, before, after, fields }) => [
    `${count} × ${labels.party(sender)} → ${labels.party(recipient)}; ${labels.purpose(purpose)}: ${outcome(before)} → ${outcome(after)}`,
    ...fields.map(
      (field) =>
        `  ${labels.field(field.field)}: ${describeBehaviour(field.before, language)} → ${describeBehaviour(field.after, language)}`,
    ),
  ])
  const summary = {
    nl: `${replayed} uitwisselingen nagerekend, ${changed} zouden anders zijn besloten`,
    en: `${replayed} exchanges replayed, ${changed} would be decided differently`,
  }
  const sentBack = {
    nl: `${contradictory} daarvan zouden zijn teruggestuurd, omdat de woorden elkaar tegenspreken`,
    en: `${contradictory} of these would be sent back, because their words contradict each other`,
  }
  return [...lines, summary[language], ...(contradictory > 0 ? [sentBack[language]] : [])]
}
