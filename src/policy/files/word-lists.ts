import type { PolicyFault, Position } from './fault.ts'
import { readFilledList, readText } from './reader.ts'
import type { YamlNode } from './yaml.ts'

/**
 * Reads a list in which one word can stand for several ids, and `behalve:x` takes the ids of `x` away. A list of only
 * exceptions means all other ids. In alphabetical order.
 *
 * @param all every id there is
 * @param expand the ids that a word stands for; an unknown word adds a fault and stands for none
 */
export function readListWithExceptions(
  node: YamlNode,
  all: Iterable<string>,
  expand: (word: string, position: Position) => readonly string[],
  faults: PolicyFault[],
): readonly string[] | undefined {
  const items = readFilledList(node, faults)
  if (items === undefined) return undefined
  const included: string[] = []
  const excluded: string[] = []
  let namesOnlyExceptions = true
  for (const item of items) {
    const text = readText(item, faults)
    if (text === undefined) continue
    const isException = text.startsWith('behalve:')
    if (!isException) namesOnlyExceptions = false
    const word = isException ? text.slice('behalve:'.length) : text
    const target = isException ? excluded : included
    target.push(...expand(word, item.position))
  }
  const candidates = namesOnlyExceptions ? all : included
  return [...new Set(candidates)].filter((id) => !excluded.includes(id)).sort()
}
