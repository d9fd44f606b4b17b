import { passesElevenTest } from '../encoding/eleven-test.ts'

/**
 * Identity and contact numbers of made-up people. The n-th numbers of a kind are all different and scattered over its
 * range, so that two people share a number only on purpose.
 */

/** The whole range reserved for tests: 9999… and passing the eleven test. */
const TEST_BSNS: readonly string[] = Array.from({ length: 100_000 }, (_, tail) => String(999_900_000 + tail)).filter(
  passesElevenTest,
)

/** How many people can have a BSN of their own. */
export const BSN_COUNT = TEST_BSNS.length

export const bsnAt = (n: number): string => TEST_BSNS[scatter(n, 0, BSN_COUNT)]!

/** Ten digits. Members of one household get consecutive numbers, as people do who report together. */
export const vNumberAt = (household: number, member: number): string =>
  `2${String(scatter(household, 1, 1e8)).padStart(8, '0')}${member}`

/** A letter of the issuing country and eight digits. */
export const documentNumberAt = (n: number, country: string): string =>
  `${country.charAt(0)}${String(scatter(n, 2, 1e8)).padStart(8, '0')}`

/** A Dutch mobile number: 06 and eight digits, the first from 1 to 5. */
export const dutchMobileAt = (n: number): string => `+316${1e7 + scatter(n, 3, 5e7)}`

export const mobileAt = (n: number, { prefix, digits }: { prefix: string; digits: number }): string =>
  `${prefix}${String(scatter(n, 4, 10 ** digits)).padStart(digits, '0')}`

/** An account at a bank that does not exist, with the check digits of ISO 7064 (MOD 97-10). */
export function ibanAt(n: number): string {
  const account = String(scatter(n, 5, 1e10)).padStart(10, '0')
  // F I C T N L as numbers from 10, then 00 for the check digits.
  const check = 98n - (BigInt(`15181229${account}232100`) % 97n)
  return `NL${String(check).padStart(2, '0')}FICT${account}`
}

/** Coprime with 9,091 and with 10, so that steps of this size visit a whole range before they repeat. */
const STEP = 618_033_989
/** Apart, so that two kinds of number of one person have no digits in common. */
const START = 271_828_183

/** A different number in [0, size) for every n below size. Exact for n up to ten million. */
const scatter = (n: number, kind: number, size: number): number => (n * STEP + (kind + 1) * START) % size
