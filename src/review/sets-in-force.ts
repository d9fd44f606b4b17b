import type { PolicyRecord } from '../audit/record/policy.ts'

/**
 * Which rule set was in force at a place in the log, by its `policy` records alone. Plain data, so that who reads the log in
 * parts can take it along.
 */
export type SetsInForce = {
  /** Hash of the set in force; absent before the first record that puts one in force. */
  readonly current?: string
  /** Sets that made way, newest first, as long as an exchange under one of them may still have been under way. */
  readonly replaced: readonly { readonly policyHash: string; readonly at: string }[]
  /** Index of the record before which all this holds. */
  readonly at: number
}

export const NO_SET_IN_FORCE: SetsInForce = { replaced: [], at: 0 }

/**
 * How long after a change of sets a record may still name the one before: a request keeps the rules that it started with, and its
 * record can come after the record of the change. Longer than any request lives.
 */
export const UNDER_WAY_SECONDS = 60

/** Whether a `policy` record puts its set in force: when it was activated, or in development, where nothing else is said. */
export const putsInForce = ({ step }: PolicyRecord): boolean => step === undefined || step === 'activated'

/** What holds after a record, by its moment and, when it is a `policy` record, by what it says. */
export function followRecord(
  sets: SetsInForce,
  leafIndex: number,
  record: { readonly at: string } | PolicyRecord,
): SetsInForce {
  // Once the log has gone on for longer than a request lives, nothing of before can be under way; a later record that says it
  // is older changes nothing about that, because order comes from the index.
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

/** Whether a decision recorded at this place, at this moment, may rest on a set. */
export const wasInForce = (sets: SetsInForce, policyHash: string, at: string): boolean =>
  sets.current === policyHash || sets.replaced.some((set) => set.policyHash === policyHash && isSoonAfter(at, set.at))

const isSoonAfter = (at: string, change: string): boolean =>
  Date.parse(at) <= Date.parse(change) + UNDER_WAY_SECONDS * 1000
