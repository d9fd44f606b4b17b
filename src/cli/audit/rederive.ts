import { formatFinding, type Rederivation, type RederivationFinding, rederive } from '../../review/rederive.ts'
import type { LoadSet } from '../../review/rule-sets.ts'
import { type Command, EXIT, parseArguments } from '../terminal/command.ts'
import { progressBar, withProgress } from '../terminal/progress.ts'
import { SOURCE_OPTIONS, SOURCE_USAGE } from './log-source.ts'
import { openLogSource } from './open-log-source.ts'
import { createLoader, refusePart } from './rule-set-archive.ts'

/** Findings that are shown; all of them are counted. */
const MAX_SHOWN = 1000

/** Decides everything again, on the machine of whoever asks, with the rules that were in force. */
export const auditRederive: Command = {
  name: 'audit rederive',
  usage: `${SOURCE_USAGE} [--policies FILE] [--json]`,
  summary: 'decide every recorded exchange again under its own rules; exit 4 names the record that differs',
  async run(args, terminal) {
    const { values } = parseArguments(args, {
      ...SOURCE_OPTIONS,
      policies: { type: 'string' },
      json: { type: 'boolean' },
    })
    const source = await openLogSource(terminal, values, 'rederive')
    try {
      refusePart(source)
      const findings: RederivationFinding[] = []
      // Loading a set takes longer than thousands of decisions; the pace is that of the decisions.
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
      else for (const line of formatRederivation(rederivation, findings, seconds)) terminal.out(line)
      const isFlawless = count.deviating + count.notRederived + alteredTexts.length === 0
      return isFlawless ? EXIT.done : EXIT.verificationFailed
    } finally {
      source.close()
    }
  },
}

function formatRederivation(
  { count, alteredTexts }: Rederivation,
  findings: readonly RederivationFinding[],
  seconds: number,
): readonly string[] {
  const { records, agreeing, deviating, notRederived } = count
  const left = deviating + notRederived - findings.length
  const pace = `${records} records, ${Math.round(records / Math.max(seconds, 0.001))} records/s`
  return [
    ...findings.flatMap(formatFinding),
    ...(left > 0 ? [`and ${left} records more`] : []),
    ...alteredTexts.map((policyHash) => `rule set ${policyHash}: its texts are not the ones that were put in force`),
    deviating + notRederived + alteredTexts.length === 0
      ? `re-derived: all ${agreeing} decisions agree with their rules (${pace})`
      : `NOT re-derived: ${agreeing} decisions agree, ${deviating} deviate, ${notRederived} could not be derived again (${pace})`,
  ]
}
