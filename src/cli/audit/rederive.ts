import type { LoadSet } from '../../exchange/rule-sets/archived.ts'
import type { Language } from '../../model/language.ts'
import { formatFinding, type Rederivation, type RederivationFinding, rederive } from '../../review/rederive.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { JSON_OPTION, LANGUAGE_OPTION, parseLanguage } from '../terminal/options.ts'
import { progressBar, withProgress } from '../terminal/progress.ts'
import { RULE_SETS_OPTION, SOURCE_OPTIONS, SOURCE_USAGE } from './log-source.ts'
import { openLogSource } from './open-log-source.ts'
import { createLoader, rejectPart } from './rule-set-archive.ts'

/** Number of findings to show; all are counted. */
const MAX_SHOWN = 1000

/** Decides everything again on this machine, with the rules that were in force. */
export const auditRederive = defineCommand({
  name: 'audit rederive',
  summary: {
    nl: 'elke uitwisseling opnieuw beslissen onder de regels van toen, en noemen wat afwijkt',
    en: 'decide every recorded exchange again under its own rules, and name what differs',
  },
  usage: SOURCE_USAGE,
  options: { ...SOURCE_OPTIONS, ...RULE_SETS_OPTION, ...LANGUAGE_OPTION, ...JSON_OPTION },
  exits: {
    verificationFailed: {
      nl: 'een besluit wijkt af of is niet opnieuw te beslissen, of het logboek klopt niet',
      en: 'a decision differs or cannot be re-derived, or the log does not verify',
    },
  },
  examples: [
    'audit rederive --as toezichthouder --log-key var/demo/gateway/log.pub',
    'audit rederive --export var/log.ndjson --policies var/rule-sets.json --log-key var/demo/gateway/log.pub',
  ],
  async run({ values, settings }, terminal) {
    const language = parseLanguage(values.lang)
    const source = await openLogSource({ values, settings }, terminal, 'rederive')
    try {
      rejectPart(source)
      const findings: RederivationFinding[] = []
      // Loading a set takes longer than thousands of decisions; the reported speed is that of the decisions.
      let loadingMs = 0
      const load = createLoader(source, values.policies)
      const loadSet: LoadSet = async (policyHash) => {
        const began = performance.now()
        const loaded = await load(policyHash)
        loadingMs += performance.now() - began
        return loaded
      }
      const start = performance.now()
      const rederivation = await rederive(
        withProgress(source.records(), source.head.end, progressBar(terminal, 'rederive')),
        loadSet,
        (finding) => {
          if (findings.length < MAX_SHOWN) findings.push(finding)
        },
      )
      const seconds = (performance.now() - start - loadingMs) / 1000
      await source.noteUse(rederivation.count.records)
      const { count, alteredTexts } = rederivation
      if (values.json) terminal.out(JSON.stringify({ ...count, seconds, alteredTexts, findings }))
      else for (const line of formatRederivation(rederivation, findings, seconds, language)) terminal.out(line)
      const isFlawless = count.deviating + count.notRederived + alteredTexts.length === 0
      return isFlawless ? EXIT.done : EXIT.verificationFailed
    } finally {
      source.close()
    }
  },
})

function formatRederivation(
  { count, alteredTexts }: Rederivation,
  findings: readonly RederivationFinding[],
  seconds: number,
  language: Language,
): readonly string[] {
  const words = WORDS[language]
  const { records, agreeing, deviating, notRederived } = count
  const left = deviating + notRederived - findings.length
  const speed = `${records} records, ${Math.round(records / Math.max(seconds, 0.001))} records/s`
  return [
    ...findings.flatMap((finding) => formatFinding(finding, language)),
    ...(left > 0 ? [words.left(left)] : []),
    ...alteredTexts.map(words.altered),
    deviating + notRederived + alteredTexts.length === 0
      ? words.flawless(agreeing, speed)
      : words.flawed(agreeing, deviating, notRederived, speed),
  ]
}

const WORDS = {
  nl: {
    left: (count: number) => `en nog ${count} records`,
    altered: (policyHash: string) => `regels ${policyHash}: de teksten zijn niet die waarmee ze gingen gelden`,
    flawless: (agreeing: number, speed: string) =>
      `opnieuw beslist: alle ${agreeing} besluiten kloppen met hun regels (${speed})`,
    flawed: (agreeing: number, deviating: number, notRederived: number, speed: string) =>
      `KLOPT NIET: ${agreeing} besluiten kloppen, ${deviating} wijken af, ${notRederived} zijn niet opnieuw te beslissen (${speed})`,
  },
  en: {
    left: (count: number) => `and ${count} more records`,
    altered: (policyHash: string) => `rule set ${policyHash}: its texts are not those that were put in force`,
    flawless: (agreeing: number, speed: string) =>
      `re-derived: all ${agreeing} decisions agree with their rules (${speed})`,
    flawed: (agreeing: number, deviating: number, notRederived: number, speed: string) =>
      `NOT re-derived: ${agreeing} decisions agree, ${deviating} deviate, ${notRederived} cannot be re-derived (${speed})`,
  },
} as const satisfies Record<Language, object>
