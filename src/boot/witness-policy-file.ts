import { parseWitnessPolicy, type WitnessPolicy } from '../audit/checkpoint/witness-policy.ts'
import { LocalisedError } from '../errors.ts'
import { readFileWithin } from '../storage/files/read-file-within.ts'

/** A policy of a hundred witnesses with their addresses has a tenth of it. */
const MAX_POLICY_BYTES = 262_144

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
 * @throws WitnessPolicyFaultsError, or LocalisedError that names the file when it cannot be read or is over 256 KiB
 */
export function readWitnessPolicy(path: string, options?: { needsQuorum?: boolean }): WitnessPolicy {
  const reading = parseWitnessPolicy(readText(path), path, options)
  if (!reading.ok) throw new WitnessPolicyFaultsError(reading.faults)
  return reading.policy
}

function readText(path: string): string {
  let text: string | undefined
  try {
    text = readFileWithin(path, MAX_POLICY_BYTES)
  } catch (cause) {
    throw new LocalisedError(
      {
        nl: `getuigenbeleid: \`${path}\` is niet te lezen; geef het pad van een bestand`,
        en: `witness policy: \`${path}\` cannot be read; give the path of a file`,
      },
      { cause },
    )
  }
  if (text === undefined) {
    throw new LocalisedError({
      nl: `getuigenbeleid: \`${path}\` is groter dan ${MAX_POLICY_BYTES} bytes; geef een bestand met logboeken, getuigen en een quorum`,
      en: `witness policy: \`${path}\` is over ${MAX_POLICY_BYTES} bytes; give a file of logs, witnesses and a quorum`,
    })
  }
  return text
}
