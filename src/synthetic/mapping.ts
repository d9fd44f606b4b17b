import { parse } from 'yaml'
import { z } from 'zod'
import { IDENTIFIER_KINDS, type IdentifierKind, type Identifiers, type IdentifierValue } from '../model/identifier.ts'
import { canonicalise } from '../pseudonym/canonicalise/canonicalise.ts'
import type { CsvRow } from './csv.ts'

/**
 * Meaning of the columns of a labelled file. `truth.entity` is a regular expression that extracts the id of the person from the truth
 * column: its first group, or the whole match.
 */
const mappingSchema = z.strictObject({
  truth: z.strictObject({ column: z.string(), entity: z.string().exactOptional() }),
  /** A column that lists what was corrupted in the record. */
  corruptions: z.strictObject({ column: z.string(), separator: z.string().min(1) }).exactOptional(),
  columns: z.record(
    z.string(),
    z.strictObject({
      kind: z.enum(IDENTIFIER_KINDS.filter((kind) => kind !== 'adres')),
      /** For a date: positions of year, month and day, such as `YYYYMMDD`; `YYYY-MM-DD` when absent. */
      format: z
        .string()
        .regex(/^(?=.*YYYY)(?=.*MM)(?=.*DD)/)
        .exactOptional(),
      /** For a list in one cell. */
      separator: z.string().min(1).exactOptional(),
      /** Translation of values; other values are skipped. */
      values: z.record(z.string(), z.string()).exactOptional(),
    }),
  ),
  /** Member of an address to column; `land` is a country for every record. */
  address: z
    .strictObject({
      straat: z.string().exactOptional(),
      huisnummer: z.string().exactOptional(),
      postcode: z.string().exactOptional(),
      plaats: z.string().exactOptional(),
      land: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .exactOptional(),
    })
    .exactOptional(),
})
export type Mapping = z.infer<typeof mappingSchema>

/** A record of a labelled file: its person and its identifiers. */
export interface LabelledRecord {
  readonly entity: string
  readonly identifiers: Identifiers
  /** Kinds whose value fails its check; they are skipped, because dirty files are to be measured too. */
  readonly refused: readonly IdentifierKind[]
  /** What was corrupted in it, where the file says so. */
  readonly corruptions: readonly string[]
}

/** @throws SyntaxError that names the member */
export function parseMapping(text: string): Mapping {
  let value: unknown
  try {
    value = parse(text)
  } catch {
    throw new SyntaxError('mapping: is not YAML; see the mappings in `bench/linkage-mappings`')
  }
  const parsed = mappingSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const places = parsed.error.issues.map(({ path }) => path.join('.') || 'the whole text')
  throw new SyntaxError(`mapping: ${places.join(', ')} does not fit; see the mappings in \`bench/linkage-mappings\``)
}

/**
 * Reads the rows of one file with its mapping; the first row names the columns.
 *
 * @param without kinds to skip, to measure linking without them
 * @throws SyntaxError that names the line and the column, never a value
 */
export function* readLabelled(
  rows: Iterable<CsvRow>,
  mapping: Mapping,
  without: readonly IdentifierKind[] = [],
): Generator<LabelledRecord, undefined> {
  let place: ((name: string) => number) | undefined
  let width = 0
  const entityOf = createEntityReader(mapping)
  for (const { line, cells } of rows) {
    if (place === undefined) {
      width = cells.length
      place = locate(cells, mapping)
      continue
    }
    if (cells.length !== width) {
      throw new SyntaxError(`line ${line}: has ${cells.length} cells where the first line has ${width}; fix that line`)
    }
    const cell = (name: string) => cells[place!(name)]!
    const entity = entityOf(cell(mapping.truth.column))
    if (entity === undefined) {
      throw new SyntaxError(`line ${line}, column ${mapping.truth.column}: has no person; fix the line`)
    }
    yield { entity, ...readIdentifiers(mapping, without, cell), corruptions: readCorruptions(mapping, cell) }
  }
}

const readCorruptions = ({ corruptions }: Mapping, cell: (name: string) => string): readonly string[] =>
  corruptions
    ? cell(corruptions.column)
        .split(corruptions.separator)
        .filter((name) => name !== '')
    : []

function locate(
  header: readonly string[],
  { truth, corruptions, columns, address }: Mapping,
): (name: string) => number {
  const places = new Map(header.map((name, position) => [name, position]))
  const { land: _, ...members } = address ?? {}
  const named = [truth.column, ...(corruptions ? [corruptions.column] : []), ...Object.keys(columns)]
  for (const name of [...named, ...Object.values(members)]) {
    if (!places.has(name)) throw new SyntaxError(`line 1: has no column ${name}; correct the mapping`)
  }
  return (name) => places.get(name)!
}

function createEntityReader({ truth }: Mapping): (text: string) => string | undefined {
  if (truth.entity === undefined) return (text) => text || undefined
  let pattern: RegExp
  try {
    pattern = new RegExp(truth.entity)
  } catch {
    throw new SyntaxError('mapping: truth.entity is not a regular expression; fix it')
  }
  return (text) => {
    const found = pattern.exec(text)
    return found === null ? undefined : (found[1] ?? found[0])
  }
}

function readIdentifiers(
  { columns, address }: Mapping,
  without: readonly IdentifierKind[],
  cell: (name: string) => string,
): Pick<LabelledRecord, 'identifiers' | 'refused'> {
  const identifiers: Partial<Record<IdentifierKind, IdentifierValue[]>> = {}
  const refused: IdentifierKind[] = []
  const add = (kind: IdentifierKind, value: IdentifierValue) => {
    if (without.includes(kind)) return
    if (canonicalise(kind, value).ok) identifiers[kind] = [...(identifiers[kind] ?? []), value]
    else refused.push(kind)
  }
  for (const [name, { kind, format, separator, values }] of Object.entries(columns)) {
    const text = cell(name)
    for (const part of separator === undefined ? [text] : text.split(separator)) {
      const value = values === undefined ? part.trim() : (values[part.trim()] ?? '')
      if (value !== '') add(kind, format === undefined ? value : formatDate(value, format))
    }
  }
  if (address !== undefined) {
    const { land, ...members } = address
    const filled = Object.entries(members).flatMap(([member, name]) => (cell(name) ? [[member, cell(name)]] : []))
    if (filled.length > 0) add('adres', { ...Object.fromEntries(filled), ...(land !== undefined && { land }) })
  }
  return { identifiers, refused }
}

/** A date as `JJJJ-MM-DD`; a text of another length than its format is unchanged, and fails its check. */
function formatDate(text: string, format: string): string {
  if (text.length !== format.length) return text
  const part = (letters: string) => text.slice(format.indexOf(letters), format.indexOf(letters) + letters.length)
  return `${part('YYYY')}-${part('MM')}-${part('DD')}`
}
