import type { PolicyFault } from './fault.ts'
import {
  addDuplicate,
  isId,
  readFilledList,
  readMember,
  readMembers,
  readText,
  readWords,
  type WordKind,
} from './reader.ts'
import type { YamlNode } from './yaml.ts'

/** Something that a lawyer must still decide about a rule file (`vragen`). It decides nothing itself. */
export interface OpenQuestion {
  /** Present when a condition of an article refers to it (`voorwaarden` in `bronnen.yaml`). */
  readonly id?: string
  readonly question: string
  /** Rules and fields of the file that the answer may change; empty when it is about the whole file. */
  readonly dependents: readonly string[]
  /** What the file does until somebody answers: the careful side. */
  readonly meanwhile: string
  readonly line: number
}

export interface AskedQuestion extends OpenQuestion {
  readonly path: string
}

/** The open questions of all files of a set, with the path of the file that asks. */
export function listOpenQuestions(set: {
  readonly files: readonly { readonly path: string; readonly questions: readonly OpenQuestion[] }[]
}): readonly AskedQuestion[] {
  return set.files.flatMap(({ path, questions }) => questions.map((question) => ({ path, ...question })))
}

/** Reads `vragen: [{id, vraag, hangt_af, intussen}]`. */
export function readOpenQuestions(
  node: YamlNode,
  words: { readonly ruleIds: readonly string[]; readonly fields: ReadonlySet<string> },
  faults: PolicyFault[],
): readonly OpenQuestion[] {
  const dependentKind: WordKind = {
    known: new Set([...words.ruleIds, ...words.fields]),
    name: { nl: 'regel of veld', en: 'rule or field' },
    where: {
      nl: 'de regels van dit bestand en de velden van woordenlijst.yaml',
      en: 'the rules of this file and the fields of woordenlijst.yaml',
    },
  }
  const ids = new Set<string>()
  return (readFilledList(node, faults) ?? []).flatMap((item) => {
    const members = readMembers(item, { required: ['vraag', 'intussen'], optional: ['id', 'hangt_af'] }, faults)
    if (members === undefined) return []
    const id = readMember(members, 'id', readText, faults)
    if (id !== undefined && isId(id, members.positionOf('id'), faults)) {
      if (ids.has(id)) addDuplicate(members.positionOf('id'), id, faults)
      ids.add(id)
    }
    const question = readMember(members, 'vraag', readText, faults)
    const meanwhile = readMember(members, 'intussen', readText, faults)
    const dependents = readMember(members, 'hangt_af', (list) => readWords(list, dependentKind, faults), faults)
    if (question === undefined || meanwhile === undefined) return []
    return {
      ...(id !== undefined && { id }),
      question,
      dependents: dependents ?? [],
      meanwhile,
      line: item.position.line,
    }
  })
}
