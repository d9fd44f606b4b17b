import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { formatDocs } from '../../policy/docs/pages.ts'
import { listProcessingActivities } from '../../policy/docs/register.ts'
import { type Command, EXIT, parseArguments, UsageError } from '../terminal/command.ts'
import { parseLanguage } from '../terminal/options.ts'
import { loadSet, POLICY_OPTIONS } from './open-set.ts'

/** The rules as pages for people, and as the record of processing activities that AVG art. 30 asks for. */
export const policyDocs: Command = {
  name: 'policy docs',
  usage: '[FOLDER] --to FOLDER [--json] [--lang nl|en]',
  summary:
    'write the rules as HTML pages, with the record of processing activities (art. 30); --json: print that record',
  async run(args, terminal) {
    const { values, positionals } = parseArguments(args, { ...POLICY_OPTIONS, to: { type: 'string' } })
    const language = parseLanguage(values.lang)
    const isJson = values.json === true
    if (values.to === undefined && !isJson) throw new UsageError('give --to FOLDER, or --json for the record only')
    const set = loadSet(terminal, positionals[0], { language, isJson })
    if (!set) return EXIT.invalidPolicy
    if (values.to !== undefined) {
      for (const [path, text] of formatDocs(set)) {
        const target = join(values.to, path)
        mkdirSync(dirname(target), { recursive: true })
        writeFileSync(target, text)
      }
    }
    if (isJson)
      terminal.out(
        JSON.stringify({ ok: true, policyHash: set.policyHash, activities: listProcessingActivities(set, language) }),
      )
    else terminal.out(join(values.to!, 'index.html'))
    return EXIT.done
  },
}
