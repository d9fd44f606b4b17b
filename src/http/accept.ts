/** More media types and parameters than anybody sends; what follows is not read. */
const MAX_RANGES = 32
const MAX_PARAMETERS = 8

/**
 * Whether `Accept` prefers the second media type over the first; without a preference the first wins.
 * @see RFC 9110 §12.5.1
 */
export function prefersSecond(
  accept: string | null,
  [first, second]: readonly [first: string, second: string],
): boolean {
  const ranges = (accept ?? '').split(',', MAX_RANGES).map(parseRange)
  const weightOf = (type: string): number => {
    const names = [type, `${type.split('/')[0]}/*`, '*/*']
    // The most specific matching range decides.
    return (
      names.map((name) => ranges.find((range) => range.name === name)?.weight).find((weight) => weight !== undefined) ??
      0
    )
  }
  return weightOf(second) > weightOf(first)
}

function parseRange(range: string): { readonly name: string; readonly weight: number } {
  const [name = '', ...parameters] = range
    .toLowerCase()
    .split(';', MAX_PARAMETERS)
    .map((part) => part.trim())
  const quality = parameters.find((parameter) => parameter.startsWith('q='))
  const weight = quality === undefined ? 1 : Number(quality.slice(2))
  return { name, weight: weight >= 0 && weight <= 1 ? weight : 0 }
}
