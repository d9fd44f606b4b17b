import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CONSOLE_PAGES } from '../../../../src/console/page-table.ts'
import { PAGE_STATES, WITHOUT_PAGE } from './page-states.ts'

const served = CONSOLE_PAGES.map(({ method, path }) => `${method} ${path}`)
const visited = new Set(
  Object.values(PAGE_STATES)
    .flat()
    .map(({ page }) => page),
)

test('every line of the page table is checked for barriers, or shows no page of its own', () => {
  expect(served.filter((page) => !visited.has(page) && WITHOUT_PAGE[page] === undefined)).toEqual([])
})

test('every state is of a line of the page table, and no line that is checked is said to show no page', () => {
  const known = [...visited, ...Object.keys(WITHOUT_PAGE)]
  expect(known.filter((page) => !served.includes(page))).toEqual([])
  expect(Object.keys(WITHOUT_PAGE).filter((page) => visited.has(page))).toEqual([])
})

test.each(Object.keys(PAGE_STATES))('the states of `%s` have a test file for each language', (group) => {
  for (const language of ['dutch', 'english'])
    expect(existsSync(new URL(`${group}-${language}.test.ts`, import.meta.url))).toBe(true)
})
