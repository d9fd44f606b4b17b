import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { LocalisedText } from '../../model/language.ts'
import { MAX_FILE_BYTES } from '../../model/rule-file-bounds.ts'
import { addFault, type PolicyFault, type Position, quote } from './fault.ts'
import { addOddIndent, findOddIndent } from './syntax/odd-indent.ts'
import { addSyntaxFault, MAX_DEPTH, SYNTAX } from './syntax/syntax-faults.ts'

/** YAML as data with positions: only maps with text keys, lists and scalars; no anchors, aliases, tags, merges or directives. */
export type YamlNode = YamlMap | YamlList | YamlScalar

export interface YamlMap {
  readonly kind: 'map'
  readonly position: Position
  readonly entries: ReadonlyMap<string, YamlEntry>
}
export interface YamlEntry {
  readonly position: Position
  readonly value: YamlNode
}
export interface YamlList {
  readonly kind: 'list'
  readonly position: Position
  readonly items: readonly YamlNode[]
}
export interface YamlScalar {
  readonly kind: 'scalar'
  readonly position: Position
  readonly value: string | number | boolean | null
}

/**
 * Reads one file as YAML 1.2 (core schema), strictly. Every fault goes into `faults`; never throws. What a word processor or Windows
 * adds is read as what it stands for: a byte order mark, CRLF, and typographic quotation marks around a value.
 * Undefined when the text cannot be parsed as one tree: its content is then not checked.
 */
export function parseYaml(file: string, written: string, faults: PolicyFault[]): YamlNode | undefined {
  const text = withPlainLines(written)
  if (!isCleanText(file, text, faults)) return undefined
  const lines = new LineCounter()
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    strict: true,
    merge: false,
    // The library compares every pair of keys; the walk below needs one pass and reports both positions.
    uniqueKeys: false,
    lineCounter: lines,
    // With 'silent' the library drops a second document without an error.
    logLevel: 'error',
    prettyErrors: false,
  })
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { file, line, column: col }
  }
  if (document.errors.length > 0) {
    const oddLine = findOddIndent(text)
    if (oddLine === undefined) addSyntaxFault(text, document.errors, positionAt, faults)
    else addOddIndent(file, oddLine, faults)
    return undefined
  }
  if (document.contents === null) {
    addFault(faults, { file, line: 1, column: 1 }, EMPTY.message, EMPTY.mend)
    return undefined
  }
  return readNode(document.contents, positionAt(0), 1, positionAt, faults)
}

/** Line and column stay those of the file, but for a byte order mark. */
const withPlainLines = (text: string): string => text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')

const EMPTY = {
  message: { nl: 'het bestand is leeg', en: 'the file is empty' },
  mend: { nl: 'vul het of verwijder het', en: 'fill it or remove it' },
}

function isCleanText(file: string, text: string, faults: PolicyFault[]): boolean {
  const start = { file, line: 1, column: 1 }
  if (text.length > MAX_FILE_BYTES || new TextEncoder().encode(text).length > MAX_FILE_BYTES) {
    addFault(
      faults,
      start,
      { nl: 'het bestand is groter dan 1 MiB', en: 'the file is larger than 1 MiB' },
      { nl: 'verdeel het over meer bestanden', en: 'divide it over more files' },
    )
    return false
  }
  const before = faults.length
  for (const { pattern, message, mend } of DIRT) {
    const index = text.search(pattern)
    if (index === -1) continue
    const lead = text.slice(0, index)
    const line = lead.split('\n').length
    addFault(faults, { file, line, column: index - lead.lastIndexOf('\n') }, message, mend)
  }
  return faults.length === before
}

/**
 * Soft hyphen, zero-width characters, and controls of direction: with them a rule file reads differently from what it is.
 * @see UTS #55 §4 (source code spoofing)
 */
const INVISIBLE = /[\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/

/** Characters that the raw text must not contain; only the first of each kind is reported, because there can be hundreds. */
const DIRT: readonly { pattern: RegExp; message: LocalisedText; mend: LocalisedText }[] = [
  {
    pattern: /\r/,
    message: { nl: 'regeleinde CR zonder LF', en: 'line ending CR without LF' },
    mend: { nl: 'sla het bestand op met regeleinden LF', en: 'save the file with LF line endings' },
  },
  {
    pattern: /\t/,
    message: { nl: 'tab in de tekst', en: 'tab in the text' },
    mend: { nl: 'gebruik spaties', en: 'use spaces' },
  },
  {
    pattern: /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]/,
    message: { nl: 'stuurteken in de tekst', en: 'control character in the text' },
    mend: { nl: 'verwijder het teken', en: 'remove the character' },
  },
  {
    pattern: INVISIBLE,
    message: {
      nl: 'een teken dat niemand ziet of dat tekst omdraait',
      en: 'a character that is invisible or turns text around',
    },
    mend: { nl: 'verwijder het teken', en: 'remove the character' },
  },
  {
    pattern: /\p{Surrogate}/u,
    message: { nl: 'half teken (los surrogaat) in de tekst', en: 'half a character (lone surrogate) in the text' },
    mend: { nl: 'sla het bestand op als UTF-8', en: 'save the file as UTF-8' },
  },
  {
    pattern: /^%/m,
    message: { nl: 'een YAML-richtlijn (`%`) mag niet', en: 'a YAML directive (`%`) is not allowed' },
    mend: { nl: 'verwijder de regel', en: 'remove the line' },
  },
]

function readNode(
  node: Node,
  fallback: Position,
  depth: number,
  positionAt: (offset: number) => Position,
  faults: PolicyFault[],
): YamlNode {
  const position = node.range ? positionAt(node.range[0]) : fallback
  const nothing: YamlScalar = { kind: 'scalar', position, value: null }
  if (depth > MAX_DEPTH) {
    addFault(faults, position, SYNTAX.RESOURCE_EXHAUSTION!.message, SYNTAX.RESOURCE_EXHAUSTION!.mend)
    return nothing
  }
  if (isAlias(node)) {
    addFault(faults, position, SYNTAX.BAD_ALIAS!.message, SYNTAX.BAD_ALIAS!.mend)
    return nothing
  }
  refuseProperties(node, position, faults)
  const readChild = (child: unknown, parent: Position): YamlNode =>
    child === null || child === undefined
      ? { kind: 'scalar', position: parent, value: null }
      : readNode(child as Node, parent, depth + 1, positionAt, faults)
  if (isSeq(node)) return { kind: 'list', position, items: node.items.map((item) => readChild(item, position)) }
  if (isMap(node)) {
    const entries = new Map<string, YamlEntry>()
    for (const { key, value } of node.items) {
      const keyNode = readChild(key, position)
      const child = readChild(value, keyNode.position)
      const name = keyNode.kind === 'scalar' ? keyNode.value : undefined
      if (typeof name !== 'string') {
        addFault(
          faults,
          keyNode.position,
          { nl: 'een sleutel is tekst', en: 'a key is text' },
          { nl: 'zet de sleutel tussen aanhalingstekens', en: 'put the key between quotation marks' },
        )
        continue
      }
      const earlier = entries.get(name)
      if (earlier !== undefined) {
        const { line } = earlier.position
        addFault(
          faults,
          keyNode.position,
          { nl: `sleutel ${quote(name)} staat hier dubbel`, en: `key ${quote(name)} appears twice` },
          { nl: `verwijder hem hier of op regel ${line}`, en: `remove it here or on line ${line}` },
        )
        continue
      }
      // An absent value has the position of its key.
      const isAbsent = child.kind === 'scalar' && child.value === null
      entries.set(name, {
        position: keyNode.position,
        value: isAbsent ? { ...child, position: keyNode.position } : child,
      })
    }
    return { kind: 'map', position, entries }
  }
  const isPlain = isScalar(node) && node.type === 'PLAIN'
  const value = isScalar(node) ? node.value : null
  if (isPlain && typeof value === 'string' && /^[^"]*"$/.test(value)) {
    addFault(
      faults,
      position,
      { nl: 'het aanhalingsteken voor deze tekst ontbreekt', en: 'the quotation mark before this text is missing' },
      {
        nl: 'zet er een voor de tekst, of verwijder dat erachter',
        en: 'put one before the text, or remove the one after it',
      },
    )
  }
  return readScalar(isPlain && typeof value === 'string' ? withoutQuotes(value) : value, position, faults)
}

/** A plain value between typographic quotation marks, without them; other text is as it was. */
const withoutQuotes = (text: string): string => /^[“”„‘’‚]([^“”„‘’‚]*)[“”’]$/.exec(text)?.[1] ?? text

function refuseProperties(node: Node, position: Position, faults: PolicyFault[]): void {
  if ('anchor' in node && node.anchor !== undefined) {
    addFault(
      faults,
      position,
      { nl: 'een anker (`&`) mag niet', en: 'an anchor (`&`) is not allowed' },
      { nl: 'schrijf de inhoud voluit', en: 'write the content in full' },
    )
  }
  if (node.tag !== undefined) {
    addFault(
      faults,
      position,
      { nl: 'een type-aanduiding (`!`) mag niet', en: 'a tag (`!`) is not allowed' },
      {
        nl: 'verwijder hem, of zet tekst tussen aanhalingstekens',
        en: 'remove it, or put text between quotation marks',
      },
    )
  }
}

function readScalar(value: unknown, position: Position, faults: PolicyFault[]): YamlScalar {
  if (typeof value === 'string') {
    // Escapes in quoted text can produce characters that the raw text must not contain.
    if (!value.isWellFormed() || /[\0-\x08\x0b-\x1f\x7f-\x9f]/.test(value) || INVISIBLE.test(value)) {
      addFault(
        faults,
        position,
        {
          nl: 'de tekst bevat een stuurteken, een onzichtbaar teken of een half teken',
          en: 'the text contains a control character, an invisible character or half a character',
        },
        { nl: 'verwijder de `\\`-code', en: 'remove the `\\` escape' },
      )
    }
    return { kind: 'scalar', position, value }
  }
  if (typeof value === 'number' || typeof value === 'boolean') return { kind: 'scalar', position, value }
  return { kind: 'scalar', position, value: null }
}
