import type { z } from 'zod'
import type { Json } from '../encoding/json.ts'
import { formatPointer } from '../encoding/json-pointer.ts'
import { findNearestWord } from '../encoding/nearest-word.ts'
import type { Fault } from '../errors.ts'
import type { LocalisedText } from '../model/language.ts'
import { MAX_FAULTS } from './body-bounds.ts'
import { findList, formChoices, formMend } from './choices.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** Names that the faults of one kind of body may show. */
export interface BodyNames {
  /** Every member name that may be shown. */
  readonly memberNames: ReadonlySet<string>
  /** The member names that the object at a path can have. */
  membersAt(path: Path): readonly string[]
}

const EXPECTED: Readonly<Record<string, LocalisedText>> = {
  number: { nl: 'een getal', en: 'a number' },
  string: { nl: 'een tekst tussen aanhalingstekens', en: 'text between quotation marks' },
  boolean: { nl: '`true` of `false`', en: '`true` or `false`' },
  object: { nl: 'een object', en: 'an object' },
  array: { nl: 'een lijst', en: 'an array' },
}

/**
 * The faults of a body, in the house wording and with a pointer each: at most a hundred. The value that was sent is
 * only used to find the known word that was probably meant; it is never shown.
 */
export function formFaults(issues: readonly Issue[], body: Json, names: BodyNames): Fault[] {
  const faults: Fault[] = []
  for (const issue of issues) {
    if (faults.length >= MAX_FAULTS) break
    faults.push(...formIssueFaults(issue, issue.path, body, names))
  }
  return faults.slice(0, MAX_FAULTS)
}

function formIssueFaults(issue: Issue, path: Path, body: Json, names: BodyNames): Fault[] {
  const value = findValue(body, path)
  const pointer = formatPointer(path, names.memberNames)
  if (value === undefined) return [{ code: 'member-missing', pointer, detail: formMissing(path, issue) }]
  switch (issue.code) {
    case 'unrecognized_keys': {
      const members = Object.keys(value ?? {})
      return issue.keys.slice(0, MAX_FAULTS).map((key) => ({
        code: 'member-unknown',
        pointer,
        detail: formUnknownMember(key, members.indexOf(key) + 1, names.membersAt(path), path),
      }))
    }
    case 'invalid_value':
      if (typeof value !== 'string') return [{ code: 'value-invalid', pointer, detail: formNoWord(value, issue) }]
      return [{ code: 'word-unknown', pointer, detail: formUnknownWord(value, issue) }]
    case 'invalid_union': {
      // The branch that got past its own type is the one that was meant.
      const isMeant = (inner: Issue) => inner.path.length > 0 || inner.code === 'unrecognized_keys'
      const branch = issue.errors.find((candidate) => candidate.every(isMeant)) ?? issue.errors[0] ?? []
      return branch.flatMap((inner) => {
        const innerPath = [...path, ...inner.path]
        return formIssueFaults({ ...inner, path: innerPath }, innerPath, body, names)
      })
    }
    case 'too_small':
      return [{ code: 'value-invalid', pointer, detail: formSize(issue.origin, 'minimum', Number(issue.minimum)) }]
    case 'too_big':
      return [{ code: 'value-invalid', pointer, detail: formSize(issue.origin, 'maximum', Number(issue.maximum)) }]
    case 'custom':
      return [{ code: 'value-invalid', pointer, detail: issue.params?.detail }]
    case 'invalid_type':
      return [{ code: 'value-invalid', pointer, detail: formExpected(issue.expected, value) }]
    default:
      return [{ code: 'value-invalid', pointer, detail: formExpected('', value) }]
  }
}

function findValue(body: Json, path: Path): Json | undefined {
  let value: unknown = body
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = Reflect.get(value, step)
  }
  return value as Json
}

type WordIssue = Extract<Issue, { code: 'invalid_value' }>

const choicesOf = ({ values, path }: WordIssue): LocalisedText => formChoices(values.map(String), findList(path))

// A missing member is always one of the schema, so its name may be shown.
function formMissing(path: Path, issue: Issue): LocalisedText {
  const name = String(path.at(-1))
  const choices = issue.code === 'invalid_value' ? choicesOf(issue) : undefined
  return {
    nl: `\`${name}\` ontbreekt; voeg het toe${choices ? `: ${choices.nl}` : ''}`,
    en: `\`${name}\` is missing; add it${choices ? `: ${choices.en}` : ''}`,
  }
}

function formUnknownMember(key: string, position: number, known: readonly string[], path: Path): LocalisedText {
  const nearest = findNearestWord(key, known)
  const choices = formMend(nearest, known, findList(path))
  return {
    nl: `onderdeel ${position} van dit object is niet bekend; ${nearest ? '' : 'haal het weg, of '}${choices.nl}`,
    en: `member ${position} of this object is not known; ${nearest ? '' : 'remove it, or '}${choices.en}`,
  }
}

function formUnknownWord(sent: string, { values, path }: WordIssue): LocalisedText {
  const known = values.map(String)
  const mend = formMend(findNearestWord(sent, known), known, findList(path))
  return { nl: `dit woord is niet bekend; ${mend.nl}`, en: `this word is not known; ${mend.en}` }
}

function formNoWord(sent: Json, issue: WordIssue): LocalisedText {
  const [expected, choices] = [formExpected('string', sent), choicesOf(issue)]
  return { nl: `${expected.nl}: ${choices.nl}`, en: `${expected.en}: ${choices.en}` }
}

function formExpected(type: string, sent: Json): LocalisedText {
  const { nl, en } = EXPECTED[type] ?? { nl: 'een andere waarde', en: 'another value' }
  const isNull = sent === null
  return {
    nl: `ongeldige waarde; geef ${nl}${isNull ? ', of laat het onderdeel weg als het onbekend is' : ''}`,
    en: `invalid value; give ${en}${isNull ? ', or leave the member out when it is unknown' : ''}`,
  }
}

/** A size beside its bound, in the words of what has it. */
function formSize(origin: string, bound: 'minimum' | 'maximum', count: number): LocalisedText {
  const isLeast = bound === 'minimum'
  const at = { nl: isLeast ? 'ten minste' : 'ten hoogste', en: isLeast ? 'at least' : 'at most' }
  const size = { nl: isLeast ? 'kort' : 'lang', en: isLeast ? 'short' : 'long' }
  switch (origin) {
    case 'object':
      return {
        nl: `het object heeft te ${isLeast ? 'weinig' : 'veel'} onderdelen; geef er ${at.nl} ${count}`,
        en: `the object has too ${isLeast ? 'few' : 'many'} members; give ${at.en} ${count}`,
      }
    case 'string':
      return {
        nl: `de tekst is te ${size.nl}; geef ${at.nl} ${count} tekens`,
        en: `the text is too ${size.en}; give ${at.en} ${count} characters`,
      }
    case 'array':
      return {
        nl: `de lijst is te ${size.nl}; geef er ${at.nl} ${count}`,
        en: `the array is too ${size.en}; give ${at.en} ${count}`,
      }
    default:
      return {
        nl: `het getal is te ${isLeast ? 'klein' : 'groot'}; geef ${at.nl} ${count}`,
        en: `the number is too ${isLeast ? 'small' : 'large'}; give ${at.en} ${count}`,
      }
  }
}
