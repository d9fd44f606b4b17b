import type { TreatmentName } from '../../model/treatment-words.ts'
import { viewField } from '../analysis/behaviour.ts'
import {
  type Bar,
  type Clause,
  clausesOf,
  effectOf,
  fieldsOf,
  type Narrowing,
  type Permit,
} from '../analysis/clauses.ts'
import {
  ALWAYS,
  type Alternatives,
  closureIn,
  holds,
  type Knowledge,
  type KnownWords,
  knowledgeWords,
  least,
  NOTHING,
  withoutSilences,
} from '../analysis/knowledge.ts'
import { AXES, type Box, divide, exchangeSpace, joinBoxes } from '../analysis/space.ts'
import { indexOf } from '../engine/compile.ts'
import type { PolicyFile, PolicySet } from '../policy-set.ts'
import { meaningsOf } from '../questions/literals.ts'
import { type Column, type ColumnKind, type Columns, type ColumnTopic, listColumns } from './columns.ts'
import { createCaseFinder } from './covering-cases.ts'
import { meet, type Reach, reachField, type Scope } from './reach.ts'

/** The most that can pass of one field in a cell. */
export type CellField = Omit<Reach, 'ways'> & { readonly field: string }

export interface Cell {
  /** Every field that a rule of the table gives in any cell, or the one field that was asked for. */
  readonly fields: readonly CellField[]
  /** The fewest statements that give all of it at once; absent when fields need different ones. */
  readonly statements?: KnownWords
  /** How many other sets of statements give the same. */
  readonly otherWays: number
  /** Whether a case of the set is in the cell and ends as the cell says. */
  readonly isCovered: boolean
}

/** Exchanges that the rules cannot tell apart, and a cell for each column. */
export interface MatrixRow {
  readonly senders: readonly string[]
  readonly recipients: readonly string[]
  readonly purposes: readonly string[]
  /** Absent when roles are the columns. */
  readonly roles?: readonly string[]
  readonly cells: readonly Cell[]
}

/** What one legal basis lets pass at most, for everybody. What no row names is refused for lack of a legal basis. */
export interface Matrix {
  readonly file: string
  /** The legal date; absent when dates are the columns. */
  readonly on?: string
  /** Columns in which every cell is equal are one. */
  readonly columns: readonly (readonly ColumnTopic[])[]
  readonly rows: readonly MatrixRow[]
}

export interface MatrixOptions {
  readonly columns: ColumnKind
  /** Legal date, `YYYY-MM-DD`. */
  readonly on: string
  /** One field alone. */
  readonly field?: string
}

/** Most cells that one call computes before it merges rows, and most that its tables show together. */
export interface MatrixBounds {
  readonly computed: number
  readonly shown: number
}
export const MATRIX_BOUNDS: MatrixBounds = { computed: 200_000, shown: 5000 }

/**
 * Draws the tables of rule files: one for each legal basis. A prohibition or safeguard gets the table of each legal basis that it
 * narrows, limited to the exchanges and fields that it is about. Above the bounds there is no table, not a part of one.
 *
 * @throws SluisError `policy-too-complex` when one cell has too many sets of statements
 */
export function drawMatrices(
  set: PolicySet,
  files: readonly PolicyFile[],
  options: MatrixOptions,
  {
    bounds = MATRIX_BOUNDS,
    onProgress = () => {},
  }: { readonly bounds?: MatrixBounds; readonly onProgress?: (done: number, total: number) => void } = {},
): readonly Matrix[] | 'too-large' {
  const space = exchangeSpace(set)
  const words = knowledgeWords(set.vocabulary)
  const clauses = clausesOf(set, space, words)
  const close = closureIn(words, set.vocabulary)
  const firm = firmSilences(set, words)
  const findCases = createCaseFinder(set, space, words, close)
  const spent = { computed: 0, shown: 0 }
  const chosen = new Set(files.map(({ id }) => id))
  const narrowing = [...set.prohibitions, ...set.safeguards].filter(({ file }) => chosen.has(file))
  const bases = [...set.rulesByFile.keys()].filter((file) => narrowing.length > 0 || chosen.has(file))
  const matrices: Matrix[] = []
  for (const [index, file] of bases.entries()) {
    onProgress(index, bases.length)
    const matrix = drawBasis(file, chosen.has(file) ? undefined : narrowing)
    if (spent.computed > bounds.computed || spent.shown > bounds.shown) return 'too-large'
    if (matrix !== undefined) matrices.push(matrix)
  }
  onProgress(bases.length, bases.length)
  return matrices

  /** @param within prohibitions and safeguards that the table is limited to */
  function drawBasis(file: string, within: readonly Narrowing[] | undefined): Matrix | undefined {
    const own = clauses.filter((clause): clause is Permit => clause.kind === 'permit' && clause.rule.file === file)
    const given = [...new Set(own.flatMap(({ rule }) => fieldsOf(rule)))]
    const fields = (options.field === undefined ? given : [options.field]).filter(
      (field) => within?.some((rule) => effectOf(rule, field) !== undefined) ?? true,
    )
    if (fields.length === 0) return undefined
    const cases = set.files.find(({ id }) => id === file)?.cases ?? []
    const layout = listColumns(options.columns, { vocabulary: set.vocabulary, space, words, permits: own, cases })
    const { axis, columns } = layout
    const bars = clauses.filter(
      (clause): clause is Bar =>
        clause.kind === 'bar' && fields.some((field) => effectOf(clause.rule, field) !== undefined),
    )
    const barring = new Set(bars.map(({ rule }) => rule))
    const lifts = clauses.filter((clause) => clause.kind === 'lift' && barring.has(clause.of))
    // Rows are divided as if every clause covered every column, so that all columns have the same rows.
    const things = [...own, ...bars, ...lifts].map((clause, id) => ({
      id,
      clause,
      box: axis === undefined ? clause.box : { ...clause.box, [axis]: space.whole[axis] },
    }))
    const base = space.boxOf({ scope: {}, file })
    const day = 1n << BigInt(space.words.periods.findLastIndex((from) => from <= options.on))
    const region: Box = {
      ...base,
      legalBases: 1n << BigInt(space.words.legalBases.indexOf(file)),
      ...(axis !== 'periods' && { periods: day }),
    }
    const cellOf = cellFinder(fields, layout)
    const parts: { readonly box: Box; readonly cells: readonly Drawn[] }[] = []
    for (const { box, things: present } of divide(region, things, ({ clause }) => clause.kind === 'permit')) {
      if (within !== undefined && !present.some(({ clause }) => clause.kind === 'bar' && within.includes(clause.rule)))
        continue
      if (isWithinOneParty(box)) continue
      spent.computed += columns.length
      if (spent.computed > bounds.computed) return undefined
      const cells = columns.map((column) => {
        const inPlay = present.filter(({ clause }) => axis === undefined || (clause.box[axis] & column.bit) !== 0n)
        return cellOf(column, inPlay)
      })
      if (cells.some(({ passesOrIsBarred }) => passesOrIsBarred)) parts.push({ box, cells })
    }
    if (parts.length === 0) return undefined
    return tableOf(file, layout, parts)
  }

  /** Looks for the statements once for each bit that a rule asks. */
  function findSettling(known: Knowledge, fixed: Knowledge): Scope['settling'] {
    const statements = [...set.vocabulary.circumstances.keys()]
      .flatMap((word) => [words.isTrue(word), words.isFalse(word)])
      .filter((bit) => (bit & fixed) === NOTHING)
    const found = new Map<Knowledge, Alternatives>()
    return (fixedBit) => {
      const settling = found.get(fixedBit) ?? statements.filter((bit) => holds(close(known | bit) ?? NOTHING, fixedBit))
      found.set(fixedBit, settling)
      return settling
    }
  }

  /** Computes each different cell of a table once. */
  function cellFinder(fields: readonly string[], { fixed, columns }: Columns) {
    const scopes = new Map(
      columns.map((column): [Column, Scope] => {
        const known = close(words.formKnowledge(column.stated)!)! | firm
        return [column, { known, fixed, close, settling: findSettling(known, fixed) }]
      }),
    )
    const found = new Map<string, Drawn>()
    return (column: Column, inPlay: readonly { readonly id: number; readonly clause: Clause }[]): Drawn => {
      const name = `${columns.indexOf(column)}:${inPlay
        .map(({ id }) => id)
        .sort()
        .join()}`
      const known = found.get(name)
      if (known !== undefined) return known
      const scope = scopes.get(column)!
      const reaches = fields.map((field) => ({
        field,
        ...reachField(
          viewField(
            set,
            field,
            inPlay.map(({ clause }) => clause),
          ),
          scope,
        ),
      }))
      const cell = form(reaches, scope)
      found.set(name, cell)
      return cell
    }
  }

  function form(reaches: readonly (Reach & { readonly field: string })[], scope: Scope): Drawn {
    const passing = reaches.filter(({ treatment }) => PASSING.has(treatment))
    const distinct = new Map(passing.map(({ ways }) => [ways.join(), ways]))
    const joint = [...distinct.values()].reduce<Alternatives>((sofar, ways) => meet(sofar, ways, scope), ALWAYS)
    const stated = least(joint.map(withoutSilences))
    const shortest = stated.toSorted((a, b) => countBits(a) - countBits(b))[0]
    const content = {
      fields: reaches.map(({ ways: _, ...field }) => field),
      ...(shortest !== undefined && { statements: words.describe(shortest) }),
      otherWays: Math.max(0, stated.length - 1),
    }
    return {
      content,
      key: JSON.stringify(content),
      passes: passing.length > 0,
      passesOrIsBarred: reaches.some(({ reason }) => reason !== 'geen-grondslag'),
    }
  }

  function tableOf(
    file: string,
    { axis, columns }: Columns,
    parts: readonly { readonly box: Box; readonly cells: readonly Drawn[] }[],
  ): Matrix {
    const groups = [...Map.groupBy(parts, ({ cells }) => cells.map(({ key }) => key).join('\n')).values()]
    const merged = [
      ...Map.groupBy(columns.keys(), (at) => groups.map((group) => group[0]!.cells[at]!.key).join('\n')).values(),
    ]
    const rows = groups.flatMap((group) =>
      joinBoxes(group.map(({ box }) => box)).map((box) => ({ box, cells: group[0]!.cells })),
    )
    spent.shown += rows.length * merged.length
    return {
      file,
      ...(axis !== 'periods' && { on: options.on }),
      columns: merged.map((positions) => positions.map((at) => columns[at]!.topic)),
      rows: rows
        .toSorted((a, b) => compareBoxes(a.box, b.box))
        .map(({ box, cells }) => ({
          senders: space.wordsOf(box, 'senders'),
          recipients: space.wordsOf(box, 'recipients'),
          purposes: space.wordsOf(box, 'purposes'),
          ...(axis !== 'roles' && { roles: space.wordsOf(box, 'roles') }),
          cells: merged.map((positions) => {
            const { content, passes } = cells[positions[0]!]!
            const near = findCases({ box, file, axis, columns, positions, field: options.field })
            const isCovered =
              options.field === undefined
                ? near.some((one) => one.passes === passes)
                : near.some(({ treatment }) => treatment === content.fields[0]!.treatment)
            return { ...content, isCovered }
          }),
        })),
    }
  }
}

interface Drawn {
  readonly content: Omit<Cell, 'isCovered'>
  readonly key: string
  readonly passes: boolean
  readonly passesOrIsBarred: boolean
}

const PASSING: ReadonlySet<TreatmentName> = new Set(['released', 'coarser', 'linkedOnly'])

/** What an organisation does with its own data is no exchange. */
const isWithinOneParty = ({ senders, recipients }: Box): boolean =>
  senders === recipients && (senders & (senders - 1n)) === 0n

/** In the order of the vocabulary: by the first word of each axis, then by how many. */
function compareBoxes(a: Box, b: Box): number {
  for (const axis of AXES) {
    const [one, other] = [a[axis] & -a[axis], b[axis] & -b[axis]]
    if (one !== other) return one < other ? -1 : 1
  }
  return 0
}

function countBits(knowledge: bigint): number {
  let count = 0
  for (let rest = knowledge; rest !== 0n; rest &= rest - 1n) count++
  return count
}

/** Silences that nothing breaks which a rule asks for: they hold in every cell, and would only multiply the sets to compare. */
function firmSilences(set: PolicySet, words: Parameters<typeof closureIn>[0]): Knowledge {
  const { literals, firmSilences: facts } = meaningsOf(indexOf(set), set.vocabulary)
  return [...facts]
    .map((fact) => literals[fact]!)
    .reduce((all, { word, value }) => all | (value ? words.isUndenied(word) : words.isUnstated(word)), NOTHING)
}
