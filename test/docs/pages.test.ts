import { describe, expect, test } from 'vitest'
import { documentAt } from './documents.ts'
import { GENERATED_PAGES } from './pages.ts'

describe('generated pages', () => {
  test.each(Object.entries(GENERATED_PAGES))('%s is what `npm run docs` writes', (path, format) => {
    expect(documentAt(path).text).toBe(format())
  })
})
