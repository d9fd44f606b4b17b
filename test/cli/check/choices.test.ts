import { describe, expect, test } from 'vitest'
import { parseChoice } from '../../../src/cli/check/choices.ts'

const CHOICES = ['voornaam', 'achternaam', 'geslacht', 'plaats-delict'].map((id) => ({
  id,
  label: id === 'plaats-delict' ? 'Plaats van het delict' : id.toUpperCase(),
}))

describe('parseChoice', () => {
  test.each<[string, string[]]>([
    ['2', ['achternaam']],
    ['1, 3', ['voornaam', 'geslacht']],
    ['1 3', ['voornaam', 'geslacht']],
    ['2-4', ['achternaam', 'geslacht', 'plaats-delict']],
    ['1-2 4; geslacht', ['voornaam', 'achternaam', 'plaats-delict', 'geslacht']],
    ['Geslacht,geslacht, 3', ['geslacht']],
    ['plaats van het delict', ['plaats-delict']],
    ['', []],
    [' , ;', []],
  ])('the line `%s` names its choices', (text, ids) => {
    expect(parseChoice(text, CHOICES)).toEqual({ ids })
  })

  test.each([
    ['0', '0'],
    ['5', '5'],
    ['3-1', '3-1'],
    ['1-5', '1-5'],
    ['voornam', 'voornam'],
    ['1, x', 'x'],
    ['-1', '-1'],
    ['99999', '99999'],
  ])('the line `%s` has a part that is no choice', (text, unknown) => {
    expect(parseChoice(text, CHOICES)).toEqual({ unknown })
  })
})
