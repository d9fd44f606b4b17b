import { findNearestWord } from '../../encoding/nearest-word.ts'
import { formatVerifierKey, parseVerifierKey, type SignatureType, type VerifierKey } from './signed-note.ts'

/**
 * Trusted logs and witnesses, and how many of the witnesses must have cosigned a checkpoint.
 *
 * @see C2SP tlog-policy
 */
export interface WitnessPolicy {
  readonly logs: readonly PolicyLog[]
  readonly witnesses: readonly PolicyWitness[]
  /** In the order of the file: members come before the groups they are in. */
  readonly groups: readonly PolicyGroup[]
  /** Name of the witness or group that must have cosigned, or {@link NO_QUORUM}. */
  readonly quorum: string
}

export interface PolicyLog {
  /** Type Ed25519; its name is the origin of the log. */
  readonly key: VerifierKey
  readonly url?: string
}

export interface PolicyWitness {
  /** Name for groups and the quorum; meaningless outside the file. */
  readonly name: string
  /** Type cosignature/v1. */
  readonly key: VerifierKey
  /** Prefix of its addresses, without trailing slash; absent when it is not to be called. */
  readonly url?: string
}

export interface PolicyGroup {
  readonly name: string
  /** Number of members that must have cosigned, from 1 up to and including all. */
  readonly threshold: number
  readonly members: readonly string[]
}

export type PolicyReading =
  | { readonly ok: true; readonly policy: WitnessPolicy }
  /** `file:line:column: what is wrong; how to fix it`; columns count UTF-16 code units from 1. */
  | { readonly ok: false; readonly faults: readonly string[] }

/** The predefined quorum that requires no cosignature. */
export const NO_QUORUM = 'none'
const KEYWORDS = ['log', 'witness', 'group', 'quorum']
// More than twenty times what the specification requires.
const MAX_LINES = 2048

interface Word {
  readonly text: string
  readonly column: number
}

/**
 * Parses a policy file and reports all its faults at once.
 *
 * @param file name of the file in a fault
 * @param options.needsQuorum false for a list of logs: without a quorum line no cosignature is required
 */
export function parseWitnessPolicy(
  text: string,
  file: string,
  { needsQuorum = true }: { needsQuorum?: boolean } = {},
): PolicyReading {
  const faults: string[] = []
  const logs: PolicyLog[] = []
  const witnesses: PolicyWitness[] = []
  const groups: PolicyGroup[] = []
  /** Names of witnesses and groups on the lines so far, also of faulty ones, so that one fault is not reported twice. */
  const names = new Set<string>()
  const members = new Set<string>()
  const keys = { log: new Set<string>(), witness: new Set<string>() }
  let quorum: string | undefined
  let line = 0

  const fault = (column: number, what: string): undefined => {
    faults.push(`${file}:${line}:${column}: ${what}`)
  }

  const readKey = (word: Word, owner: 'log' | 'witness', type: SignatureType): VerifierKey | undefined => {
    const key = attempt(() => parseVerifierKey(word.text, type))
    if (typeof key === 'string') return fault(word.column, key)
    // One public key under two names would count as two witnesses; one name and id for two keys cannot be told apart in a note.
    const marks = [`key ${key.publicKey.join()}`, `id ${key.name} ${key.keyId}`]
    if (marks.some((mark) => keys[owner].has(mark)))
      return fault(word.column, `this key is on an earlier line as well; keep one line for each ${owner}`)
    for (const mark of marks) keys[owner].add(mark)
    return key
  }

  const readUrl = (word: Word | undefined): { url?: string } | undefined => {
    if (word === undefined) return {}
    const url = parsePrefix(word.text)
    return url === undefined
      ? fault(word.column, 'is not an http or https address; write it without query, fragment and password')
      : { url }
  }

  const defineName = (word: Word): void => {
    if (word.text === NO_QUORUM) fault(word.column, `\`${NO_QUORUM}\` is a name of its own; choose another`)
    else if (names.has(word.text)) fault(word.column, 'this name is defined on an earlier line; choose another')
    else names.add(word.text)
  }

  const takesWords = (words: readonly Word[], least: number, most: number, form: string): boolean => {
    if (words.length >= least && words.length <= most) return true
    fault(words.length > most ? words[most]!.column : words[0]!.column, `does not fit; write \`${form}\``)
    return false
  }

  const readers: Record<string, (words: readonly Word[]) => void> = {
    log(words) {
      if (!takesWords(words, 2, 3, 'log VKEY [URL]')) return
      const key = readKey(words[1]!, 'log', 'ed25519')
      const url = readUrl(words[2])
      if (key && url) logs.push({ key, ...url })
    },
    witness(words) {
      if (words[1]) defineName(words[1])
      if (!takesWords(words, 3, 4, 'witness NAME VKEY [URL]')) return
      const key = readKey(words[2]!, 'witness', 'cosignature/v1')
      const url = readUrl(words[3])
      if (key && url) witnesses.push({ name: words[1]!.text, key, ...url })
    },
    group(words) {
      if (takesWords(words, 4, Number.POSITIVE_INFINITY, 'group NAME any|all|K MEMBER…')) {
        const listed = words.slice(3)
        const threshold = parseThreshold(words[2]!.text, listed.length)
        if (threshold === undefined)
          fault(words[2]!.column, `is not a threshold; write \`any\`, \`all\` or a number from 1 to ${listed.length}`)
        else groups.push({ name: words[1]!.text, threshold, members: listed.map((word) => word.text) })
        for (const { text, column } of listed) {
          if (!names.has(text)) fault(column, 'is not a witness or group of an earlier line; define it above this one')
          else if (members.has(text))
            fault(column, 'is a member already; a name is a member once, so that it counts once')
          else members.add(text)
        }
      }
      // Defined last: a group cannot be a member of itself.
      if (words[1]) defineName(words[1])
    },
    quorum(words) {
      if (!takesWords(words, 2, 2, 'quorum NAME')) quorum ??= NO_QUORUM
      else if (quorum !== undefined) fault(words[0]!.column, 'a quorum is on an earlier line; keep one')
      else if (words[1]!.text !== NO_QUORUM && !names.has(words[1]!.text)) {
        fault(words[1]!.column, 'is not a witness or group of an earlier line; define it above this one')
        quorum = NO_QUORUM
      } else quorum = words[1]!.text
    },
  }

  const lines = text.split('\n')
  if (lines.length > MAX_LINES)
    return { ok: false, faults: [`${file}:${MAX_LINES + 1}:1: is too long; keep to ${MAX_LINES} lines`] }
  for (const content of lines) {
    line++
    const control = /[\u0000-\u0008\u000b-\u001f\u007f]/.exec(content)
    if (control) {
      fault(control.index + 1, 'has a control character; only tab and newline are allowed, also at the end of a line')
      continue
    }
    const words = [...content.matchAll(/[^ \t]+/g)].map((match) => ({ text: match[0], column: match.index + 1 }))
    const [keyword] = words
    if (keyword === undefined || keyword.text.startsWith('#')) continue
    const read = Object.hasOwn(readers, keyword.text) ? readers[keyword.text] : undefined
    if (read) read(words)
    else fault(keyword.column, `is not a keyword; ${suggestKeyword(keyword.text)}`)
  }
  // The position where it would be added.
  line = Math.max(1, text.endsWith('\n') ? line - 1 : line)
  if (needsQuorum && quorum === undefined)
    fault(1, `has no quorum; end with \`quorum NAME\`, or \`quorum ${NO_QUORUM}\` to require no cosignature`)
  return faults.length > 0
    ? { ok: false, faults }
    : { ok: true, policy: { logs, witnesses, groups, quorum: quorum ?? NO_QUORUM } }
}

/** Whether the cosignatures by these keys satisfy the policy. Keys that are not witnesses of the policy do not count. */
export function isSatisfied(policy: WitnessPolicy, cosigners: readonly VerifierKey[]): boolean {
  const cosigned = new Set(cosigners.map(formatVerifierKey))
  const satisfied = new Set([NO_QUORUM])
  for (const { name, key } of policy.witnesses) if (cosigned.has(formatVerifierKey(key))) satisfied.add(name)
  for (const { name, threshold, members } of policy.groups) {
    if (members.filter((member) => satisfied.has(member)).length >= threshold) satisfied.add(name)
  }
  return satisfied.has(policy.quorum)
}

/** The value, or the reason why there is none. */
function attempt<Value extends object>(parse: () => Value): Value | string {
  try {
    return parse()
  } catch (error) {
    if (error instanceof SyntaxError) return error.message
    throw error
  }
}

function parseThreshold(word: string, count: number): number | undefined {
  if (word === 'any') return 1
  if (word === 'all') return count
  const threshold = /^[1-9][0-9]{0,8}$/.test(word) ? Number(word) : 0
  return threshold >= 1 && threshold <= count ? threshold : undefined
}

/** An address to append paths to, without its trailing slash; undefined when it is not an address. */
function parsePrefix(text: string): string | undefined {
  const url = URL.parse(text)
  const isPrefix =
    url !== null &&
    ['http:', 'https:'].includes(url.protocol) &&
    !/[?#]/.test(text) &&
    url.username === '' &&
    url.password === ''
  return isPrefix ? url.href.replace(/\/+$/, '') : undefined
}

function suggestKeyword(word: string): string {
  const nearest = findNearestWord(word, KEYWORDS)
  return nearest === undefined ? `begin the line with ${KEYWORDS.join(', ')} or #` : `did you mean \`${nearest}\`?`
}
