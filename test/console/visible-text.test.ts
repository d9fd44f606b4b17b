import { expect, test } from 'vitest'
import { showInvisible } from '../../src/console/browser/reading/visible-text.ts'

test.each([
  ['plain text with accents stays', 'Zoë Ñandú\nتجربة', 'Zoë Ñandú\nتجربة'],
  ['an override of direction is shown by its number', 'geel\u202Eneorg', 'geel⟨U+202E⟩neorg'],
  ['an invisible character is shown by its number', 'a\u200Bb\u0000c\u00AD', 'a⟨U+200B⟩b⟨U+0000⟩c⟨U+00AD⟩'],
])('of what somebody wrote, %s', (_, text, shown) => {
  expect(showInvisible(text)).toBe(shown)
})
