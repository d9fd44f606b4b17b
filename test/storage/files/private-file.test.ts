import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  createPrivateFile,
  type FileCalls,
  readPrivateFile,
  replacePrivateFile,
} from '../../../src/storage/files/private-file.ts'
import { Death, dyingDisk } from '../dying-disk.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluis-private-'))
  path = join(folder, 'key')
})
afterEach(() => rmSync(folder, { recursive: true }))

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const read = () => (existsSync(path) ? readPrivateFile(path, 'key') : undefined)
const writeOld = () => writeFileSync(path, 'old', { mode: 0o600 })

interface Write {
  readonly run: (calls: FileCalls) => void
  /** What the path held before. */
  readonly old: string | undefined
}
const WRITES: Readonly<Record<string, Write>> = {
  createPrivateFile: { run: (calls) => createPrivateFile(path, 'new', random, calls), old: undefined },
  replacePrivateFile: { run: (calls) => replacePrivateFile(path, 'new', calls), old: 'old' },
}

/** How many calls either of them makes, a try to remove a draft that is not there among them. */
const CALLS = 10

describe.each(Object.entries(WRITES))('%s', (name, { run, old }) => {
  const steps = Array.from({ length: CALLS }, (_, index) => index + 1)
  const table = steps.flatMap((step) => (['before', 'after'] as const).map((when) => [when, step] as const))

  test(`${name} makes ${CALLS} calls, each of which is in the table below`, () => {
    if (old !== undefined) writeOld()
    run(dyingDisk(CALLS + 1).calls)
    expect(read()).toBe('new')
  })

  test.each(table)(`${name} leaves the old text or the new, whole, when the process dies %s call %i`, (when, step) => {
    if (old !== undefined) writeOld()
    const disk = dyingDisk(step, when)
    expect(() => run(disk.calls)).toThrow(Death)
    const isDone = disk.done.some((call) => /^(link|rename) /.test(call))
    expect(read()).toBe(isDone ? 'new' : old)
    for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
    // What a dead process left behind stands in nobody's way.
    if (old === undefined) rmSync(path, { force: true })
    run(dyingDisk().calls)
    expect(read()).toBe('new')
    if (old !== undefined) expect(readdirSync(folder)).toEqual(['key'])
  })

  test(`${name} makes the text durable before its name, and its name before it returns`, () => {
    if (old !== undefined) writeOld()
    const disk = dyingDisk()
    run(disk.calls)
    const kinds = disk.done.map((call) => call.replace(/[^ ]*\.draft$/, 'draft').replace(basename(folder), 'folder'))
    const named = kinds.findIndex((call) => /^(link|rename) draft$/.test(call))
    expect(kinds.slice(0, named)).toEqual(['open draft', 'fchmod draft', 'write draft', 'fsync draft', 'close draft'])
    expect(kinds.slice(named + 1).filter((call) => !call.startsWith('unlink'))).toEqual([
      'open folder',
      'fsync folder',
      'close folder',
    ])
  })

  test(`${name} leaves no draft behind when the disk refuses and the process lives`, () => {
    if (old !== undefined) writeOld()
    const { calls } = dyingDisk()
    const refuse = () => {
      throw new Error('no space left')
    }
    expect(() => run({ ...calls, fsyncSync: refuse })).toThrow('no space left')
    expect(() => run({ ...calls, linkSync: refuse, renameSync: refuse })).toThrow('no space left')
    expect(readdirSync(folder)).toEqual(old === undefined ? [] : ['key'])
    expect(read()).toBe(old)
  })

  test(`${name} gives the mode 0600 whatever the umask`, () => {
    const before = process.umask(0o277)
    try {
      run(dyingDisk().calls)
    } finally {
      process.umask(before)
    }
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })
})

describe('createPrivateFile', () => {
  test('createPrivateFile leaves an existing file as it is', () => {
    writeOld()
    expect(() => createPrivateFile(path, 'new', random)).toThrow(expect.objectContaining({ code: 'EEXIST' }))
    expect(readFileSync(path, 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['key'])
  })
})
