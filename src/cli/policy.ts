import { readPolicyFolder } from '../config/policy-folder.ts'
import { runCases } from '../policy/cases.ts'
import { formatFault } from '../policy/fault.ts'
import { loadPolicySet } from '../policy/load.ts'
import type { PolicySet } from '../policy/policy-set.ts'
import type { Language } from '../types.ts'
import { type Command, EXIT, parseArguments, type Terminal, UsageError } from './command.ts'
import { readSettings } from './open-client.ts'

/** For privacy officers: is the rule set whole, and does it decide as its cases say? */

const OPTIONS = { json: { type: 'boolean' }, lang: { type: 'string', default: 'nl' } } as const

export const policyCheck: Command = {
  name: 'policy check',
  usage: '[FOLDER] [--json] [--lang nl|en]',
  summary: 'report every fault in the rule files, with its place and its mend',
  async run(args, terminal) {
    const { set, isJson } = load(args, terminal)
    if (!set) return EXIT.invalidPolicy
    terminal.out(
      isJson
        ? JSON.stringify({ ok: true, policyHash: set.policyHash, faults: [] })
        : `ok: ${set.files.length} files, ${set.rules.length + set.prohibitions.length} rules, set ${set.policyHash.slice(0, 12)}`,
    )
    return EXIT.done
  },
}

export const policyTest: Command = {
  name: 'policy test',
  usage: '[FOLDER] [--json] [--lang nl|en]',
  summary: 'run the cases in the rule files',
  async run(args, terminal) {
    const { set, isJson } = load(args, terminal)
    if (!set) return EXIT.invalidPolicy
    const results = runCases(set)
    const failed = results.filter(({ passed }) => !passed)
    if (isJson) terminal.out(JSON.stringify({ ok: failed.length === 0, cases: results }))
    else {
      for (const { file, line, name, differences } of failed) {
        const path = set.files.find(({ id }) => id === file)?.path ?? file
        terminal.out(`${path}:${line}: ${name}: ${differences.join('; ')}`)
      }
      terminal.out(`${results.length - failed.length} passed, ${failed.length} failed`)
    }
    return failed.length === 0 ? EXIT.done : EXIT.failed
  },
}

function load(args: readonly string[], terminal: Terminal): { set: PolicySet | undefined; isJson: boolean } {
  const { values, positionals } = parseArguments(args, OPTIONS)
  if (values.lang !== 'nl' && values.lang !== 'en') throw new UsageError('--lang is nl or en')
  const language: Language = values.lang
  const loaded = loadPolicySet(readPolicyFolder(positionals[0] ?? readSettings(terminal).policyFolder))
  const isJson = values.json === true
  if (loaded.ok) return { set: loaded.set, isJson }
  if (isJson) terminal.out(JSON.stringify({ ok: false, faults: loaded.faults }))
  else for (const fault of loaded.faults) terminal.out(formatFault(fault, language))
  return { set: undefined, isJson }
}
