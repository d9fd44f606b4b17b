import type { Source } from '../../model/rule.ts'
import { addFault, type PolicyFault, type Position, quote } from './fault.ts'
import { articleNumber, type LawCondition, readConditions } from './laws/conditions.ts'
import { readDate } from './numbers-and-dates.ts'
import {
  addMissing,
  type Members,
  readChoice,
  readFilledList,
  readIdMap,
  readMember,
  readMembers,
  readText,
  readWord,
} from './reader.ts'
import type { YamlNode } from './yaml.ts'

/** A law as `bronnen.yaml` names it once for all rule files. */
export interface Law {
  readonly id: string
  /** Its name in full. */
  readonly name: string
  /** How citations abbreviate it. */
  readonly citation: string
  /** Link to a dated version; `{geldend}` and, in the anchor, `{artikel}` stand for the date and the article. */
  readonly address: string
  /** The version that the rules were written from, `YYYY-MM-DD`. */
  readonly version: string
  /** Nobody compared the summaries with the official text (`nagezien: nee`). */
  readonly unverified?: true
  /** What its articles make decisive (`voorwaarden`), by article; empty when nobody listed it. */
  readonly conditions: ReadonlyMap<string, readonly LawCondition[]>
}

/** The link of a citation that is about a whole law or about articles in several places of it. */
const WHOLE_LAW = 'hele-wet'

/**
 * Reads `bronnen.yaml`. Laws whose id could be read are in the map, even when something about them is wrong.
 *
 * @param words what can express a condition
 */
export function readLaws(node: YamlNode, words: ReadonlySet<string>, faults: PolicyFault[]): ReadonlyMap<string, Law> {
  const root = readMembers(node, { required: ['bronnen'] }, faults)
  const entries = (root && readMember(root, 'bronnen', readIdMap, faults)) ?? []
  return new Map(
    entries.map(({ id, value }): [string, Law] => {
      const keys = { required: ['naam', 'citeer', 'adres', 'geldend'], optional: ['nagezien', 'voorwaarden'] }
      const members = readMembers(value, keys, faults)
      if (members === undefined)
        return [id, { id, name: '', citation: '', address: '', version: '', conditions: new Map() }]
      const readOwn = (list: YamlNode) => readConditions(list, words, faults)
      const text = (key: string) => readMember(members, key, readText, faults) ?? ''
      return [
        id,
        {
          id,
          name: text('naam'),
          citation: text('citeer'),
          address: readMember(members, 'adres', readAddress, faults) ?? '',
          version: readMember(members, 'geldend', readDate, faults) ?? '',
          ...readUnverified(members, faults),
          conditions: readMember(members, 'voorwaarden', readOwn, faults) ?? new Map(),
        },
      ]
    }),
  )
}

/**
 * Reads `bronnen` of a rule file. A source cites an article of a law of `bronnen.yaml`, or states its own citation, link and
 * version.
 */
export function readSources(node: YamlNode, laws: ReadonlyMap<string, Law>, faults: PolicyFault[]): readonly Source[] {
  return (readFilledList(node, faults) ?? []).flatMap((item) =>
    item.kind === 'map' && item.entries.has('bron') ? readCitation(item, laws, faults) : readOwnSource(item, faults),
  )
}

function readOwnSource(node: YamlNode, faults: PolicyFault[]): readonly Source[] {
  const keys = { required: ['citeer', 'url', 'geldend', 'samenvatting'], optional: ['nagezien'] }
  const members = readMembers(node, keys, faults)
  if (members === undefined) return []
  return [
    {
      citation: readMember(members, 'citeer', readText, faults) ?? '',
      url: readMember(members, 'url', readUrl, faults) ?? '',
      version: readMember(members, 'geldend', readDate, faults) ?? '',
      summary: readMember(members, 'samenvatting', readText, faults) ?? '',
      ...readUnverified(members, faults),
    },
  ]
}

function readCitation(node: YamlNode, laws: ReadonlyMap<string, Law>, faults: PolicyFault[]): readonly Source[] {
  const members = readMembers(
    node,
    { required: ['bron', 'samenvatting'], optional: ['artikel', 'citeer', 'link', 'geldend', 'nagezien'] },
    faults,
  )
  if (members === undefined) return []
  const lawKind = {
    known: new Set(laws.keys()),
    name: { nl: 'bron', en: 'source' },
    where: { nl: 'bronnen.yaml', en: 'bronnen.yaml' },
  }
  const law = laws.get(readMember(members, 'bron', (value) => readWord(value, lawKind, faults), faults) ?? '')
  const article = readMember(members, 'artikel', readText, faults)
  const wording = readMember(members, 'citeer', readText, faults)
  const link = readMember(members, 'link', readText, faults)
  const version = readMember(members, 'geldend', readDate, faults)
  const summary = readMember(members, 'samenvatting', readText, faults) ?? ''
  if (members.get('artikel') === undefined && members.get('citeer') === undefined)
    addMissing(members.position, 'artikel', faults)
  if (article !== undefined && wording !== undefined) addBoth(members.positionOf('citeer'), faults)
  if (law === undefined) return []
  const target = link ?? (article === undefined ? WHOLE_LAW : articleNumber(article))
  if (target === undefined) addNoNumber(members.positionOf('artikel'), faults)
  return [
    {
      citation: wording ?? `${law.citation} art. ${article}`,
      url: linkTo(law, version ?? law.version, target ?? WHOLE_LAW),
      version: version ?? law.version,
      summary,
      ...(law.unverified && { unverified: true }),
      ...readUnverified(members, faults),
    },
  ]
}

function readUnverified(members: Members, faults: PolicyFault[]): { readonly unverified?: true } {
  const answer = readMember(
    members,
    'nagezien',
    (value) => readChoice(value, ['ja', 'nee'], { nl: 'antwoord', en: 'answer' }, faults),
    faults,
  )
  return answer === 'nee' ? { unverified: true } : {}
}

function linkTo({ address }: Law, version: string, target: string): string {
  const dated = address.replace('{geldend}', version)
  // The anchors of wetten.overheid.nl leave out the colon: article 4:2 is `#Artikel42`.
  if (target !== WHOLE_LAW) return dated.replace('{artikel}', target.replaceAll(':', ''))
  return dated.includes('{artikel}') ? dated.slice(0, dated.indexOf('#')) : dated
}

function addBoth(position: Position, faults: PolicyFault[]): void {
  addFault(
    faults,
    position,
    { nl: '`artikel` en `citeer` staan er allebei', en: '`artikel` and `citeer` are both present' },
    {
      nl: 'laat er één weg; `citeer` is voor een citaat dat niet met een artikel begint',
      en: 'remove one; `citeer` is for a citation that does not start with an article',
    },
  )
}

function addNoNumber(position: Position, faults: PolicyFault[]): void {
  addFault(
    faults,
    position,
    { nl: 'dit begint niet met het nummer van een artikel', en: 'this does not start with the number of an article' },
    {
      nl: `schrijf bijvoorbeeld \`"5 lid 1"\`, of zet erbij waar de link naartoe gaat: \`link: ${WHOLE_LAW}\``,
      en: `write for example \`"5 lid 1"\`, or state where the link leads: \`link: ${WHOLE_LAW}\``,
    },
  )
}

function readAddress(node: YamlNode, faults: PolicyFault[]): string | undefined {
  const address = readUrl(node, faults)
  if (address === undefined) return undefined
  const [base = '', anchor = ''] = address.split('#')
  if (!/[{}]/.test(base.replace('{geldend}', '') + anchor.replace('{artikel}', ''))) return address
  addFault(
    faults,
    node.position,
    { nl: `${quote(address)} heeft een onbekende invulplek`, en: `${quote(address)} has an unknown placeholder` },
    {
      nl: 'gebruik alleen `{geldend}` in het adres en `{artikel}` na het hekje',
      en: 'use only `{geldend}` in the address and `{artikel}` after the hash sign',
    },
  )
  return undefined
}

// Officers see it as a link, so it must be a web address.
function readUrl(node: YamlNode, faults: PolicyFault[]): string | undefined {
  const text = readText(node, faults)
  if (text === undefined || (text.startsWith('https://') && URL.canParse(text))) return text
  addFault(
    faults,
    node.position,
    { nl: 'dit is geen webadres', en: 'this is not a web address' },
    { nl: 'begin met `https://`', en: 'start with `https://`' },
  )
  return undefined
}
