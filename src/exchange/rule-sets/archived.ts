import { formatCanonicalJson } from '../../encoding/canonical-json.ts'
import { SluisError } from '../../errors.ts'
import { formatFault } from '../../policy/files/fault.ts'
import { loadPolicySet, type PolicySet, type PolicyText } from '../../policy/files/load.ts'
import type { Store } from '../../ports/store.ts'

/** The texts of a set as the archive keeps them. */
export const formatArchive = (texts: readonly PolicyText[]): string =>
  formatCanonicalJson(Object.fromEntries(texts.map(({ path, text }) => [path, text])))

export const parseArchive = (content: string): readonly PolicyText[] =>
  Object.entries(JSON.parse(content) as Record<string, string>).map(([path, text]) => ({ path, text }))

/** The set of archived texts. @throws Error with every fault when this version cannot read them */
export function loadArchive(content: string): PolicySet {
  const loaded = loadPolicySet(parseArchive(content))
  if (loaded.ok) return loaded.set
  throw new Error(
    `rule set: the archived texts have faults: ${loaded.faults.map((fault) => formatFault(fault, 'en')).join(' | ')}`,
  )
}

/** Why an archived rule set cannot be used. */
export type NoSet =
  /** The archive has no texts under this hash. */
  | 'texts-missing'
  /** This version cannot read the texts, or the archive contains something else. */
  | 'texts-unreadable'

/** A rule set from an archive. Its `policyHash` follows from its texts and can differ from the hash they are filed under. */
export type LoadedSet = { readonly set: PolicySet } | { readonly noSet: NoSet }

/** Loads the set that is filed under a hash. */
export type LoadSet = (policyHash: string) => Promise<LoadedSet>

/**
 * Loads every set once, however many records name it.
 * @param find returns the archived texts (`policyArchive.content`) that are filed under a hash
 */
export function createSetLoader(find: (policyHash: string) => Promise<string | undefined>): LoadSet {
  const loaded = new Map<string, Promise<LoadedSet>>()
  return (policyHash) => {
    const known = loaded.get(policyHash)
    if (known) return known
    const loading = find(policyHash).then((content) =>
      content === undefined ? ({ noSet: 'texts-missing' } as const) : tryLoad(content),
    )
    loaded.set(policyHash, loading)
    return loading
  }
}

// Loading a set takes tenths of a second, and it never changes under its hash.
const loadedSets = new WeakMap<object, Map<string, Promise<LoadedSet>>>()

/** What a set from the archive is found with. */
export interface ArchiveReader {
  readonly policySet: PolicySet
  readonly store: Pick<Store, 'findPolicyArchive'>
  /** Loads the set of archived texts, in another thread where there is one. */
  readonly ruleSetWork?: { load(content: string): Promise<PolicySet> }
}

/** Loads sets from the archive of a gateway, each once in the life of its store. */
export function loaderOf({ policySet, store, ruleSetWork }: ArchiveReader): LoadSet {
  const known = loadedSets.get(store) ?? new Map<string, Promise<LoadedSet>>()
  loadedSets.set(store, known)
  const load = async (policyHash: string): Promise<LoadedSet> => {
    const archive = await store.findPolicyArchive(policyHash)
    if (!archive) {
      // Asked again next time: the set may be archived by then.
      known.delete(policyHash)
      // The set in force without an archive: nothing was activated yet, as on the command line.
      return policyHash === policySet.policyHash ? { set: policySet } : { noSet: 'texts-missing' }
    }
    if (archive.sourceHash === policySet.sourceHash) return { set: policySet }
    return ruleSetWork ? loadWith(ruleSetWork, archive.content) : tryLoad(archive.content)
  }
  return (policyHash) => {
    const found = known.get(policyHash)
    if (found) return found
    const loading = load(policyHash)
    known.set(policyHash, loading)
    loading.catch(() => known.delete(policyHash))
    return loading
  }
}

/**
 * The rule set of this hash, from the archive, so that an exchange is explained in the words of its own moment. Undefined when it
 * was never in force here or when this version cannot read its texts.
 */
export async function findArchivedSet(gateway: ArchiveReader, policyHash: string): Promise<PolicySet | undefined> {
  const loaded = await loaderOf(gateway)(policyHash)
  return 'set' in loaded ? loaded.set : undefined
}

async function loadWith({ load }: NonNullable<ArchiveReader['ruleSetWork']>, content: string): Promise<LoadedSet> {
  try {
    return { set: await load(content) }
  } catch (error) {
    // A bound that was reached says nothing about the texts.
    if (error instanceof SluisError) throw error
    return { noSet: 'texts-unreadable' }
  }
}

function tryLoad(content: string): LoadedSet {
  try {
    return { set: loadArchive(content) }
  } catch {
    return { noSet: 'texts-unreadable' }
  }
}
