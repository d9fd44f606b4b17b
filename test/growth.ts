/** Half of what Node takes as headers, and all of it. */
const SIZES = [8192, 16_384] as const
/** Work that seems to grow too fast is measured again between sizes where linear and quadratic work lie further apart: 4 and 16 times. */
const FAR_SIZES = [8192, 32_768] as const
const MOST_FAR_GROWTH = 8
const SUSPICIONS = 4
/** The longest text that reaches the work: measured from its half, and from a quarter of it. */
const sizesUpTo = (most: number) => ({ near: [most / 2, most], far: [most / 4, most] }) as const
const HEADER_SIZES = { near: SIZES, far: FAR_SIZES } as const
/** For values that are refused when they are longer than a name. */
export const FIELD_SIZES = sizesUpTo(400)
/** For free text. */
export const FREE_TEXT_SIZES = sizesUpTo(4000)
/** Twice the text takes twice the time when the work is linear, and four times when it is quadratic. */
const MOST_GROWTH = 3
const ATTEMPTS = 8
const LEAST_MS = 0.3
/** A measurement this long is repeated twice and no more. */
const UNDISTURBED_MS = 10

/** Runs of one character, and of mixtures that patterns for headers, addresses, numbers and names stumble over. */
export const RUNS = [
  ...[
    ' ',
    '\t',
    ',',
    ';',
    '=',
    '"',
    'a',
    'Z',
    '0',
    '1',
    '-',
    '_',
    '.',
    '/',
    '%',
    '*',
    '\\',
    '+',
    '~',
    '(',
    '@',
    ':',
    'é',
  ],
  ...[
    'a ',
    ' a',
    ', ',
    ' ;',
    '; ',
    ';q=',
    '%2',
    '%41',
    '0a',
    '10',
    '-0',
    'a-',
    'a.',
    './',
    '/a',
    'a=',
    '&a=',
    '==',
    '("',
    'a@',
  ],
] as const

/** Runs for text beyond the characters of headers. */
export const TEXT_RUNS = [
  ...RUNS,
  '\n',
  'é\u0301',
  '\u0301',
  '\u00a0',
  'ا',
  '汉',
  '😀',
  '\u200b',
  'a\n',
  '06 ',
  'nl91',
  '+31 ',
  '1 1 1 ',
  '0-0-0-',
  'a@a@',
  'a (at) ',
  'a1',
  'A ',
  '€1',
  '2024-',
  '٣',
  '\u200f',
  '\u202e',
  '王',
  'ж ',
  'ﷺ',
  // Marks of two classes, which normalising sorts.
  '\u0301\u0323',
] as const

type Work = (text: string) => unknown

/** How many times longer the work takes for the second of two sizes of a run. A ratio does not depend on the machine. */
export async function measureGrowth(
  work: Work,
  run: string,
  [start, end]: readonly [string, string],
  sizes: readonly [number, number] = SIZES,
): Promise<number> {
  const [half, whole] = sizes.map((size) => start + run.repeat(Math.floor(size / run.length)) + end)
  await measure(work, half!)
  // The fastest of several measurements is the one that was disturbed least.
  let [fastestHalf, fastestWhole] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    fastestHalf = Math.min(fastestHalf, await measure(work, half!))
    fastestWhole = Math.min(fastestWhole, await measure(work, whole!))
    const isLinear = attempt > 0 && fastestWhole / fastestHalf < MOST_GROWTH
    if (isLinear || (attempt > 1 && fastestHalf > UNDISTURBED_MS)) break
  }
  return fastestWhole / fastestHalf
}

/** The runs and surroundings under which the work grows faster than its input. */
export async function findSteep(
  work: Work,
  runs: readonly string[],
  surroundings: readonly (readonly [string, string])[],
  sizes: typeof HEADER_SIZES | typeof FIELD_SIZES = HEADER_SIZES,
): Promise<readonly string[]> {
  const steep: string[] = []
  for (const run of runs) {
    for (const [start, end] of surroundings) {
      if ((await measureGrowth(work, run, [start, end], sizes.near)) < MOST_GROWTH) continue
      // Work that is quadratic is so every time, and a disturbance is not.
      let growth = Number.POSITIVE_INFINITY
      for (let again = 0; again < SUSPICIONS && growth >= MOST_FAR_GROWTH; again++)
        growth = Math.min(growth, await measureGrowth(work, run, [start, end], sizes.far))
      if (growth >= MOST_FAR_GROWTH) steep.push(`${JSON.stringify([start, run, end])} grows ${growth.toFixed(1)} times`)
    }
  }
  return steep
}

/** Milliseconds for one run of the work, from enough runs to be measurable. */
async function measure(work: Work, text: string): Promise<number> {
  const started = performance.now()
  let runs = 0
  let passed = 0
  while (passed < LEAST_MS) {
    await work(text)
    runs++
    passed = performance.now() - started
  }
  return passed / runs
}
