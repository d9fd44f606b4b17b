import { quote } from '../files/fault.ts'
import { fieldsOf, type Permit } from './clauses.ts'
import { type Finding, listReferences } from './finding.ts'
import {
  holds,
  join,
  type Knowledge,
  type KnowledgeWords,
  NOTHING,
  silencesOf,
  suffices,
  withSilences,
} from './knowledge.ts'
import { isCovered, overlap } from './space.ts'

/**
 * Pairs of rules of one legal basis of which one needs a yes and the other a no to the same question, while no rule gives what both
 * give when the answer is unknown. Whatever the answer is, it is allowed; somebody who does not know it is refused.
 *
 * @param close adds what follows; undefined when that contradicts itself
 */
export function unknownFindings(
  permits: readonly Permit[],
  words: KnowledgeWords,
  close: (stated: Knowledge) => Knowledge | undefined,
): readonly Finding[] {
  const found = [...Map.groupBy(permits, ({ rule }) => rule.file).values()].flatMap((siblings) => {
    const asking = siblings.filter(({ rule }) => rule.whenNot.length > 0)
    return asking.flatMap((no) =>
      siblings.flatMap((yes) => no.rule.whenNot.flatMap((word) => openFields(yes, no, word, siblings, words, close))),
    )
  })
  // A rule that asks more of one sender is several permits.
  const groups = Map.groupBy(found, ({ yes, no, word }) => JSON.stringify([no.file, no.id, yes.id, word]))
  return [...groups.values()].map((group) => {
    const { yes, no, word } = group[0]!
    const fields = [...new Set(group.flatMap((one) => one.fields))]
    return {
      kind: 'onbekend-open',
      file: no.file,
      rule: no.id,
      others: listReferences([yes]),
      fields,
      message: {
        nl: `\`${yes.id}\` geldt bij een ja op \`${word}\` en deze regel bij een nee; is het onbekend, dan geeft geen regel ${fields.map(quote).join(', ')}`,
        en: `\`${yes.id}\` needs a yes to \`${word}\` and this rule a no; when that is unknown, no rule gives ${fields.map(quote).join(', ')}`,
      },
      mend: {
        nl: 'voeg een regel toe die er niet naar vraagt, of leg uit waarom het antwoord bekend moet zijn',
        en: 'add a rule that does not ask for it, or explain why the answer must be known',
      },
    }
  })
}

const silencesIn = (permits: readonly Permit[]): Knowledge =>
  silencesOf(permits.flatMap(({ firing }) => firing).reduce((all, one) => all | one, NOTHING))

interface OpenPair {
  readonly yes: Permit['rule']
  readonly no: Permit['rule']
  readonly word: string
  readonly fields: readonly string[]
}

function openFields(
  yes: Permit,
  no: Permit,
  word: string,
  siblings: readonly Permit[],
  words: KnowledgeWords,
  close: (stated: Knowledge) => Knowledge | undefined,
): readonly OpenPair[] {
  const box = overlap(yes.box, no.box)
  if (box === undefined) return []
  const [isTrue, isFalse] = [words.isTrue(word), words.isFalse(word)]
  const given = fieldsOf(no.rule)
  const shared = fieldsOf(yes.rule).filter((field) => given.includes(field))
  const fields = new Set<string>()
  for (const one of yes.firing) {
    for (const other of no.firing) {
      if (!holds(one, isTrue) || !holds(other, isFalse)) continue
      // What both need beside the answer.
      const rest = join(one & ~isTrue, other & ~isFalse)
      const known = rest === undefined ? undefined : close(rest)
      if (known === undefined || holds(known, isTrue) || holds(known, isFalse)) continue
      const state = withSilences(known, silencesIn(siblings))
      const firing = siblings.filter((permit) => suffices(state, permit.firing))
      for (const field of shared) {
        const giving = firing.filter(({ rule }) => fieldsOf(rule).includes(field))
        if (!isCovered(box, giving)) fields.add(field)
      }
    }
  }
  return fields.size === 0 ? [] : [{ yes: yes.rule, no: no.rule, word, fields: [...fields] }]
}
