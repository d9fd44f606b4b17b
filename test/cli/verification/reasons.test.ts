import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { formatReason } from '../../../src/cli/verification/reasons.ts'

const SOURCES = [
  ...globSync('src/audit/verify/*.ts'),
  ...globSync('src/audit/receipt/*.ts'),
  'src/audit/checkpoint/checkpoint.ts',
  'src/audit/checkpoint/cosigned-checkpoint.ts',
  'src/audit/checkpoint/signed-note.ts',
  'src/audit/checkpoint/witness-policy.ts',
  'src/boot/witness-policy-file.ts',
  'src/cli/start-witness.ts',
  'src/audit/export/log-export.ts',
  'src/audit/tree/tiles.ts',
  'src/cli/audit/verify-online.ts',
  'src/cli/audit/freshness.ts',
  'src/cli/receipt/verify.ts',
  'src/cli/receipt/export.ts',
  'src/encoding/lines.ts',
].filter((path) => !path.endsWith('heartbeats.ts'))

/** A text with a remedy, and a text given to a function that makes a reason of it. */
const TEXT = /(?<quote>['`])(?<text>(?:\\.|(?!\k<quote>)[^\\\n])*; [a-z](?:\\.|(?!\k<quote>)[^\\\n])*)\k<quote>/g
const GIVEN = /\b(?:fault|report|refuse)\((?:[\w.]+, )?(?<quote>['`])(?<text>(?:\\.|(?!\k<quote>)[^\\\n])*)\k<quote>/g

/** The reasons in a source, without comments, texts that have their Dutch beside them and errors of a caller. */
const reasonsIn = (source: string): readonly string[] => {
  const own = source.split(/^const WORDS/m)[0]!.replaceAll(/^\s*(en: |nl: |\/\*\*|\*).*$|RangeError\(.*$/gm, '')
  return [TEXT, GIVEN].flatMap((pattern) =>
    [...own.matchAll(pattern)].map(({ groups }) =>
      groups!
        .text!.replaceAll(/\$\{records\}(?!,)/g, 'records 7 up to and including 7')
        .replaceAll(/\$\{[^}]*\}/g, '7')
        .replaceAll('\\`', '`'),
    ),
  )
}

const ENGLISH = /\b(a|the|not|has|it|that|and|again|are|no|does|which|missing|absent)\b/

const withoutCode = (text: string) => text.replaceAll(/`[^`]*`/g, '')

test('every reason of a failed verification, and every fault of a witness policy, has its Dutch', () => {
  const reasons = SOURCES.flatMap((path) => reasonsIn(readFileSync(path, 'utf8')))
  expect(reasons.length).toBeGreaterThan(80)
  const untranslated = reasons
    .map((reason) => formatReason(reason, 'nl'))
    .filter((dutch) => ENGLISH.test(withoutCode(dutch)))
  expect(untranslated).toEqual([])
})

test.each([
  [
    'checkpoint of size 12: records 0 up to and including 11 do not lead to the signed root; compare them with another copy',
    'checkpoint van 12 records: records 0 tot en met 11 geven niet de wortel die ondertekend is; vergelijk ze met een andere kopie',
  ],
  [
    'line 1: note: no signature is by a known key; check the verifier key',
    'regel 1: notitie: geen handtekening is met een bekende sleutel gezet; controleer de controlesleutel',
  ],
  [
    'checkpoint of size 3: is of origin `a.example/$&`, and no key of that origin was given; give its verifier key too',
    'checkpoint van 3 records: is van de oorsprong `a.example/$&`, en van die oorsprong is geen sleutel gegeven; geef ook de controlesleutel daarvan',
  ],
])('the reason `%s` keeps its numbers and names in Dutch', (english, dutch) => {
  expect(formatReason(english, 'en')).toBe(english)
  expect(formatReason(english, 'nl')).toBe(dutch)
})
