import { decide } from '../../policy/decide.ts'
import { parseQuestion } from '../../policy/request.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { parseLanguage } from '../terminal/options.ts'
import { loadSet, POLICIES_OPTION, POLICY_OPTIONS } from './open-set.ts'
import { parseJson, readLines } from './question-lines.ts'

/** Decides inputs (JSON, one a line) and prints one decision a line. Nothing is sent, stored or recorded. */
export const policyDecide = defineCommand({
  name: 'policy decide',
  summary: {
    nl: 'over invoer beslissen, één JSON-object per regel; er wordt niets verzonden of bewaard',
    en: 'decide inputs, one JSON object a line; nothing is sent or stored',
  },
  usage: '[FILE…]',
  operands: {
    'FILE…': {
      nl: 'bestanden met invoer; - of niets leest de standaardinvoer',
      en: 'files of inputs; - or none reads standard input',
    },
  },
  options: {
    ...POLICIES_OPTION,
    ...POLICY_OPTIONS,
    json: { type: 'boolean', what: { nl: 'ook fouten als JSON tonen', en: 'print faults as JSON too' } },
  },
  exits: {
    failed: {
      nl: 'een invoer heeft een fout; over de andere is beslist',
      en: 'an input has a fault; the others were decided',
    },
    invalidPolicy: {
      nl: 'een regelbestand heeft een fout; elke fout staat in de lijst',
      en: 'a rule file has a fault; every fault is listed',
    },
  },
  examples: ['policy decide inputs.ndjson', 'policy decide - --policies policies'],
  async run({ values, positionals, settings }, terminal) {
    const language = parseLanguage(values.lang)
    const isJson = values.json === true
    const set = loadSet(terminal, values.policies ?? settings().policyFolder, { language, isJson })
    if (!set) return EXIT.invalidPolicy
    const now = new Date().toISOString()
    let faulty = 0
    for (const source of positionals.length === 0 ? ['-'] : positionals) {
      let line = 0
      for await (const text of readLines(source, terminal)) {
        line += 1
        if (text.trim() === '') continue
        const parsed = parseQuestion(set, parseJson(text), now)
        if (parsed.ok) {
          terminal.out(JSON.stringify(decide(set, parsed.question)))
          continue
        }
        faulty += 1
        for (const { pointer, detail } of parsed.faults) {
          terminal.err(
            isJson
              ? JSON.stringify({ source, line, pointer, detail })
              : `${source}:${line}: ${pointer || '/'}: ${detail[language]}`,
          )
        }
      }
    }
    return faulty === 0 ? EXIT.done : EXIT.failed
  },
})
