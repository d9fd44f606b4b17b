import { formatArchive, loadArchive } from '../exchange/rule-sets/activate.ts'
import type { PolicySet } from '../policy/policy-set.ts'

/** Why there is no set to decide with again. */
export type SetGap =
  /** Nobody has the texts. */
  | 'texts-missing'
  /** This version cannot read the texts, or the archive holds something else than texts. */
  | 'texts-unreadable'

/**
 * A rule set as an archive gives it. It is what its texts say, whatever hash it is filed under: compare `policyHash` yourself.
 */
export type LoadedSet =
  | { readonly set: PolicySet }
  | { readonly gap: SetGap /** What is wrong with the texts, in English. */; readonly fault?: string }

/** Gives the set that is filed under a hash. */
export type LoadSet = (policyHash: string) => Promise<LoadedSet>

/**
 * Loads every set once, whatever the number of records that name it.
 * @param find gives the archived texts (`policyArchive.content`) that are filed under a hash
 */
export function createSetLoader(find: (policyHash: string) => Promise<string | undefined>): LoadSet {
  const loaded = new Map<string, Promise<LoadedSet>>()
  return (policyHash) => {
    const known = loaded.get(policyHash)
    if (known) return known
    const loading = find(policyHash).then(load)
    loaded.set(policyHash, loading)
    return loading
  }
}

function load(content: string | undefined): LoadedSet {
  if (content === undefined) return { gap: 'texts-missing' }
  try {
    return { set: loadArchive(content) }
  } catch {
    return { gap: 'texts-unreadable' }
  }
}

/** What a policy archive file holds: the archived texts by the hash they are filed under. */
export type PolicyArchives = ReadonlyMap<string, string>

/**
 * The policy archive file: a JSON object of `policyHash` to path to text, one set a line.
 * @param archives `policyArchive.content` by `policyHash`
 */
export const formatPolicyArchives = (archives: PolicyArchives): string =>
  `{${[...archives].map(([policyHash, content]) => `\n${JSON.stringify(policyHash)}: ${content}`).join(',')}\n}\n`

/**
 * Reads a policy archive file.
 * @throws SyntaxError with the place when it is none
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
