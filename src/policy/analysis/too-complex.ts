import { type SluisError, sluisError } from '../../errors.ts'

/** The answer when work on a rule set reaches a bound. */
export const policyTooComplex = (): SluisError =>
  sluisError('policy-too-complex', {
    nl: 'deze regelset kost meer tijd of geheugen dan de gateway eraan geeft; splits grote bestanden, en laat regels elkaar minder overlappen',
    en: 'this rule set takes more time or memory than the gateway gives it; split large files, and let rules overlap less',
  })
