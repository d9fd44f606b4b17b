import { readFileSync } from 'node:fs'
import { parseWitnessPolicy, type WitnessPolicy } from '../audit/checkpoint/witness-policy.ts'

/** A witness policy has faults; all of them are in the list, as `file:line:column: what is wrong; how to fix it`. */
export class WitnessPolicyFaultsError extends Error {
  override readonly name = 'WitnessPolicyFaultsError'
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(`the witness policy has ${faults.length} fault(s); fix them and try again`)
    this.faults = faults
  }
}

/**
 * The witness policy in a file.
 * @param options.needsQuorum false for a file that only lists logs
 * @throws WitnessPolicyFaultsError, or Error that names the file when it cannot be read
 */
export function readWitnessPolicy(path: string, options?: { needsQuorum?: boolean }): WitnessPolicy {
  const reading = parseWitnessPolicy(readText(path), path, options)
  if (!reading.ok) throw new WitnessPolicyFaultsError(reading.faults)
  return reading.policy
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new Error(`witness policy: \`${path}\` cannot be read; give the path of a file`, { cause })
  }
}
