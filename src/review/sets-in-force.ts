import type { PolicyRecord } from '../audit/record/policy.ts'

/**
 * The rule set in force at an index of the log, by its `policy` records alone. Plain data, so that a reader that reads the log in
 * parts can pass it on.
 */
export type SetsInForce = {
  /** Hash of the set in force; absent before the first record that puts one in force. */
  readonly current?: string
  /** Replaced sets, newest first, as long as an exchange under one of them may still have been in progress. */
  readonly replaced: readonly { readonly policyHash: string; readonly at: string }[]
  /** The index that this applies to: before the record with this index is read. */
  readonly at: number
}

export const NO_SET_IN_FORCE: SetsInForce = { replaced: [], at: 0 }

/**
 * How long after a change a record may still name the replaced set: a request keeps the rules that it started with, and its record
 * can follow the record of the change. Longer than any request takes.
 */
export const IN_PROGRESS_SECONDS = 60

/** Whether a `policy` record puts its set in force: on activation, or in development, where it has no step. */
export const putsInForce = (record: PolicyRecord): record is PolicyRecord & { readonly policyHash: string } =>
  record.policyHash !== undefined && (record.step === undefined || record.step === 'activated')

/** The sets in force after a record. */
export function followRecord(
  sets: SetsInForce,
  leafIndex: number,
  record: { readonly at: string } | PolicyRecord,
): SetsInForce {
  // Once a record is later than any request takes, no older request can be in progress; a later record with an older moment does
  // not change that, because order comes from the index.
  const replaced =
    sets.replaced.length === 0 ? sets.replaced : sets.replaced.filter(({ at }) => isSoonAfter(record.at, at))
  const at = leafIndex + 1
  if (!('type' in record) || record.type !== 'policy' || !putsInForce(record)) {
    return { ...sets, replaced, at }
  }
  const { current } = sets
  const isSame = current === undefined || current === record.policyHash
  return {
    current: record.policyHash,
    replaced: isSame ? replaced : [{ policyHash: current, at: record.at }, ...replaced],
    at,
  }
}

/** Whether a decision recorded at this index and moment may be based on a set. */
export const wasInForce = (sets: SetsInForce, policyHash: string, at: string): boolean =>
  sets.current === policyHash || sets.replaced.some((set) => set.policyHash === policyHash && isSoonAfter(at, set.at))

const isSoonAfter = (at: string, change: string): boolean =>
  Date.parse(at) <= Date.parse(change) + IN_PROGRESS_SECONDS * 1000
