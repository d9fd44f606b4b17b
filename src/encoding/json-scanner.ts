import { type ErrorCode, sluisError } from '../errors.ts'
import type { LocalisedText } from '../model/language.ts'
import type { Json } from './json.ts'
import { formatPointer } from './json-pointer.ts'

const MAX_DEPTH = 32
// No double needs more than 25 characters, so a longer literal is either padded or inexact.
const MAX_NUMBER_LENGTH = 40

const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const LITERALS: readonly (readonly [text: string, value: Json])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
]
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

const DETAILS = {
  'json-syntax': {
    nl: 'dit is geen geldige JSON; laat een JSON-bibliotheek het bericht schrijven',
    en: 'this is not valid JSON; let a JSON library write the body',
  },
  'json-duplicate-key': {
    nl: 'een sleutel van dit object komt twee keer voor; houd er één over',
    en: 'a key of this object occurs twice; keep one of them',
  },
  'json-forbidden-key': {
    nl: 'een sleutel van dit object mag niet worden gebruikt; haal hem weg',
    en: 'a key of this object may not be used; remove it',
  },
  'json-lone-surrogate': {
    nl: 'de tekst bevat een half teken (los surrogaat); schrijf het hele teken',
    en: 'the text contains half a character (a lone surrogate); write the whole character',
  },
  'json-control-character': {
    nl: 'de tekst bevat een stuurteken; haal het weg (tab en regeleinde mogen, als \\t, \\n of \\r)',
    en: 'the text contains a control character; remove it (tab and line end may stay, as \\t, \\n or \\r)',
  },
  'json-too-deep': {
    nl: `het bericht is dieper genest dan ${MAX_DEPTH} niveaus; maak het vlakker`,
    en: `the body is nested deeper than ${MAX_DEPTH} levels; make it flatter`,
  },
  'value-invalid': {
    nl: 'dit getal kan niet zonder verlies worden gelezen; stuur het als tekst',
    en: 'this number cannot be read without loss; send it as text',
  },
} as const satisfies Partial<Record<ErrorCode, LocalisedText>>

/**
 * The value of a well-formed JSON text, in one pass. See `parseJson` for what is refused and how an error points to its position.
 * @throws SluisError
 */
export function scanJson(text: string, knownNames: ReadonlySet<string>): Json {
  let at = 0
  // Members and indexes that lead to the value being read; its length is also the depth.
  const path: (string | number)[] = []

  function fail(code: keyof typeof DETAILS): never {
    const { nl, en } = DETAILS[code]
    const detail = { nl: `teken ${at + 1}: ${nl}`, en: `character ${at + 1}: ${en}` }
    throw sluisError(code, detail, { pointer: formatPointer(path, knownNames) })
  }

  function skipSpace(): void {
    for (;;) {
      const code = text.charCodeAt(at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      at++
    }
  }

  /** Skips white space and then `code`, if it is next; returns whether it was. */
  function skip(code: number): boolean {
    skipSpace()
    if (text.charCodeAt(at) !== code) return false
    at++
    return true
  }

  function scanValue(): Json {
    skipSpace()
    const code = text.charCodeAt(at)
    if (code === QUOTE) return scanString()
    if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      if (path.length >= MAX_DEPTH) fail('json-too-deep')
      at++
      return code === OPEN_BRACE ? scanObject() : scanArray()
    }
    for (const [literal, value] of LITERALS) {
      if (text.startsWith(literal, at)) {
        at += literal.length
        return value
      }
    }
    return scanNumber()
  }

  function scanObject(): Json {
    const object: Record<string, Json> = Object.create(null)
    if (skip(CLOSE_BRACE)) return object
    do {
      skipSpace()
      if (text.charCodeAt(at) !== QUOTE) fail('json-syntax')
      const key = scanString()
      if (FORBIDDEN_KEYS.has(key)) fail('json-forbidden-key')
      if (key in object) fail('json-duplicate-key')
      if (!skip(COLON)) fail('json-syntax')
      path.push(key)
      object[key] = scanValue()
      path.pop()
    } while (skip(COMMA))
    if (!skip(CLOSE_BRACE)) fail('json-syntax')
    return object
  }

  function scanArray(): Json {
    const array: Json[] = []
    if (skip(CLOSE_BRACKET)) return array
    do {
      path.push(array.length)
      array.push(scanValue())
      path.pop()
    } while (skip(COMMA))
    if (!skip(CLOSE_BRACKET)) fail('json-syntax')
    return array
  }

  function scanString(): string {
    at++
    let start = at
    let unescaped = ''
    for (;;) {
      const code = text.charCodeAt(at)
      if (code === QUOTE) break
      if (code === BACKSLASH) {
        unescaped += text.slice(start, at) + scanEscape()
        start = at
        continue
      }
      if (Number.isNaN(code)) fail('json-syntax')
      if (isControl(code)) fail('json-control-character')
      at++
    }
    const value = unescaped + text.slice(start, at)
    // UTF-8 cannot spell half a character, so only an escape can.
    if (!value.isWellFormed()) fail('json-lone-surrogate')
    at++
    return value
  }

  function scanEscape(): string {
    const letter = text.charAt(at + 1)
    let value = ESCAPES.get(letter)
    let length = 2
    if (letter === 'u') {
      const digits = text.slice(at + 2, at + 6)
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) fail('json-syntax')
      value = String.fromCharCode(Number.parseInt(digits, 16))
      length = 6
    }
    if (value === undefined) fail('json-syntax')
    if (isControl(value.charCodeAt(0)) && !'\t\n\r'.includes(value)) fail('json-control-character')
    at += length
    return value
  }

  function scanNumber(): number {
    NUMBER.lastIndex = at
    const literal = NUMBER.exec(text)?.[0]
    if (literal === undefined) fail('json-syntax')
    const value = Number(literal)
    if (!isExact(literal, value)) fail('value-invalid')
    at += literal.length
    return value
  }

  const value = scanValue()
  skipSpace()
  if (at < text.length) fail('json-syntax')
  return value
}

/** Unicode class Cc: C0, DEL and C1. */
const isControl = (code: number) => code < 0x20 || (code >= 0x7f && code <= 0x9f)

/** Whether the number equals the literal, digit for digit. Integers must also be safe (RFC 7493 §2.2). */
function isExact(literal: string, value: number): boolean {
  if (literal.length > MAX_NUMBER_LENGTH || !Number.isFinite(value)) return false
  if (/^-?[0-9]+$/.test(literal)) return Number.isSafeInteger(value)
  return formatSignificand(literal) === formatSignificand(String(value))
}

function formatSignificand(literal: string): string {
  const [, whole = '', fraction = '', exponent = '0'] = /^-?(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(literal) ?? []
  const digits = (whole + fraction).replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  if (significant === '') return '0'
  return `${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`
}
