import { writeFileSync } from 'node:fs'
import { parseRecord } from '../../audit/record/parse.ts'
import { formatArchive } from '../../exchange/rule-sets/activate.ts'
import { formatPolicyArchives } from '../../review/rule-sets.ts'
import { putsInForce } from '../../review/sets-in-force.ts'
import { type Command, EXIT, parseArguments, UsageError } from '../terminal/command.ts'
import { SOURCE_OPTIONS } from './log-source.ts'
import { openLogSource } from './open-log-source.ts'

/** Takes every rule set that was ever in force out of a gateway, so that decisions can be derived again without it. */
export const auditPolicies: Command = {
  name: 'audit policies',
  usage: '(--as PARTY | --database FILE --log-key KEY|FILE) --to FILE [--json]',
  summary:
    'write every rule set that was ever in force into one file, for `audit rederive`; exit 4 when one is missing',
  async run(args, terminal) {
    const { values } = parseArguments(args, { ...SOURCE_OPTIONS, to: { type: 'string' }, json: { type: 'boolean' } })
    if (!values.to) throw new UsageError('say where to write with --to FILE')
    if (values.export !== undefined)
      throw new UsageError('an export holds no rule sets; give --as PARTY or --database FILE')
    const source = await openLogSource(terminal, values, 'policies', { filter: { recordType: 'policy' } })
    try {
      const hashes = new Set<string>()
      for await (const { record } of source.records()) {
        const policy = parseRecord(record)
        if (policy.type === 'policy' && putsInForce(policy)) hashes.add(policy.policyHash)
      }
      const archives = new Map<string, string>()
      for (const policyHash of hashes) {
        const texts = await source.findPolicyTexts(policyHash)
        if (!texts) continue
        archives.set(policyHash, formatArchive(Object.entries(texts).map(([path, text]) => ({ path, text }))))
      }
      await source.noteUse(archives.size)
      writeFileSync(values.to, formatPolicyArchives(archives), { mode: 0o600 })
      const missing = [...hashes].filter((policyHash) => !archives.has(policyHash))
      if (values.json) terminal.out(JSON.stringify({ policies: [...archives.keys()], missing, to: values.to }))
      else {
        for (const policyHash of missing)
          terminal.out(`rule set ${policyHash}: was in force, but its texts are not there`)
        terminal.out(`${values.to}: ${archives.size} rule sets`)
      }
      return missing.length === 0 ? EXIT.done : EXIT.verificationFailed
    } finally {
      source.close()
    }
  },
}
