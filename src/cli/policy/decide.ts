import { decide } from '../../policy/decide.ts'
import { parseQuestion } from '../../policy/request.ts'
import { type Command, EXIT, parseArguments } from '../terminal/command.ts'
import { parseLanguage } from '../terminal/options.ts'
import { loadSet, POLICY_OPTIONS } from './open-set.ts'
import { parseJson, readLines } from './question-lines.ts'

/** Decision inputs as JSON, one a line, in; one decision a line out. Nothing is sent, stored or recorded. */
export const policyDecide: Command = {
  name: 'policy decide',
  usage: '[FILE …|-] [--policies FOLDER] [--json] [--lang nl|en]',
  summary: 'decide inputs, one JSON object a line; one decision a line comes out',
  async run(args, terminal) {
    const { values, positionals } = parseArguments(args, { ...POLICY_OPTIONS, policies: { type: 'string' } })
    const language = parseLanguage(values.lang)
    const isJson = values.json === true
    const set = loadSet(terminal, values.policies, { language, isJson })
    if (!set) return EXIT.invalidPolicy
    const now = new Date().toISOString()
    let bad = 0
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
        bad += 1
        for (const { pointer, detail } of parsed.faults) {
          terminal.err(
            isJson
              ? JSON.stringify({ source, line, pointer, detail })
              : `${source}:${line}: ${pointer || '/'}: ${detail[language]}`,
          )
        }
      }
    }
    return bad === 0 ? EXIT.done : EXIT.failed
  },
}
