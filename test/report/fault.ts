import { type Fault, SluisError } from '../../src/errors.ts'

/** Every fault that a call throws. */
export function faultsOf(run: () => unknown): readonly Fault[] {
  try {
    run()
  } catch (error) {
    if (error instanceof SluisError) return error.faults
    throw error
  }
  throw new Error('nothing was refused')
}

/** The only fault that a call throws. */
export function faultOf(run: () => unknown): Fault {
  const [fault, ...others] = faultsOf(run)
  if (fault === undefined || others.length > 0) throw new Error('there is more than one fault')
  return fault
}
