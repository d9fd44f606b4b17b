import type { PolicySet } from '../../policy/policy-set.ts'
import type { Gateway } from '../gateway.ts'
import { loadArchive } from './activate.ts'

// Reading an archive costs tenths of a second, and who looks back mostly looks at one set.
const lastRead = new WeakMap<Gateway['store'], { readonly sourceHash: string; readonly set: PolicySet | undefined }>()

/**
 * The rule set of this hash, from the archive, so that an exchange is explained with the words of its own moment. Undefined
 * when it was never in force here or when this version cannot read its texts.
 */
export async function findRulesOfThen(
  { store, policySet }: Gateway,
  policyHash: string,
): Promise<PolicySet | undefined> {
  const archive = await store.findPolicyArchive(policyHash)
  if (!archive) return undefined
  if (archive.sourceHash === policySet.sourceHash) return policySet
  const last = lastRead.get(store)
  if (last?.sourceHash === archive.sourceHash) return last.set
  const set = readArchive(archive.content)
  lastRead.set(store, { sourceHash: archive.sourceHash, set })
  return set
}

function readArchive(content: string): PolicySet | undefined {
  try {
    return loadArchive(content)
  } catch {
    return undefined
  }
}
