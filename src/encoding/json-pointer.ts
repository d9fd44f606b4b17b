/** JSON Pointer (RFC 6901 §3) to a value in a body. A member name outside `knownNames` is written as `*`. */
export function formatPointer(path: readonly PropertyKey[], knownNames: ReadonlySet<string>): string {
  return path.map((step) => `/${formatStep(step, knownNames)}`).join('')
}

function formatStep(step: PropertyKey, knownNames: ReadonlySet<string>): string {
  if (typeof step === 'number') return String(step)
  if (typeof step !== 'string' || !knownNames.has(step)) return '*'
  return step.replaceAll('~', '~0').replaceAll('/', '~1')
}
