import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readWitnessPolicy } from '../../src/boot/witness-policy-file.ts'
import { partyAdd } from '../../src/cli/party/add.ts'
import { readFileWithin } from '../../src/storage/files/read-file-within.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluis-within-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function write(text: string): string {
  const path = join(folder, 'file')
  writeFileSync(path, text)
  return path
}

test.each([
  { what: 'no bytes', text: '', read: '' },
  { what: 'as many bytes as it may have', text: 'é€', read: 'é€' },
  { what: 'one byte too many', text: 'é€a', read: undefined },
])('a file with $what is read within its bound', ({ text, read }) => {
  expect(readFileWithin(write(text), 5)).toBe(read)
})

test('a file without an end is read no further than its bound', () => {
  expect(readFileWithin('/dev/zero', 1000)).toBeUndefined()
})

test('a witness policy that is too long is refused by its size', () => {
  expect(() => readWitnessPolicy(write('#'.repeat(262_145)))).toThrow('is over 262144 bytes')
  expect(() => readWitnessPolicy(join(folder, 'absent'))).toThrow('cannot be read')
})

test('a public file of a party that is too long is refused by its size', async () => {
  const terminal = { environment: {} } as unknown as Parameters<typeof partyAdd.run>[1]
  await expect(partyAdd.run([write('{'.repeat(65_537))], terminal)).rejects.toThrow('is over 65536 bytes')
})
