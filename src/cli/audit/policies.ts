import { parseRecord } from '../../audit/record/parse.ts'
import { formatArchive } from '../../exchange/rule-sets/archived.ts'
import type { Language } from '../../model/language.ts'
import { formatPolicyArchives } from '../../review/policy-archives.ts'
import { putsInForce } from '../../review/sets-in-force.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { writeWholeFile } from '../terminal/draft-file.ts'
import { UsageError } from '../terminal/failure.ts'
import { JSON_OPTION, LANGUAGE_OPTION, parseLanguage } from '../terminal/options.ts'
import { SOURCE_OPTIONS } from './log-source.ts'
import { openLogSource } from './open-log-source.ts'

/** Extracts every rule set that was ever in force, so that decisions can be re-derived without the gateway. */
export const auditPolicies = defineCommand({
  name: 'audit policies',
  summary: {
    nl: 'alle regels die ooit golden naar één bestand schrijven, voor `sluis audit rederive`',
    en: 'write every rule set that was ever in force into one file, for `sluis audit rederive`',
  },
  usage: '(--as PARTY | --database FILE --log-key KEY|FILE…) --to FILE',
  options: {
    ...SOURCE_OPTIONS,
    to: { type: 'string', value: 'FILE', what: { nl: 'het bestand om te schrijven', en: 'the file to write' } },
    ...LANGUAGE_OPTION,
    ...JSON_OPTION,
  },
  exits: {
    verificationFailed: {
      nl: 'het logboek klopt niet, of er ontbreken regels; wat er is, is geschreven',
      en: 'the log does not verify, or a rule set is missing; those that are there were written',
    },
  },
  examples: ['audit policies --as toezichthouder --to var/rule-sets.json'],
  async run({ values, settings }, terminal) {
    const words = WORDS[parseLanguage(values.lang)]
    if (!values.to)
      throw new UsageError({
        nl: 'geef het bestand om te schrijven met --to FILE',
        en: 'give the file to write with --to FILE',
      })
    if (values.export !== undefined)
      throw new UsageError({
        nl: 'in een export staan geen regels; geef --as PARTY of --database FILE',
        en: 'an export holds no rule sets; give --as PARTY or --database FILE',
      })
    const source = await openLogSource({ values, settings }, terminal, 'policies', { filter: { recordType: 'policy' } })
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
      writeWholeFile(values.to, formatPolicyArchives(archives))
      const missing = [...hashes].filter((policyHash) => !archives.has(policyHash))
      if (values.json) terminal.out(JSON.stringify({ policies: [...archives.keys()], missing, to: values.to }))
      else {
        for (const policyHash of missing) terminal.out(words.missing(policyHash))
        terminal.out(`${values.to}: ${words.sets(archives.size)}`)
      }
      return missing.length === 0 ? EXIT.done : EXIT.verificationFailed
    } finally {
      source.close()
    }
  },
})

const WORDS = {
  nl: {
    missing: (policyHash: string) => `regels ${policyHash}: golden, maar de teksten ontbreken; vraag de beheerder erom`,
    sets: (count: number) => `${count} ${count === 1 ? 'versie' : 'versies'} van de regels`,
  },
  en: {
    missing: (policyHash: string) =>
      `rule set ${policyHash}: was in force, but its texts are missing; ask the operator for them`,
    sets: (count: number) => `${count} rule sets`,
  },
} as const satisfies Record<Language, object>
