import type { Span } from './folded-text.ts'

/** Digits of one number with what people write between them, on one line. Nothing in it can be read in two ways, so it is linear. */
const RUN = /\d(?:[^\S\n]{0,2}[().\-/_·•+]{0,3}[^\S\n]{0,2}\d)*/g
/** Numbers of persons are longer: telephone numbers, and the identity numbers of other countries. */
const MIN_DIGITS = 8

const DAY = '(?:0?[1-9]|[12]\\d|3[01])'
const MONTH = '(?:0?[1-9]|1[0-2])'
const YEAR = '(?:19|20)\\d{2}'
const CURRENCY = '(?:€|\\$|£|eur(?:o|os)?|usd|gbp|dollars?|gulden|lei|leva|hryvnia)'
const AMOUNT = '\\d{1,12}(?:[., ]\\d{3}){0,4}(?:,(?:\\d{1,2}|-))?'

/** What has many digits and is no number of a person: dates, years, times and amounts. */
const OTHERS = [
  `(?<!\\d[-/.]?)(?:${DAY}([-/.])${MONTH}\\1${YEAR}|${YEAR}([-/.])${MONTH}\\2${DAY})(?![-/.]?\\d)`,
  `(?<!\\d)${YEAR}${MONTH.replace('0?', '0')}(?:0[1-9]|[12]\\d|3[01])(?!\\d)`,
  `(?<!\\d[-/.]?)${DAY}([-/.])${MONTH}\\1\\d{2}(?![-/. ]?\\d)`,
  `(?<!\\d[-/. ]?)${YEAR}(?:[^\\S\\n]?[-/][^\\S\\n]?${YEAR}|(?:[^\\S\\n]${YEAR})+)(?![-/. ]?\\d)`,
  '(?<!\\d[-/.: ]?)(?:[01]?\\d|2[0-4])[.:][0-5]\\d[^\\S\\n]?-[^\\S\\n]?(?:[01]?\\d|2[0-4])[.:][0-5]\\d(?![-/.]?\\d)',
  `${CURRENCY}[^\\S\\n]?${AMOUNT}(?![\\d])`,
  `(?<![\\d.,])${AMOUNT}[^\\S\\n]?${CURRENCY}(?!\\p{L})`,
].map((pattern) => new RegExp(pattern, 'gu'))

/** The ranges of numbers that are long enough to be of a person, in text that is folded. Prefers false positives to misses. */
export function findLongNumbers(folded: string): Span[] {
  return findRuns(OTHERS.reduce((text, pattern) => text.replace(pattern, hide), folded)).flatMap((run) => {
    const spans: Span[] = []
    let short: Span[] = []
    const close = () => {
      const digits = short.reduce((sum, { start, end }) => sum + end - start, 0)
      if (digits >= MIN_DIGITS) spans.push({ start: short[0]!.start, end: short.at(-1)!.end })
      short = []
    }
    for (const group of groupsOf(run)) {
      if (group.end - group.start < MIN_DIGITS) short.push(group)
      else {
        close()
        spans.push(group)
      }
    }
    close()
    return spans.map((span) => withLead(folded, span))
  })
}

/** The ranges of runs of digits that contain one of these numbers, however they are grouped. */
export function findKnownDigits(folded: string, numbers: readonly string[]): Span[] {
  if (numbers.length === 0) return []
  return findRuns(folded)
    .filter(({ text }) => {
      const digits = text.replace(/\D/g, '')
      return numbers.some((number) => digits.includes(number))
    })
    .map((run) => withLead(folded, run))
}

interface Run extends Span {
  readonly text: string
}

function findRuns(folded: string): Run[] {
  return [...folded.matchAll(RUN)].map(({ index, 0: run }) => ({
    start: index,
    end: index + run.length,
    text: run,
  }))
}

/** Digits without anything between them. */
const groupsOf = ({ start, text }: Run): readonly Span[] =>
  [...text.matchAll(/\d+/g)].map(({ index, 0: group }) => ({ start: start + index, end: start + index + group.length }))

const hide = (text: string) => '#'.repeat(text.length)

/** With the plus sign and the bracket that a telephone number begins with; a bracket that does not close in it is of the text. */
function withLead(folded: string, { start, end }: Span): Span {
  const lead = /[+(]{0,2}$/.exec(folded.slice(Math.max(0, start - 2), start))![0]
  const isOfText = lead.includes('(') && !folded.slice(start, end).includes(')')
  return { start: start - (isOfText ? lead.length - 1 - lead.lastIndexOf('(') : lead.length), end }
}
