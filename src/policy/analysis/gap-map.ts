import type { Permit } from './clauses.ts'
import { type Box, joinBoxes, type Space } from './space.ts'

/** Sender, recipient, purpose and role for which something can pass. */
export interface GapMapCell {
  readonly sender: string
  readonly recipient: string
  readonly purpose: string
  readonly roles: readonly string[]
  /** Legal bases with a rule under which something can pass. */
  readonly legalBases: readonly string[]
}

/** Pairs of different parties and purposes for which no legal basis has any rule. */
export interface GapMapHole {
  readonly senders: readonly string[]
  readonly recipients: readonly string[]
  readonly purposes: readonly string[]
}

export interface GapMap {
  /** Legal date of the map. */
  readonly on: string
  readonly pairs: number
  readonly covered: readonly GapMapCell[]
  readonly holes: readonly GapMapHole[]
}

/** Makes the map from the permits under which something passes in at least one situation. */
export function drawGapMap(permits: readonly Permit[], space: Space, on: string): GapMap {
  const today = 1n << BigInt(space.words.periods.findLastIndex((day) => day <= on))
  const inForce = permits.filter(({ box }) => (box.periods & today) !== 0n)
  const { senders, recipients, purposes } = space.words
  const covered: GapMapCell[] = []
  const holes: Box[] = []
  let pairs = 0
  for (const [row, sender] of senders.entries()) {
    for (const [column, recipient] of recipients.entries()) {
      if (sender === recipient) continue
      const here = inForce.filter(({ box }) => hasBit(box.senders, row) && hasBit(box.recipients, column))
      let missing = 0n
      for (const [index, purpose] of purposes.entries()) {
        pairs += 1
        const permitting = here.filter(({ box }) => hasBit(box.purposes, index))
        if (permitting.length === 0) missing |= 1n << BigInt(index)
        else {
          const roles = permitting.reduce((mask, { box }) => mask | box.roles, 0n)
          const legalBases = [...new Set(permitting.map(({ rule }) => rule.file))]
          covered.push({
            sender,
            recipient,
            purpose,
            roles: space.wordsOf({ ...space.whole, roles }, 'roles'),
            legalBases,
          })
        }
      }
      if (missing !== 0n) {
        holes.push({ ...space.whole, senders: 1n << BigInt(row), recipients: 1n << BigInt(column), purposes: missing })
      }
    }
  }
  return {
    on,
    pairs,
    covered,
    holes: joinBoxes(holes).map((box) => ({
      senders: space.wordsOf(box, 'senders'),
      recipients: space.wordsOf(box, 'recipients'),
      purposes: space.wordsOf(box, 'purposes'),
    })),
  }
}

const hasBit = (mask: bigint, index: number): boolean => ((mask >> BigInt(index)) & 1n) === 1n
