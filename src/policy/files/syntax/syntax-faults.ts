import type { YAMLError } from 'yaml'
import type { LocalisedText } from '../../../model/language.ts'
import { addFault, type PolicyFault, type Position } from '../fault.ts'
import { findUnclosed, type Unclosed } from './unclosed.ts'

/** Rule files have no more levels than this. */
export const MAX_DEPTH = 16

/** What the errors of the parser mean in a rule file, by their code. */
export const SYNTAX: Readonly<Record<string, { message: LocalisedText; mend: LocalisedText }>> = {
  RESOURCE_EXHAUSTION: {
    message: { nl: 'te diep genest', en: 'nested too deeply' },
    mend: { nl: `gebruik hooguit ${MAX_DEPTH} lagen`, en: `use at most ${MAX_DEPTH} levels` },
  },
  BAD_INDENT: {
    message: { nl: 'de inspringing of het sluithaakje klopt niet', en: 'wrong indentation or closing bracket' },
    mend: {
      nl: 'laat de regels van één lijst even ver inspringen en sluit elk haakje',
      en: 'indent the lines of one list equally and close every bracket',
    },
  },
  MISSING_CHAR: {
    message: { nl: 'er ontbreekt een teken', en: 'a character is missing' },
    mend: {
      nl: 'zet de komma, dubbele punt, spatie of het aanhalingsteken erbij',
      en: 'add the comma, colon, space or quotation mark',
    },
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: { nl: 'twee dubbele punten op één regel', en: 'two colons on one line' },
    mend: {
      nl: 'zet tekst met een dubbele punt tussen aanhalingstekens',
      en: 'put text with a colon between quotation marks',
    },
  },
  MULTILINE_IMPLICIT_KEY: {
    message: { nl: 'een sleutel zonder dubbele punt', en: 'a key without a colon' },
    mend: { nl: 'zet `:` achter de sleutel', en: 'put `:` after the key' },
  },
  BAD_SCALAR_START: {
    message: { nl: 'tekst begint met een voorbehouden teken', en: 'text starts with a reserved character' },
    mend: { nl: 'zet de tekst tussen aanhalingstekens', en: 'put the text between quotation marks' },
  },
  BAD_DQ_ESCAPE: {
    message: { nl: 'onbekend teken na `\\`', en: 'unknown character after `\\`' },
    mend: { nl: 'schrijf `\\\\` of gebruik enkele aanhalingstekens', en: 'write `\\\\` or use single quotation marks' },
  },
  MULTIPLE_DOCS: {
    message: { nl: 'meer dan één document in het bestand', en: 'more than one document in the file' },
    mend: { nl: 'geef elk document een eigen bestand', en: 'give each document a file of its own' },
  },
  BAD_ALIAS: {
    message: { nl: 'een verwijzing (`*`) mag niet', en: 'an alias (`*`) is not allowed' },
    mend: { nl: 'schrijf de inhoud voluit', en: 'write the content in full' },
  },
}
const UNREADABLE = {
  message: { nl: 'dit is geen leesbare YAML', en: 'this is not readable YAML' },
  mend: {
    nl: 'kijk hier naar inspringing, haakjes en aanhalingstekens',
    en: 'check indentation, brackets and quotation marks here',
  },
}

const UNCLOSED: Readonly<Record<Unclosed['kind'], { message: LocalisedText; mend: LocalisedText }>> = {
  bracket: {
    message: { nl: 'dit haakje wordt niet gesloten', en: 'this bracket is not closed' },
    mend: {
      nl: 'sluit `[` met `]` en `{` met `}`, en laat de regels ertussen verder inspringen',
      en: 'close `[` with `]` and `{` with `}`, and indent the lines between them further',
    },
  },
  'quotation mark': {
    message: { nl: 'dit aanhalingsteken wordt niet gesloten', en: 'this quotation mark is not closed' },
    mend: { nl: 'zet er een achter de tekst', en: 'put one after the text' },
  },
}

/** Adds only the first error: where one character is missing, the parser reports many more that follow from it. */
export function addSyntaxFault(
  text: string,
  errors: readonly YAMLError[],
  positionAt: (offset: number) => Position,
  faults: PolicyFault[],
): void {
  const error = errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION') ?? errors[0]!
  const unclosed = error.code === 'RESOURCE_EXHAUSTION' ? undefined : findUnclosed(text, error.pos[0])
  const { message, mend } = unclosed ? UNCLOSED[unclosed.kind] : (SYNTAX[error.code] ?? UNREADABLE)
  addFault(faults, positionAt(unclosed?.offset ?? error.pos[0]), message, mend)
}
