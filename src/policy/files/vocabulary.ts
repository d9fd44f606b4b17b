import type { LocalisedText } from '../../model/language.ts'
import { DUTY_KINDS } from '../../model/rule.ts'
import { MAX_ASSESSMENT_WORDS, MAX_CIRCUMSTANCES, MAX_MEMBERS } from '../../model/rule-file-bounds.ts'
import type { Domain, Vocabulary, Word } from '../../model/vocabulary.ts'
import { addFault, type PolicyFault, type Position, quote } from './fault.ts'
import { readFields } from './fields.ts'
import { readGatewayWords } from './gateway-words.ts'
import { readCount } from './numbers-and-dates.ts'
import {
  addUnknownWord,
  choice,
  readIdMap,
  readLabels,
  readMember,
  readMembers,
  readText,
  readWords,
  type WordKind,
  wordKind,
} from './reader.ts'
import { ASSESSMENT_KEYS, CIRCUMSTANCE_KEYS, readRelations } from './relations/word-relations.ts'
import { readStatements } from './statement-words.ts'
import type { YamlNode } from './yaml.ts'

/** A word with a faulty label still exists, so that one fault does not cause many. */
const NO_LABEL: LocalisedText = { nl: '', en: '' }

/** Reads `woordenlijst.yaml`. Ids that could be read are in the vocabulary, even when something about them is wrong. */
export function readVocabulary(node: YamlNode, faults: PolicyFault[]): Vocabulary | undefined {
  const lists = ['doelen', 'soorten', 'rollen', 'omstandigheden', 'beoordelingen', 'plichten', 'groepen']
  const members = readMembers(
    node,
    { required: ['versie', ...lists, 'domeinen', 'velden'], optional: ['gevolgen'] },
    faults,
  )
  if (members === undefined) return undefined
  readMember(members, 'versie', (version) => readCount(version, 1, faults), faults)
  const words = (key: string) =>
    readMember(members, key, (list) => readWordList(list, faults), faults) ?? new Map<string, Word>()
  const purposes = words('doelen')
  const related = (key: string, optional: readonly string[], maximum: number) =>
    readStatements(
      members.get(key),
      readMember(members, key, (list) => readWordList(list, faults, optional, maximum), faults) ??
        new Map<string, Word>(),
      faults,
    )
  const listed = {
    purposes,
    kinds: words('soorten'),
    roles: words('rollen'),
    circumstances: related('omstandigheden', CIRCUMSTANCE_KEYS, MAX_CIRCUMSTANCES),
    assessments: related('beoordelingen', ASSESSMENT_KEYS, MAX_ASSESSMENT_WORDS),
    duties: readMember(members, 'plichten', readDutyList, faults) ?? new Map(),
    groups: words('groepen'),
    domains: readMember(members, 'domeinen', (domains) => readDomains(domains, purposes, faults), faults) ?? new Map(),
    fields: readMember(members, 'velden', readFields, faults) ?? new Map(),
  }
  const vocabulary = { ...listed, ...readRelations(members, listed, faults) }
  const readEffects = (effects: YamlNode) => readGatewayWords(effects, vocabulary, faults)
  const gatewayWords = readMember(members, 'gevolgen', readEffects, faults)
  return { ...vocabulary, ...(gatewayWords && { gatewayWords }) }
}

/** Reads words with their labels. @param optional keys that something else reads, @param maximum the most words of this kind */
function readWordList(
  node: YamlNode,
  faults: PolicyFault[],
  optional: readonly string[] = [],
  maximum = MAX_MEMBERS,
): ReadonlyMap<string, Word> {
  return new Map(
    readIdMap(node, faults, maximum).map(({ id, value }) => {
      const members = readMembers(value, { required: ['nl', 'en'], optional }, faults)
      return [id, { id, label: (members && readLabels(members, faults)) ?? NO_LABEL }]
    }),
  )
}

// Duties are carried out by code, so an unknown duty would be a promise that nobody keeps.
function readDutyList(node: YamlNode, faults: PolicyFault[]): ReadonlyMap<string, Word> {
  const known = choice(DUTY_KINDS, { nl: 'plicht', en: 'duty' })
  for (const { id, position } of readIdMap(node, [])) {
    if (!known.known.has(id)) addUnknownWord(position, id, known, faults)
  }
  return readWordList(node, faults)
}

/**
 * Bounds of `blokgrens`. Below two, a key that two people share would already not count; above a thousand the limit would
 * guard against nothing.
 */
export const BLOCK_LIMITS = { minimum: 2, maximum: 1000 } as const

function readDomains(
  node: YamlNode,
  purposes: ReadonlyMap<string, Word>,
  faults: PolicyFault[],
): ReadonlyMap<string, Domain> {
  const purposeKind = wordKind(purposes, { nl: 'doel', en: 'purpose' }, 'doelen')
  return new Map(
    readIdMap(node, faults).map(({ id, value }) => {
      const keys = { required: ['ontvanger', 'doelen', 'nl', 'en'], optional: ['blokgrens'] }
      const members = readMembers(value, keys, faults)
      const readLimit = (node: YamlNode) => readCount(node, BLOCK_LIMITS.minimum, faults, BLOCK_LIMITS.maximum)
      const blockLimit = members && readMember(members, 'blokgrens', readLimit, faults)
      const domain = {
        id,
        label: (members && readLabels(members, faults)) ?? NO_LABEL,
        recipient: (members && readMember(members, 'ontvanger', readText, faults)) ?? '',
        purposes:
          (members && readMember(members, 'doelen', (list) => readWords(list, purposeKind, faults), faults)) ?? [],
        ...(blockLimit !== undefined && { blockLimit }),
      }
      return [id, domain]
    }),
  )
}

/** Checks that the domains of a vocabulary name known parties and that no exchange falls into two domains. */
export function checkDomains(
  vocabulary: Vocabulary,
  parties: ReadonlyMap<string, unknown>,
  node: YamlNode,
  faults: PolicyFault[],
): void {
  const partyKind: WordKind = {
    known: new Set(parties.keys()),
    name: { nl: 'partij', en: 'party' },
    where: { nl: 'partijen.yaml', en: 'partijen.yaml' },
  }
  const positionOf = domainPositions(node)
  const owners = new Map<string, string>()
  for (const domain of vocabulary.domains.values()) {
    const position = positionOf(domain.id)
    if (domain.recipient !== '' && !parties.has(domain.recipient)) {
      addUnknownWord(position.recipient, domain.recipient, partyKind, faults)
    }
    for (const purpose of domain.purposes) {
      // Ids hold no space, so the pair has one spelling.
      const pair = `${domain.recipient} ${purpose}`
      const owner = owners.get(pair)
      if (owner === undefined) owners.set(pair, domain.id)
      else {
        addFault(
          faults,
          position.purposes,
          {
            nl: `doel ${quote(purpose)} van ontvanger ${quote(domain.recipient)} valt al in domein ${quote(owner)}`,
            en: `purpose ${quote(purpose)} of recipient ${quote(domain.recipient)} is already in domain ${quote(owner)}`,
          },
          { nl: 'laat elk doel van een ontvanger in één domein', en: 'keep each purpose of a recipient in one domain' },
        )
      }
    }
  }
}

function domainPositions(node: YamlNode): (id: string) => { recipient: Position; purposes: Position } {
  const member = (parent: YamlNode | undefined, key: string) =>
    parent?.kind === 'map' ? parent.entries.get(key)?.value : undefined
  return (id) => {
    const domain = member(member(node, 'domeinen'), id)
    const position = domain?.position ?? node.position
    return {
      recipient: member(domain, 'ontvanger')?.position ?? position,
      purposes: member(domain, 'doelen')?.position ?? position,
    }
  }
}
