import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatUtf8 } from '../../src/encoding/bytes.ts'
import { type ErrorCode, SluisError } from '../../src/errors.ts'
import { MAX_BODY_BYTES, parseJson } from '../../src/report/json.ts'
import { faultOf } from './fault.ts'

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

// What is sent, the code, the pointer.
const REFUSED: [name: string, body: string, code: ErrorCode, pointer: string][] = [
  ['an empty body', '', 'json-syntax', ''],
  ['white space only', ' \n', 'json-syntax', ''],
  ['trailing data', '{} {}', 'json-syntax', ''],
  ['a trailing comma in an array', '[1,]', 'json-syntax', '/1'],
  ['a trailing comma in an object', '{"role":1,}', 'json-syntax', ''],
  ['a missing comma', '[1 2]', 'json-syntax', ''],
  ['a missing colon', '{"role" 1}', 'json-syntax', ''],
  ['a key without quotation marks', '{role:1}', 'json-syntax', ''],
  ['apostrophes', "['a']", 'json-syntax', '/0'],
  ['a comment', '[1] // one', 'json-syntax', ''],
  ['an open array', '[[1]', 'json-syntax', ''],
  ['an open object', '{"role":{"by":1}', 'json-syntax', ''],
  ['an open text', '"abc', 'json-syntax', ''],
  ['a text that ends in a backslash', '"abc\\', 'json-syntax', ''],
  ['an unknown escape', '"\\x41"', 'json-syntax', ''],
  ['a short escape', '"\\u12"', 'json-syntax', ''],
  ['NaN', 'NaN', 'json-syntax', ''],
  ['a leading zero', '[01]', 'json-syntax', ''],
  ['a leading plus', '+1', 'json-syntax', ''],
  ['a bare fraction', '.5', 'json-syntax', ''],
  ['a half exponent', '1e', 'json-syntax', ''],
  ['a capital literal', 'True', 'json-syntax', ''],
  ['a vertical tab as space', '\v1', 'json-syntax', ''],
  ['a non-breaking space', '\u00a01', 'json-syntax', ''],
  ['a duplicate key', '{"role":1,"role":2}', 'json-duplicate-key', ''],
  ['a duplicate key by way of an escape', '{"by":1,"\\u0062y":2}', 'json-duplicate-key', ''],
  [
    'a duplicate key deep down',
    '{"dataSubjects":[{"data":{"on":1,"on":1}}]}',
    'json-duplicate-key',
    '/dataSubjects/0/data',
  ],
  ['a duplicate empty key', '{"":1,"":2}', 'json-duplicate-key', ''],
  ['the key __proto__', '{"data":{"__proto__":{}}}', 'json-forbidden-key', '/data'],
  ['the key __proto__ by way of an escape', '{"\\u005f_proto__":{}}', 'json-forbidden-key', ''],
  ['the key constructor', '{"constructor":1}', 'json-forbidden-key', ''],
  ['the key prototype', '[{"prototype":1}]', 'json-forbidden-key', '/0'],
  ['a lone high surrogate', '"\\ud83d"', 'json-lone-surrogate', ''],
  ['a lone low surrogate', '["\\ude00"]', 'json-lone-surrogate', '/0'],
  ['surrogates in the wrong order', '"\\ude00\\ud83d"', 'json-lone-surrogate', ''],
  ['a high surrogate before a whole character', '"\\ud83d😀"', 'json-lone-surrogate', ''],
  ['a lone surrogate in a key', '{"data":{"\\ud83d":1}}', 'json-lone-surrogate', '/data'],
  ['an escaped NUL', '{"reference":"\\u0000"}', 'json-control-character', '/reference'],
  ['a raw NUL in a text', '"\0"', 'json-control-character', ''],
  ['a raw line feed in a text', '"a\nb"', 'json-control-character', ''],
  ['an escaped backspace', '"\\b"', 'json-control-character', ''],
  ['an escaped form feed', '"\\f"', 'json-control-character', ''],
  ['an escaped U+001F', '"\\u001f"', 'json-control-character', ''],
  ['a raw U+007F', '"\u007f"', 'json-control-character', ''],
  ['a raw U+0085', '"\u0085"', 'json-control-character', ''],
  ['an escaped U+009F', '"\\u009f"', 'json-control-character', ''],
  ['33 levels', nested(33), 'json-too-deep', '/0'.repeat(32)],
  ['a hundred thousand levels', nested(100_000), 'json-too-deep', '/0'.repeat(32)],
  ['an infinite number', '[1e400]', 'value-invalid', '/0'],
  ['a number that vanishes', '1e-400', 'value-invalid', ''],
  ['2^53', '9007199254740992', 'value-invalid', ''],
  ['2^53 + 1', '-9007199254740993', 'value-invalid', ''],
  ['2^53 + 1 with an exponent', '9007199254740993e0', 'value-invalid', ''],
  ['a fraction with too many digits', '0.10000000000000000555', 'value-invalid', ''],
  ['a megabyte of digits', `1${'0'.repeat(500_000)}1`, 'value-invalid', ''],
]

describe('a strict JSON parser', () => {
  test.each(REFUSED)('a strict JSON parser refuses %s', (_, body, code, pointer) => {
    expect(faultOf(() => parseJson(formatUtf8(body)))).toMatchObject({ code, pointer })
  })

  test.each([
    ['a stray continuation byte', [0x22, 0x80, 0x22], 'json-invalid-utf8'],
    ['an overlong form', [0x22, 0xc0, 0xaf, 0x22], 'json-invalid-utf8'],
    ['a surrogate in UTF-8', [0x22, 0xed, 0xa0, 0x80, 0x22], 'json-invalid-utf8'],
    ['UTF-16 with a byte order mark', [0xff, 0xfe, 0x31, 0x00], 'json-invalid-utf8'],
    ['a byte order mark', [0xef, 0xbb, 0xbf, 0x31], 'json-byte-order-mark'],
  ])('a strict JSON parser refuses bytes that are %s', (_, bytes, code) => {
    expect(faultOf(() => parseJson(Uint8Array.from(bytes)))).toMatchObject({ code })
  })

  test('a strict JSON parser reads a body of exactly the largest size and refuses one byte more', () => {
    const body = formatUtf8(`"${'a'.repeat(MAX_BODY_BYTES - 2)}"`)
    expect(parseJson(body)).toHaveLength(MAX_BODY_BYTES - 2)
    expect(faultOf(() => parseJson(Uint8Array.from([...body, 0x20])))).toMatchObject({ code: 'body-too-large' })
  })

  test.each([
    ['32 levels', nested(32)],
    ['an escaped tab, line feed and carriage return', '"a\\t\\n\\u000d"'],
    ['an escaped pair', '"\\ud83d\\ude00"'],
    ['a raw astral character', '"😀"'],
    ['every other escape', '"\\"\\\\\\/\\u0041\\u00e9"'],
    ['a separator that JavaScript once refused', '"\u2028"'],
    ['the greatest safe integer', '9007199254740991'],
    ['numbers in many spellings', '[0,-0,1.50,1E2,1e+2,0.1,1e300,5e-324,100e-2,0.0]'],
    ['equal keys in different objects', '[{"a":1},{"a":{"a":2}}]'],
    ['keys of Object.prototype', '{"toString":1,"hasOwnProperty":2}'],
    ['white space everywhere', ' \t\r\n[ 1 , { "a" : true } , null ] '],
  ])('a strict JSON parser reads %s as JSON.parse does', (_, body) => {
    expect(parseJson(formatUtf8(body))).toEqual(JSON.parse(body))
  })

  test('a strict JSON parser makes objects without a prototype', () => {
    expect(Object.getPrototypeOf(parseJson(formatUtf8('{"a":1}')))).toBeNull()
  })

  test('a strict JSON parser names a member that it knows and stars any other', () => {
    const body = formatUtf8('{"dataSubjects":[{"data":{"Jansen":{"x":"\\u0000"}}}]}')
    expect(faultOf(() => parseJson(body)).pointer).toBe('/dataSubjects/0/data/*/*')
    expect(faultOf(() => parseJson(body, new Set(['x']))).pointer).toBe('/*/0/*/*/x')
  })

  test('a strict JSON parser escapes a known name as RFC 6901 requires', () => {
    const body = formatUtf8('{"a/b~c":nul}')
    expect(faultOf(() => parseJson(body, new Set(['a/b~c']))).pointer).toBe('/a~1b~0c')
  })

  test('a strict JSON parser reports the position of a fault and never what was sent', () => {
    const { detail } = faultOf(() => parseJson(formatUtf8('{"data":{"Fatima":1,"Fatima":2}}')))
    expect(detail.en).toMatch(/^character \d+: .+; .+/)
    expect(JSON.stringify(detail)).not.toContain('Fatima')
  })

  test('a strict JSON parser gives back every value that it does not refuse', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value)
        const result = attempt(() => parseJson(formatUtf8(text)))
        if (result instanceof SluisError) expect(hasRefusedThing(text)).toBe(true)
        else expect(JSON.stringify(result)).toBe(JSON.stringify(JSON.parse(text)))
      }),
    )
  })

  const garbage = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc
      .array(
        fc.constantFrom(
          '{',
          '}',
          '[',
          ']',
          '"',
          ',',
          ':',
          '\\',
          '\\u00',
          '1',
          '-',
          '.',
          'e',
          'true',
          'null',
          ' ',
          'é',
          '"a"',
        ),
        {
          maxLength: 14,
        },
      )
      .map((parts) => formatUtf8(parts.join(''))),
  )

  test('a strict JSON parser refuses garbage or agrees with JSON.parse', () => {
    fc.assert(
      fc.property(garbage, (bytes) => {
        const result = attempt(() => parseJson(bytes))
        if (result instanceof SluisError) return
        expect(result).toEqual(JSON.parse(new TextDecoder().decode(bytes)))
      }),
      { numRuns: 2000 },
    )
  })

  test('a strict JSON parser refuses whatever JSON.parse refuses', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom('', '"', ',', '}', ']', '\\', '0', 'x'), (json, at, insert) => {
        const cut = at % (json.length + 1)
        const mutated = json.slice(0, cut) + insert + json.slice(cut + 1)
        const expected = attempt(() => JSON.parse(mutated.toWellFormed()))
        if (!(expected instanceof SyntaxError)) return
        expect(attempt(() => parseJson(formatUtf8(mutated)))).toBeInstanceOf(SluisError)
      }),
      { numRuns: 1000 },
    )
  })
})

function attempt(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return error
  }
}

/** Is there anything in a text of JSON.stringify that we refuse on purpose? */
function hasRefusedThing(text: string): boolean {
  return /__proto__|constructor|prototype|\\[bf]|\\u[0-9a-f]{4}|[\u007f-\u009f]|\d{16,}/.test(text)
}
