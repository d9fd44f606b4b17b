import { compareText } from '../../encoding/text-order.ts'
import { MAX_FILES } from '../../model/rule-file-bounds.ts'
import { indexOf } from '../engine/compile.ts'
import { assemblePolicySet, type PolicySet, type PolicyText } from '../policy-set.ts'
import { addFault, type PolicyFault, quote, sortFaults } from './fault.ts'
import { checkConditionQuestions, conditionWords } from './laws/conditions.ts'
import { readParties } from './parties.ts'
import { readRuleFile } from './rule-file.ts'
import { ruleContext } from './rule-words.ts'
import { shareDuties } from './shared-duties.ts'
import { type Law, readLaws } from './sources.ts'
import { checkAskedWords } from './statement-words.ts'
import { addOddIndent, findOddIndent } from './syntax/odd-indent.ts'
import { checkDomains, readVocabulary } from './vocabulary.ts'
import { parseYaml, type YamlNode } from './yaml.ts'

export type { PolicyFile, PolicySet, PolicyText } from '../policy-set.ts'

export type PolicyLoad =
  | { readonly ok: true; readonly set: PolicySet }
  | { readonly ok: false; readonly faults: readonly PolicyFault[] }

interface ParsedFile extends PolicyText {
  /** Name without folder and `.yaml`. */
  readonly id: string
  readonly node: YamlNode
}

const VOCABULARY = 'woordenlijst'
const PARTIES = 'partijen'
const LAWS = 'bronnen'
/** Files whose content is used by all others. */
const SHARED: ReadonlySet<string> = new Set([VOCABULARY, PARTIES, LAWS])

/**
 * Makes a rule set from its files: the vocabulary, the parties, the laws that rule files cite (which may be absent), and one
 * file per legal basis, group of prohibitions or group of safeguards. Folders do not matter.
 * One fault refuses the whole set, and the result lists the faults of all files, sorted by position. Without a readable
 * vocabulary the words of the rule files are not checked. Where a file has faults and a line that is indented wrongly, only that line
 * is reported: the faults may follow from it. Never throws.
 *
 * @param files texts with their paths, in any order; the name of a file is its id
 */
export function loadPolicySet(files: readonly PolicyText[]): PolicyLoad {
  if (files.length > MAX_FILES) return { ok: false, faults: [tooManyFiles(files[MAX_FILES]!.path)] }
  const syntaxFaults: PolicyFault[] = []
  const parsed = parseFiles(files, syntaxFaults)
  const faults = [...syntaxFaults]
  const set = readPolicySet(files, parsed, faults)
  if (set === undefined || faults.length > 0)
    return { ok: false, faults: sortFaults(explainByIndent(files, parsed, { syntaxFaults, faults })) }
  // Built here, so that the first decision does not wait for it.
  indexOf(set)
  return { ok: true, set }
}

const tooManyFiles = (file: string): PolicyFault => ({
  file,
  line: 1,
  column: 1,
  message: { nl: `er zijn meer dan ${MAX_FILES} bestanden`, en: `there are more than ${MAX_FILES} files` },
  mend: { nl: 'voeg bestanden samen', en: 'combine files' },
})

/**
 * The faults with those of a wrongly indented file replaced by the line that is indented wrongly. YAML may read such a line as part
 * of another key, so the faults it causes are elsewhere: in the words that every file uses, even in other files.
 */
function explainByIndent(
  files: readonly PolicyText[],
  parsed: readonly ParsedFile[],
  { syntaxFaults, faults }: Readonly<Record<'syntaxFaults' | 'faults', readonly PolicyFault[]>>,
): readonly PolicyFault[] {
  const faulty = new Set(faults.map(({ file }) => file))
  const explained = [...syntaxFaults]
  const others = parsed.filter(({ path, id, text }) => {
    const oddLine = faulty.has(path) || SHARED.has(id) ? findOddIndent(text) : undefined
    if (oddLine !== undefined) addOddIndent(path, oddLine, explained)
    return oddLine === undefined
  })
  if (others.length === parsed.length) return faults
  readPolicySet(files, others, explained)
  return explained
}

function readPolicySet(
  files: readonly PolicyText[],
  parsed: readonly ParsedFile[],
  faults: PolicyFault[],
): PolicySet | undefined {
  // Without a vocabulary every word of every rule would be a fault.
  const vocabularyFile = findFile(parsed, files, VOCABULARY, faults)
  const partiesFile = findFile(parsed, files, PARTIES, faults)
  const vocabulary = vocabularyFile && readVocabulary(vocabularyFile.node, faults)
  const parties = partiesFile && vocabulary && readParties(partiesFile.node, vocabulary, faults)
  if (!vocabularyFile || !vocabulary || !parties) return undefined
  checkDomains(vocabulary, parties, vocabularyFile.node, faults)

  const lawsFile = parsed.find(({ id }) => id === LAWS)
  // Every citation of an unreadable file would be a fault.
  if (lawsFile === undefined && files.some(({ path }) => isNamed(path, LAWS))) return undefined
  const laws =
    lawsFile === undefined
      ? new Map<string, Law>()
      : readLaws(lawsFile.node, new Set(conditionWords(vocabulary, parties).keys()), faults)
  const ruleFiles = parsed.filter(({ id }) => id !== VOCABULARY && id !== PARTIES && id !== LAWS)
  // An unreadable file has its own fault; that other files name it is none.
  const readable = new Set(parsed.map(({ id }) => id))
  const unreadableIds = files.map(idOfFile).filter((id) => !readable.has(id))
  const basisIds = [...ruleFiles.filter(({ node }) => isBasisFile(node)).map(({ id }) => id), ...unreadableIds]
  const context = ruleContext(vocabulary, parties, laws, basisIds, faults)
  const contents = ruleFiles.flatMap((file) => readRuleFile(file.node, file, context) ?? [])
  const asked = contents.flatMap(({ file }) =>
    file.questions.flatMap(({ id }) => (id === undefined ? [] : `${file.id}/${id}`)),
  )
  const conditions = [...laws.values()].flatMap((law) => [...law.conditions.values()].flat())
  checkConditionQuestions(conditions, asked, faults)
  const shared = contents.flatMap(({ sharedDuties }) => sharedDuties)
  const ownRules = contents.flatMap(({ rules }) => rules)
  const rules = shareDuties(ownRules, shared, faults)
  const prohibitions = contents.flatMap((content) => content.prohibitions)
  const safeguards = contents.flatMap((content) => content.safeguards)
  checkAskedWords(vocabulary, vocabularyFile.node, rules, [...prohibitions, ...safeguards], faults)
  // Canonical JSON refuses lone surrogates, which only a faulty file contains.
  if (faults.length > 0) return undefined
  return assemblePolicySet({
    vocabulary,
    parties,
    laws,
    rules,
    prohibitions,
    safeguards,
    sharedDuties: shared.map(({ shared: one }) => one),
    files: contents.map(({ file }) => file),
    texts: files.map(({ path, text }) => ({ path, text })),
  })
}

function parseFiles(files: readonly PolicyText[], faults: PolicyFault[]): readonly ParsedFile[] {
  const paths = new Map<string, string>()
  return files
    .toSorted((a, b) => compareText(a.path, b.path))
    .flatMap(({ path, text }) => {
      const name = path.slice(path.lastIndexOf('/') + 1)
      const start = { file: path, line: 1, column: 1 }
      if (!/^[a-z0-9]+(-[a-z0-9]+)*\.yaml$/.test(name)) {
        addFault(
          faults,
          start,
          { nl: `${quote(name)} kan geen regelbestand zijn`, en: `${quote(name)} cannot be a rule file` },
          {
            nl: 'gebruik kleine letters, cijfers en koppeltekens, met `.yaml` erachter',
            en: 'use lower-case letters, digits and hyphens, followed by `.yaml`',
          },
        )
        return []
      }
      const earlier = paths.get(name)
      if (earlier !== undefined) {
        addFault(
          faults,
          start,
          { nl: `er is al een bestand ${quote(name)}`, en: `there is already a file ${quote(name)}` },
          { nl: `hernoem dit of ${quote(earlier)}`, en: `rename this one or ${quote(earlier)}` },
        )
        return []
      }
      paths.set(name, path)
      const node = parseYaml(path, text, faults)
      return node === undefined ? [] : [{ path, text, node, id: name.slice(0, -'.yaml'.length) }]
    })
}

/** Finds the file with a fixed name. Its absence is a fault; a file that cannot be parsed has been reported already. */
function findFile(
  parsed: readonly ParsedFile[],
  files: readonly PolicyText[],
  id: string,
  faults: PolicyFault[],
): ParsedFile | undefined {
  if (!files.some(({ path }) => isNamed(path, id))) {
    addFault(
      faults,
      { file: `${id}.yaml`, line: 1, column: 1 },
      { nl: 'dit bestand ontbreekt', en: 'this file is missing' },
      { nl: 'zet het bij de regelbestanden', en: 'put it with the rule files' },
    )
  }
  return parsed.find((file) => file.id === id)
}

const idOfFile = ({ path }: PolicyText): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.yaml$/, '')

const isNamed = (path: string, id: string): boolean => path === `${id}.yaml` || path.endsWith(`/${id}.yaml`)

function isBasisFile(node: YamlNode): boolean {
  const kind = node.kind === 'map' ? node.entries.get('soort')?.value : undefined
  return kind?.kind === 'scalar' && kind.value === 'grondslag'
}
