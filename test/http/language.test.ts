import { expect, test } from 'vitest'
import { preferredLanguage } from '../../src/http/language.ts'

const TABLE: readonly (readonly [string | undefined, 'nl' | 'en'])[] = [
  [undefined, 'nl'],
  ['', 'nl'],
  ['*', 'nl'],
  ['nl', 'nl'],
  ['en', 'en'],
  ['EN-gb', 'en'],
  ['fr', 'nl'],
  ['nl, en', 'nl'],
  ['en, nl', 'nl'],
  ['en, nl;q=0.9', 'en'],
  ['nl;q=0.9, en;q=0.8', 'nl'],
  ['nl;q=0.8,en;q=0.9', 'en'],
  ['en-GB;q=0.4, en-US;q=0.9, nl;q=0.5', 'en'],
  ['en ; q=0.5 , nl ; q=0.4', 'en'],
  ['*;q=0.5, nl;q=0.1', 'en'],
  ['*;q=0.5, en;q=0.1', 'nl'],
  ['fr, *;q=0.1', 'nl'],
  ['en;q=0', 'nl'],
  ['en;q=nonsense', 'nl'],
  [', ,;q=1,en', 'en'],
]

test.each(TABLE)('Accept-Language %j selects %s', (header, language) => {
  expect(preferredLanguage(header)).toBe(language)
})
