import { formatArchive } from '../exchange/rule-sets/archived.ts'

/** The content of a policy archive file: archived texts by the hash they are filed under. */
export type PolicyArchives = ReadonlyMap<string, string>

/**
 * The policy archive file: a JSON object of `policyHash` to path to text, one set a line.
 * @param archives `policyArchive.content` by `policyHash`
 */
export const formatPolicyArchives = (archives: PolicyArchives): string =>
  `{${[...archives].map(([policyHash, content]) => `\n${JSON.stringify(policyHash)}: ${content}`).join(',')}\n}\n`

/**
 * Reads a policy archive file.
 * @throws SyntaxError that says what is wrong when it is no policy archive
 */
export function parsePolicyArchives(text: string): PolicyArchives {
  const sets: unknown = JSON.parse(text)
  if (!isObject(sets)) throw new SyntaxError('policy archive: is not an object of policyHash to texts')
  return new Map(
    Object.entries(sets).map(([policyHash, texts]) => {
      if (!/^[0-9a-f]{64}$/.test(policyHash)) {
        throw new SyntaxError('policy archive: a set is not filed under a policyHash, 64 hexadecimal digits')
      }
      if (!isObject(texts) || !Object.values(texts).every((one) => typeof one === 'string')) {
        throw new SyntaxError(`policy archive: set ${policyHash} is not an object of path to text`)
      }
      return [policyHash, formatArchive(Object.entries(texts).map(([path, one]) => ({ path, text: one as string })))]
    }),
  )
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
