import type { TreatmentName } from '../../model/treatment-words.ts'
import { nameTreatment } from '../../model/treatment-words.ts'
import { holds, type Knowledge, type KnowledgeWords } from '../analysis/knowledge.ts'
import { type Box, overlap, type Space } from '../analysis/space.ts'
import { decide } from '../decide.ts'
import { closeQuestion } from '../facts/settle-question.ts'
import type { PolicySet } from '../policy-set.ts'
import type { Column, ColumnAxis } from './columns.ts'

/** A case in a cell: whether anything passes in it, and what happens to the field of the table. */
export interface CellCase {
  readonly passes: boolean
  readonly treatment?: TreatmentName
}

/** The cells of one row and one or more merged columns. */
export interface CellPlace {
  readonly box: Box
  readonly file: string
  readonly axis: ColumnAxis | undefined
  readonly columns: readonly Column[]
  /** Which of the columns. */
  readonly positions: readonly number[]
  readonly field: string | undefined
}

/**
 * Finds the cases of a set that are in a cell: about one of its exchanges, on its legal basis or on none, and with the statements of its
 * column. A case belongs to the columns that state the most of what it states.
 */
export function createCaseFinder(
  set: PolicySet,
  space: Space,
  words: KnowledgeWords,
  close: (stated: Knowledge) => Knowledge | undefined,
): (place: CellPlace) => readonly CellCase[] {
  const cases = set.files.flatMap((file) =>
    file.cases.map(({ question }) => {
      const subject = question.dataSubjects[0]!
      const known = Object.entries(subject.circumstances)
      const yes = known.filter(([, isSo]) => isSo).map(([word]) => word)
      const no = known.filter(([, isSo]) => !isSo).map(([word]) => word)
      const stated = words.formKnowledge({ yes, no, declared: subject.assessments })
      return {
        legalBasis: question.legalBasis,
        point: space.pointOf(question, subject),
        known: stated === undefined ? undefined : close(stated),
        decision: decide(set, closeQuestion(set, question)),
      }
    }),
  )
  return ({ box, file, axis, columns, positions, field }) => {
    const stated = columns.map((column) => words.formKnowledge(column.stated)!)
    return cases.flatMap(({ legalBasis, point, known, decision }): readonly CellCase[] => {
      if (known === undefined || (legalBasis !== undefined && legalBasis !== file)) return []
      const exchange = { ...point, legalBases: box.legalBases, ...(axis !== undefined && { [axis]: box[axis] }) }
      if (overlap(exchange, box) === undefined) return []
      if (axis === undefined ? !isInColumns(known, stated, positions) : !isOnAxis(point[axis], columns, positions))
        return []
      const fields = decision.dataSubjects[0]!.fields
      const decided = fields.find((one) => one.field === field)
      if (field !== undefined && decided === undefined) return []
      const passes = fields.some(
        ({ release, link }) => release === 'verstrekken' || release === 'generaliseren' || link,
      )
      return [
        { passes: passes && decision.outcome !== 'geweigerd', ...(decided && { treatment: nameTreatment(decided) }) },
      ]
    })
  }
}

const isOnAxis = (bit: bigint, columns: readonly Column[], positions: readonly number[]): boolean =>
  positions.some((at) => (columns[at]!.bit & bit) !== 0n)

function isInColumns(known: Knowledge, stated: readonly Knowledge[], positions: readonly number[]): boolean {
  const fitting = stated.filter((asked) => holds(known, asked))
  return positions.some((at) => {
    const asked = stated[at]!
    return holds(known, asked) && !fitting.some((other) => other !== asked && holds(other, asked))
  })
}
