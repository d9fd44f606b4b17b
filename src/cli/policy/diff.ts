import { diffPolicySets } from '../../policy/analysis/diff.ts'
import { describeRelations, diffRelations } from '../../policy/analysis/relation-diff.ts'
import { formatChangesPage } from '../../policy/docs/changes-page.ts'
import { describeChanges } from '../../policy/docs/changes-text.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { writeWholeFile } from '../terminal/draft-file.ts'
import { UsageError } from '../terminal/failure.ts'
import { parseLanguage } from '../terminal/options.ts'
import { progressBar } from '../terminal/progress.ts'
import { loadSet, POLICY_OPTIONS } from './open-set.ts'

/** The effect of a change in the rule files, before it is in force. */
export const policyDiff = defineCommand({
  name: 'policy diff',
  summary: {
    nl: 'voor elke veranderde regel zeggen wat er verandert tussen twee mappen met regelbestanden',
    en: 'say for each changed rule what changes between two folders of rule files',
  },
  usage: 'OLD NEW',
  operands: {
    OLD: { nl: 'map met de oude regelbestanden', en: 'folder of the old rule files' },
    NEW: { nl: 'map met de nieuwe', en: 'folder of the new ones' },
  },
  options: {
    html: {
      type: 'string',
      value: 'FILE',
      what: {
        nl: 'ook een bladzijde met elke verandering en elke voorwaarde naar dit bestand schrijven',
        en: 'also write a page with every change and every condition to this file',
      },
    },
    ...POLICY_OPTIONS,
  },
  exits: {
    invalidPolicy: {
      nl: 'een regelbestand heeft een fout; elke fout staat in de lijst',
      en: 'a rule file has a fault; every fault is listed',
    },
  },
  examples: ['policy diff policies draft --lang en', 'policy diff policies draft --html changes.html'],
  async run({ values, positionals }, terminal) {
    const language = parseLanguage(values.lang)
    const isJson = values.json === true
    const [oldFolder, newFolder] = positionals
    if (oldFolder === undefined || newFolder === undefined || positionals.length > 2)
      throw new UsageError({
        nl: 'geef twee mappen: de oude en de nieuwe regels',
        en: 'give two folders: the old set and the new one',
      })
    const old = loadSet(terminal, oldFolder, { language, isJson })
    const next = old && loadSet(terminal, newFolder, { language, isJson })
    if (!old || !next) return EXIT.invalidPolicy
    const changes = diffPolicySets(old, next, progressBar(terminal, 'diff'))
    const relations = diffRelations(old, next)
    const inWords = describeRelations(relations, { old, next }, language)
    if (values.html !== undefined)
      writeWholeFile(values.html, formatChangesPage(changes, inWords, { old, next }, language), 0o644)
    if (isJson) {
      const sources = { oldSource: old.sourceHash, newSource: next.sourceHash }
      terminal.out(JSON.stringify({ old: old.policyHash, new: next.policyHash, ...sources, changes, relations }))
    } else {
      for (const line of describeChanges(changes, { old, next }, language)) terminal.out(line)
      for (const line of inWords) terminal.out(line)
    }
    return EXIT.done
  },
})
