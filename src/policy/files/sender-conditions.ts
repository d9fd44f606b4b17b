import type { RuleScope } from '../../model/rule.ts'
import { addFault, quote } from './fault.ts'
import { expandParty } from './parties.ts'
import { addDuplicate, addMissing, type Members, readMap, readWords } from './reader.ts'
import { addContradiction, findContradiction } from './relations/contradictions.ts'
import type { RuleContext } from './rule-words.ts'
import type { YamlEntry } from './yaml.ts'

/**
 * Reads `als_van: {party: [circumstance, …]}`: circumstances that must also be known to be true when that party is the
 * sender. A key is a party or `groep:x`. Groups are expanded, so that each sender has one list; undefined when the key is absent.
 */
export function readSenderConditions(
  members: Members,
  { senders }: RuleScope,
  always: { readonly when: readonly string[]; readonly whenNot: readonly string[] },
  context: RuleContext,
): ReadonlyMap<string, readonly string[]> | undefined {
  const { parties, vocabulary, faults } = context
  const node = members.get('als_van')
  if (node === undefined) return undefined
  // Without a list of senders the rule is for every party, this one included.
  if (members.get('van') === undefined) addMissing(members.position, 'van', faults)
  const conditions = new Map<string, readonly string[]>()
  const map = readMap(node, faults)
  for (const [word, entry] of map?.entries ?? []) {
    const words = readWords(entry.value, context.circumstanceKind, faults)
    checkWords(words, entry, always, context)
    for (const party of expandParty(word, entry.position, parties, vocabulary, faults)) {
      if (conditions.has(party)) addDuplicate(entry.position, party, faults)
      if (senders !== undefined && !senders.includes(party)) {
        addFault(
          faults,
          entry.position,
          { nl: `partij ${quote(party)} staat niet onder \`van\``, en: `party ${quote(party)} is not under \`van\`` },
          { nl: 'zet haar onder `van` of verwijder haar hier', en: 'add it to `van` or remove it here' },
        )
      }
      conditions.set(party, words)
    }
  }
  if (map?.entries.size === 0) {
    addFault(
      faults,
      node.position,
      { nl: '`als_van` noemt geen enkele partij', en: '`als_van` names no party' },
      {
        nl: 'schrijf `{partij: [omstandigheid]}` of laat de sleutel weg',
        en: 'write `{party: [circumstance]}` or leave the key out',
      },
    )
  }
  return conditions
}

/** A circumstance that is asked of every sender already adds nothing, and one that must be false can never be true as well. */
function checkWords(
  words: readonly string[],
  { value }: YamlEntry,
  { when, whenNot }: { readonly when: readonly string[]; readonly whenNot: readonly string[] },
  context: RuleContext,
): void {
  const { faults } = context
  const needless = words.find((word) => when.includes(word))
  if (needless !== undefined) {
    addFault(
      faults,
      value.position,
      {
        nl: `omstandigheid ${quote(needless)} staat al onder \`als\`, voor elke afzender`,
        en: `circumstance ${quote(needless)} is already under \`als\`, for every sender`,
      },
      { nl: 'verwijder haar op een van beide plaatsen', en: 'remove it from one of the two' },
    )
  }
  const pair = findContradiction([{ when, whenNot }, { when: words }], context)
  if (pair?.some(({ word }) => words.includes(word))) addContradiction(value.position, pair, context)
  const impossible = words.find((word) => whenNot.includes(word))
  if (impossible !== undefined) {
    addFault(
      faults,
      value.position,
      {
        nl: `omstandigheid ${quote(impossible)} moet hier zowel waar als onwaar zijn`,
        en: `circumstance ${quote(impossible)} must be both true and false here`,
      },
      { nl: 'haal haar uit `als_van` of uit `als_niet`', en: 'take it out of `als_van` or `als_niet`' },
    )
  }
}
