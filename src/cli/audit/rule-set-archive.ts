import { readFileSync } from 'node:fs'
import { createSetLoader, formatArchive, type LoadSet } from '../../exchange/rule-sets/archived.ts'
import { type PolicyArchives, parsePolicyArchives } from '../../review/policy-archives.ts'
import { VerificationError } from '../terminal/failure.ts'
import type { LogSource } from './log-source.ts'

/** @throws VerificationError that names the file when it is not a policy archive */
export function readPolicyArchiveFile(path: string): PolicyArchives {
  try {
    return parsePolicyArchives(readFileSync(path, 'utf8'))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const reason = error.message.startsWith('policy archive: ')
      ? error.message.slice('policy archive: '.length)
      : 'is not JSON'
    throw new VerificationError({
      nl: `${path}: ${reason}; geef een bestand dat \`sluis audit policies\` schreef`,
      en: `${path}: ${reason}; give a file that \`sluis audit policies\` wrote`,
    })
  }
}

/** Loads rule sets by hash: from the file if given, else from the source of the log. */
export function createLoader(source: Pick<LogSource, 'findPolicyTexts'>, path: string | undefined): LoadSet {
  const archives = path === undefined ? undefined : readPolicyArchiveFile(path)
  return createSetLoader(async (policyHash) => {
    const content = archives?.get(policyHash)
    if (content !== undefined) return content
    const texts = await source.findPolicyTexts(policyHash)
    return texts && formatArchive(Object.entries(texts).map(([name, text]) => ({ path: name, text })))
  })
}

/** Rejects a log that starts halfway or is filtered: it does not show which rules were in force. @throws VerificationError */
export function rejectPart({ head }: LogSource): void {
  if (head.start === 0 && head.filter === undefined) return
  throw new VerificationError({
    nl: 'het logboek begint halverwege of is gefilterd; exporteer het vanaf het eerste record, zonder filter',
    en: 'the log starts halfway or is filtered; export it from its first record, without a filter',
  })
}
