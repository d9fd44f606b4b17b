import type { SubjectQuestion } from '../../model/decision.ts'
import type { Bucket } from '../engine/buckets.ts'
import type { PolicyIndex } from '../engine/compile.ts'
import { createEvaluation, type NumberedQuestion, startEvaluation } from '../engine/evaluation.ts'
import type { PolicySet } from '../policy-set.ts'
import { collectBarriers } from './collect-barriers.ts'
import { collectPermits, type Offer } from './collect-permits.ts'
import { meaningsOf } from './literals.ts'
import { numberLiterals } from './number-literals.ts'

/** Fields that every rule in scope treats in the same way, for each bucket of rules: it does not depend on what is stated. */
const alikeInBuckets = new WeakMap<Bucket, ReadonlyMap<string, number>>()

/** Puts positions of fields together that every rule in scope treats in the same way, in their order. */
export function groupAlike(
  set: PolicySet,
  index: PolicyIndex,
  numbered: NumberedQuestion,
  role: string,
  names: readonly string[],
): readonly (readonly number[])[] {
  const bucket = index.buckets.bucketAt(
    [numbered.sender, numbered.recipient, numbered.purpose, index.scopes[3].ids.get(role) ?? 0],
    numbered.era,
  )
  const kinds = alikeInBuckets.get(bucket) ?? compareFields(set, index, numbered, role)
  alikeInBuckets.set(bucket, kinds)
  return [...Map.groupBy(names.keys(), (position) => kinds.get(names[position]!)).values()]
}

function compareFields(
  set: PolicySet,
  index: PolicyIndex,
  numbered: NumberedQuestion,
  role: string,
): ReadonlyMap<string, number> {
  const evaluation = createEvaluation(index)
  const everyField: SubjectQuestion = { role, circumstances: {}, assessments: [], fields: [...index.fields.keys()] }
  startEvaluation(index, numbered, everyField, evaluation)
  const numbering = numberLiterals(index, meaningsOf(index, set.vocabulary), evaluation, new Set(), [])
  const barriers = collectBarriers(index, evaluation, numbering)
  const permits = collectPermits(index, numbered, evaluation, numbering, false)
  const first: number[] = []
  return new Map(
    evaluation.names.map((name, position) => {
      const known = first.findIndex((other) => areAlike(permits, barriers, other, position))
      return [name, known >= 0 ? known : first.push(position) - 1]
    }),
  )
}

/** Whether the same rules give the same to two fields, and the same bars are over them. */
function areAlike(
  { releases, links, coveringFiles }: ReturnType<typeof collectPermits>,
  { over }: ReturnType<typeof collectBarriers>,
  a: number,
  b: number,
): boolean {
  const isSameOffer = (one: Offer, other: Offer) => one.term === other.term && one.rank === other.rank
  return (
    areEqual(over[a]!, over[b]!, (one, other) => one.narrowing === other.narrowing && one.rank === other.rank) &&
    areEqual(releases[a]!, releases[b]!, isSameOffer) &&
    areEqual(links[a]!, links[b]!, isSameOffer) &&
    areEqual([...coveringFiles[a]!], [...coveringFiles[b]!], (one, other) => one === other)
  )
}

const areEqual = <Value>(
  a: readonly Value[],
  b: readonly Value[],
  isSame: (one: Value, other: Value) => boolean,
): boolean => a.length === b.length && a.every((one, at) => isSame(one, b[at]!))
