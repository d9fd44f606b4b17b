import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { formatDocs } from '../../policy/docs/pages.ts'
import { listProcessingActivities } from '../../policy/docs/register.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { writeWholeFile } from '../terminal/draft-file.ts'
import { UsageError } from '../terminal/failure.ts'
import { parseLanguage } from '../terminal/options.ts'
import { FOLDER_OPERAND, folderOf, loadSet, POLICY_OPTIONS } from './open-set.ts'

/** The rules as pages for people, and as the record of processing activities that AVG art. 30 requires. */
export const policyDocs = defineCommand({
  name: 'policy docs',
  summary: {
    nl: 'de regels als HTML-bladzijden schrijven, met het register van verwerkingen (AVG art. 30)',
    en: 'write the rules as HTML pages, with the record of processing activities (AVG art. 30)',
  },
  usage: '[FOLDER]',
  operands: FOLDER_OPERAND,
  options: {
    to: {
      type: 'string',
      value: 'FOLDER',
      what: {
        nl: 'waar de bladzijden heen gaan; mag weg bij --json',
        en: 'where to write the pages; may be left out with --json',
      },
    },
    ...POLICY_OPTIONS,
    json: {
      type: 'boolean',
      what: {
        nl: 'het register van verwerkingen tonen als JSON',
        en: 'print the record of processing activities as JSON',
      },
    },
  },
  exits: {
    invalidPolicy: {
      nl: 'een regelbestand heeft een fout; elke fout staat in de lijst',
      en: 'a rule file has a fault; every fault is listed',
    },
  },
  examples: ['policy docs --to var/rules', 'policy docs --json --lang en'],
  async run({ values, ...given }, terminal) {
    const folder = folderOf(given)
    const language = parseLanguage(values.lang)
    const isJson = values.json === true
    if (values.to === undefined && !isJson)
      throw new UsageError({
        nl: 'geef --to FOLDER, of --json om alleen het register van verwerkingen te tonen',
        en: 'give --to FOLDER, or --json to print only the record of processing activities',
      })
    const set = loadSet(terminal, folder, { language, isJson })
    if (!set) return EXIT.invalidPolicy
    if (values.to !== undefined) {
      for (const [path, text] of formatDocs(set)) {
        const target = join(values.to, path)
        mkdirSync(dirname(target), { recursive: true })
        writeWholeFile(target, text, 0o644)
      }
    }
    if (isJson)
      terminal.out(
        JSON.stringify({ ok: true, policyHash: set.policyHash, activities: listProcessingActivities(set, language) }),
      )
    else terminal.out(join(values.to!, 'index.html'))
    return EXIT.done
  },
})
