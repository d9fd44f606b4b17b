import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isScalar, parseDocument, visit } from 'yaml'

/** A mark that every hostile text has, so that a test finds them on a page. */
export const MARK = '☠'

/** What breaks out of a tag, an attribute, a script, a style or a template; and what becomes an address. */
const MARKUP = `${MARK}"'\`><img src=x onerror="window.taken=1"><script>window.taken=1</script></script></title></textarea></select></template><svg/onload=window.taken=1>&lt;b&gt;\${7*7}{{7*7}}javascript:window.taken=1`
/** Letters that are written from right to left, and a pile of marks on one letter. */
const TURNED = `${MARK}שלום (עולם) 12!مرحبا e${'\u0301'.repeat(60)}`
/** A word that does not fit on a telephone. */
const LONG = `${MARK}${'o'.repeat(600)}`

/** One after the other, so that every page has each. All in one would make every page as long as a book. */
const TEXTS = [`${MARKUP} שלום`, TURNED, `${LONG} שלום`]

/** Characters that turn text around or cannot be seen; what people type and send may contain them. */
export const INVISIBLE = '\u202E\u2066\u200B\u061C'

/** What a person can type or send, also where a line of 200 characters is the limit. */
export const TYPED = `${MARK}"'\`><img src=x onerror="window.taken=1"></script><svg/onload=window.taken=1>${INVISIBLE}שלום (עולם) 12 e${'\u0301'.repeat(20)}${'o'.repeat(50)}${MARK}`
/** The same without any limit. */
export const TYPED_LONG = `${TYPED}${'o'.repeat(10_000)}`

/** Keys whose value is a text for people, in every kind of rule file. */
const KEYS = new Set([
  'nl',
  'en',
  'titel',
  'grond',
  'naam',
  'citeer',
  'samenvatting',
  'toelichting',
  'vraag',
  'intussen',
])

/** A word of the vocabulary, which some of these keys have in other places. */
const IS_WORD = /^[a-z0-9-]+$/

/**
 * Copies the shipped rule set, with a hostile text inside every text for people.
 * @returns how many texts became hostile
 */
export function writeHostilePolicies(folder: string): number {
  cpSync('policies', folder, { recursive: true })
  let count = 0
  for (const { parentPath, name } of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!name.endsWith('.yaml')) continue
    const path = join(parentPath, name)
    const document = parseDocument(readFileSync(path, 'utf8'))
    visit(document, {
      Pair(_, pair) {
        // A condition of a law names the question of a rule file there.
        const { key, value } = pair
        // A condition of a law names the question of a rule file there.
        if (name === 'bronnen.yaml' && isScalar(key) && key.value === 'vraag') return undefined
        if (!isScalar(key) || !KEYS.has(String(key.value)) || !isScalar(value) || typeof value.value !== 'string')
          return undefined
        if (IS_WORD.test(value.value)) return undefined
        value.value = spoil(value.value, TEXTS[count++ % TEXTS.length]!)
        value.type = 'QUOTE_DOUBLE'
        return undefined
      },
    })
    writeFileSync(path, document.toString({ lineWidth: 0 }))
  }
  return count
}

/** Puts a hostile text in the middle, so that what comes before and after it can still be told apart: each text has a mark at both ends. */
function spoil(text: string, hostile: string): string {
  const [, words, end] = /^(.*?)([.?!]?)$/s.exec(text)!
  const [first, ...rest] = words!.split(' ')
  return `${MARK}${[first, hostile, ...rest].join(' ')}${MARK}${end}`
}
