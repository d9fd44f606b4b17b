import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatVerifierKey,
  type SignatureType,
  type VerifierKey,
  verifierKeyOf,
} from '../../../src/audit/checkpoint/signed-note.ts'
import { isSatisfied, parseWitnessPolicy, type WitnessPolicy } from '../../../src/audit/checkpoint/witness-policy.ts'

const keyNumber = (
  number: number,
  type: SignatureType,
  name = `${type === 'ed25519' ? 'log' : 'witness'}.example/${number}`,
) => verifierKeyOf(name, new Uint8Array(32).fill(number), type)
const log = (number: number) => formatVerifierKey(keyNumber(number, 'ed25519'))
const witness = (number: number) => formatVerifierKey(keyNumber(number, 'cosignature/v1'))
const cosigner = (number: number): VerifierKey => keyNumber(number, 'cosignature/v1')

const EXAMPLE = `# Who watches whom
log ${log(1)}
\tlog  ${log(2)}   https://log.example/2/

witness X1 ${witness(1)} https://witness.example:8443/x1/
witness X2 ${witness(2)}
witness X3 ${witness(3)} http://127.0.0.1:8788
group X-witnesses 2 X1 X2 X3
witness Y1 ${witness(4)}
witness Ÿ2 ${witness(5)}
  # indented
group Y-witnesses any Y1 Ÿ2
group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
`

function policyOf(text: string): WitnessPolicy {
  const reading = parseWitnessPolicy(text, 'policy')
  if (!reading.ok) throw new Error(reading.faults.join('\n'))
  return reading.policy
}

describe('witness policy', () => {
  test('a witness policy is read: logs, witnesses, groups and quorum', () => {
    expect(policyOf(EXAMPLE)).toEqual({
      logs: [{ key: keyNumber(1, 'ed25519') }, { key: keyNumber(2, 'ed25519'), url: 'https://log.example/2' }],
      witnesses: [
        { name: 'X1', key: cosigner(1), url: 'https://witness.example:8443/x1' },
        { name: 'X2', key: cosigner(2) },
        { name: 'X3', key: cosigner(3), url: 'http://127.0.0.1:8788' },
        { name: 'Y1', key: cosigner(4) },
        { name: 'Ÿ2', key: cosigner(5) },
      ],
      groups: [
        { name: 'X-witnesses', threshold: 2, members: ['X1', 'X2', 'X3'] },
        { name: 'Y-witnesses', threshold: 1, members: ['Y1', 'Ÿ2'] },
        { name: 'X-and-Y', threshold: 2, members: ['X-witnesses', 'Y-witnesses'] },
      ],
      quorum: 'X-and-Y',
    })
  })

  test.each([
    { what: 'no newline at its end', text: 'quorum none' },
    { what: 'nothing but a quorum', text: '\n\n \t\n#\nquorum none\n' },
    { what: 'one key for a log and a witness', text: `log ${log(1)}\nwitness w ${witness(1)}\nquorum w\n` },
    {
      what: 'two keys of one log',
      text: `log ${log(1)}\nlog ${formatVerifierKey(keyNumber(2, 'ed25519', 'log.example/1'))}\nquorum none\n`,
    },
    { what: 'a witness named like a keyword', text: `witness quorum ${witness(1)}\nquorum quorum\n` },
    {
      what: 'a witness named like a member of every object',
      text: `witness __proto__ ${witness(1)}\ngroup constructor 1 __proto__\nquorum constructor\n`,
    },
  ])('a witness policy may have $what', ({ text }) => {
    expect(parseWitnessPolicy(text, 'policy')).toMatchObject({ ok: true })
  })

  const faults: readonly { what: string; text: string; faults: readonly RegExp[] }[] = [
    { what: 'nothing in it', text: '', faults: [/^policy:1:1: has no quorum; /] },
    { what: 'no quorum', text: `log ${log(1)}\n`, faults: [/^policy:1:1: has no quorum; /] },
    {
      what: 'two quorums',
      text: 'quorum none\n quorum none\n',
      faults: [/^policy:2:2: a quorum is on an earlier line; /],
    },
    {
      what: 'a quorum of two names',
      text: 'quorum none none\n',
      faults: [/^policy:1:13: does not fit; write `quorum NAME`$/],
    },
    {
      what: 'a quorum that nobody defined',
      text: 'quorum w\n',
      faults: [/^policy:1:8: is not a witness or group of an earlier line; /],
    },
    {
      what: 'a quorum that is defined after it',
      text: `quorum w\nwitness w ${witness(1)}\n`,
      faults: [/^policy:1:8: /],
    },
    {
      what: 'a word that is not a keyword',
      text: `witnes w ${witness(1)}\nquorum none\n`,
      faults: [/^policy:1:1: is not a keyword; did you mean `witness`\?$/],
    },
    { what: 'a comment after words', text: 'quorum none # nobody\n', faults: [/^policy:1:13: does not fit/] },
    {
      what: 'a word like a member of every object',
      text: 'constructor\nquorum none\n',
      faults: [/^policy:1:1: is not a keyword; begin the line with /],
    },
    {
      what: 'a log without a key',
      text: 'log\nquorum none\n',
      faults: [/^policy:1:1: does not fit; write `log VKEY \[URL\]`$/],
    },
    {
      what: 'a log with the key of a witness',
      text: `log ${witness(1)}\nquorum none\n`,
      faults: [/^policy:1:5: verifier key: is not an Ed25519 note key; /],
    },
    {
      what: 'a witness with the key of a log',
      text: `witness w ${log(1)}\nquorum none\n`,
      faults: [/^policy:1:11: verifier key: is not the key of a witness; /],
    },
    {
      what: 'a witness without a key',
      text: 'witness w\nquorum w\n',
      faults: [/^policy:1:1: does not fit; write `witness NAME VKEY \[URL\]`$/],
    },
    {
      what: 'a changed key',
      text: `witness w ${witness(1).replace('example/1', 'example/2')}\nquorum w\n`,
      faults: [/^policy:1:11: verifier key: the key id does not fit /],
    },
    {
      what: 'a key that is no base64',
      text: `witness w ${witness(1).slice(0, -1)}\nquorum w\n`,
      faults: [/^policy:1:11: not base64/],
    },
    {
      what: 'one log twice',
      text: `log ${log(1)}\nlog ${log(1)}\nquorum none\n`,
      faults: [/^policy:2:5: this key is on an earlier line/],
    },
    {
      what: 'one key under two names',
      text: `witness a ${witness(1)}\nwitness b ${formatVerifierKey(keyNumber(1, 'cosignature/v1', 'other.example'))}\nquorum none\n`,
      faults: [/^policy:2:11: this key is on an earlier line/],
    },
    {
      what: 'two witnesses of one name',
      text: `witness a ${witness(1)}\nwitness a ${witness(2)}\nquorum a\n`,
      faults: [/^policy:2:9: this name is defined on an earlier line; /],
    },
    {
      what: 'a group named like a witness',
      text: `witness a ${witness(1)}\ngroup a any a\nquorum a\n`,
      faults: [/^policy:2:7: this name is defined/],
    },
    {
      what: 'a witness called none',
      text: `witness none ${witness(1)}\nquorum none\n`,
      faults: [/^policy:1:9: `none` is a name of its own; /],
    },
    {
      what: 'none as a member',
      text: `witness a ${witness(1)}\ngroup g any a none\nquorum g\n`,
      faults: [/^policy:2:15: is not a witness or group/],
    },
    {
      what: 'an unknown member',
      text: `witness a ${witness(1)}\ngroup g any a b\nquorum g\n`,
      faults: [/^policy:2:15: is not a witness or group/],
    },
    {
      what: 'a group as a member of itself',
      text: `witness a ${witness(1)}\ngroup g any a g\nquorum g\n`,
      faults: [/^policy:2:15: is not a witness or group/],
    },
    {
      what: 'a member of two groups',
      text: `witness a ${witness(1)}\ngroup g any a\ngroup h any a\nquorum h\n`,
      faults: [/^policy:3:13: is a member already; /],
    },
    {
      what: 'a member twice',
      text: `witness a ${witness(1)}\ngroup g 2 a a\nquorum g\n`,
      faults: [/^policy:2:13: is a member already; /],
    },
    {
      what: 'a group without members',
      text: 'group g any\nquorum none\n',
      faults: [/^policy:1:1: does not fit; write `group NAME any\|all\|K MEMBER…`$/],
    },
    {
      what: 'a threshold of nothing',
      text: `witness a ${witness(1)}\ngroup g 0 a\nquorum g\n`,
      faults: [/^policy:2:9: is not a threshold; write `any`, `all` or a number from 1 to 1$/],
    },
    {
      what: 'a threshold above the members',
      text: `witness a ${witness(1)}\ngroup g 2 a\nquorum g\n`,
      faults: [/^policy:2:9: is not a threshold; /],
    },
    {
      what: 'a threshold with a leading zero',
      text: `witness a ${witness(1)}\ngroup g 01 a\nquorum g\n`,
      faults: [/^policy:2:9: is not a threshold; /],
    },
    {
      what: 'a threshold that is some word',
      text: `witness a ${witness(1)}\ngroup g most a\nquorum g\n`,
      faults: [/^policy:2:9: is not a threshold; /],
    },
    {
      what: 'an address of another kind',
      text: `witness a ${witness(1)} ftp://witness.example\nquorum a\n`,
      faults: [/:\d+: is not an http or https address; /],
    },
    {
      what: 'an address with a query',
      text: `witness a ${witness(1)} https://witness.example/?a\nquorum a\n`,
      faults: [/: is not an http or https address; /],
    },
    {
      what: 'an address with a password',
      text: `witness a ${witness(1)} https://me:secret@witness.example\nquorum a\n`,
      faults: [/: is not an http or https address; /],
    },
    {
      what: 'Windows line ends',
      text: 'quorum none\r\n',
      faults: [/^policy:1:12: has a control character; /, /^policy:1:1: has no quorum/],
    },
    { what: 'a NUL', text: '# \u0000\nquorum none\n', faults: [/^policy:1:3: has a control character; /] },
    {
      what: 'a byte order mark',
      text: '\ufeffquorum none\n',
      faults: [/^policy:1:1: is not a keyword; /, /has no quorum/],
    },
    { what: 'more lines than anybody needs', text: '\n'.repeat(3000), faults: [/^policy:2049:1: is too long; /] },
    {
      what: 'many faults',
      text: `lgo ${log(1)}\nwitness a ${log(2)}\ngroup g 3 a b\nquorum h\n`,
      faults: [/^policy:1:1: /, /^policy:2:11: /, /^policy:3:9: /, /^policy:3:13: /, /^policy:4:8: /],
    },
  ]
  test.each(faults)('a witness policy with $what has every fault named with its position', ({ text, faults }) => {
    const reading = parseWitnessPolicy(text, 'policy')
    const found = reading.ok ? [] : reading.faults
    expect(found).toHaveLength(faults.length)
    for (const [position, fault] of faults.entries()) expect(found[position]).toMatch(fault)
    expect(found.join()).not.toMatch(/secret/)
  })

  test('a witness policy that only lists logs needs no quorum where none is required', () => {
    expect(parseWitnessPolicy(`log ${log(1)}\n`, 'logs', { needsQuorum: false })).toMatchObject({
      ok: true,
      policy: { logs: [{ key: keyNumber(1, 'ed25519') }], quorum: 'none' },
    })
  })
})

describe('quorum', () => {
  const example = policyOf(EXAMPLE)
  test.each([
    { cosigners: [], enough: false },
    { cosigners: [1, 2], enough: false },
    { cosigners: [4, 5], enough: false },
    { cosigners: [1, 4], enough: false },
    { cosigners: [1, 1, 4], enough: false },
    { cosigners: [1, 2, 4], enough: true },
    { cosigners: [2, 3, 5], enough: true },
    { cosigners: [1, 2, 3, 4, 5], enough: true },
    { cosigners: [1, 2, 9], enough: false },
  ])('of two of three and any of two, $cosigners is enough: $enough', ({ cosigners, enough }) => {
    expect(isSatisfied(example, cosigners.map(cosigner))).toBe(enough)
  })

  test('a quorum of nobody is met by nobody', () => {
    expect(isSatisfied(policyOf('quorum none\n'), [])).toBe(true)
  })

  test('a quorum does not count a key of another name, type or bytes', () => {
    const policy = policyOf(`witness a ${witness(1)}\nquorum a\n`)
    expect(isSatisfied(policy, [cosigner(1)])).toBe(true)
    for (const key of [
      keyNumber(1, 'cosignature/v1', 'other.example'),
      keyNumber(1, 'ed25519', 'witness.example/1'),
      cosigner(2),
    ])
      expect(isSatisfied(policy, [key])).toBe(false)
  })

  test('a quorum of K is met by exactly the sets of at least K witnesses, and never lost by one more', () => {
    const law = fc
      .integer({ min: 1, max: 12 })
      .chain((count) =>
        fc.tuple(
          fc.constant(count),
          fc.integer({ min: 1, max: count }),
          fc.uniqueArray(fc.integer({ min: 1, max: 14 })),
        ),
      )
    fc.assert(
      fc.property(law, ([count, threshold, chosen]) => {
        const numbers = Array.from({ length: count }, (_, index) => index + 1)
        const policy = policyOf(
          `${numbers.map((number) => `witness w${number} ${witness(number)}`).join('\n')}\ngroup g ${threshold} ${numbers.map((number) => `w${number}`).join(' ')}\nquorum g\n`,
        )
        expect(isSatisfied(policy, chosen.map(cosigner))).toBe(
          chosen.filter((number) => number <= count).length >= threshold,
        )
      }),
    )
  })
})
