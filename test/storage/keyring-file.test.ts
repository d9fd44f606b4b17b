import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formatKeyring } from '../../src/pseudonym/keyring.ts'
import { secret } from '../../src/secret.ts'
import { createKeyringFile, openKeyringFile } from '../../src/storage/keyring-file.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluis-keyring-'))
  path = join(folder, 'keyring.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

let fill = 0
const random = (length: number) => new Uint8Array(length).fill(++fill)
const modeOf = (file: string) => statSync(file).mode & 0o777

describe('createKeyringFile', () => {
  it('writes a keyring that opens as the same keyring', () => {
    const created = createKeyringFile(path, random)
    const opened = openKeyringFile(path)
    expect(opened.currentEpoch).toBe(1)
    expect(opened.derive('match', 'a', 1).reveal()).toEqual(created.derive('match', 'a', 1).reveal())
  })

  it('leaves one file that is for its owner only', () => {
    createKeyringFile(path, random)
    expect(modeOf(path)).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['keyring.json'])
  })

  it('gives the mode 0600 whatever the umask', () => {
    const before = process.umask(0o277)
    try {
      createKeyringFile(path, random)
    } finally {
      process.umask(before)
    }
    expect(modeOf(path)).toBe(0o600)
  })

  it('leaves a file that is there as it is', () => {
    writeFileSync(path, 'precious', { mode: 0o600 })
    expect(() => createKeyringFile(path, random)).toThrow(/is there already; /)
    expect(readFileSync(path, 'utf8')).toBe('precious')
    expect(readdirSync(folder)).toEqual(['keyring.json'])
  })

  it('writes another secret every time', () => {
    createKeyringFile(path, random)
    createKeyringFile(`${path}.2`, random)
    expect(readFileSync(path, 'utf8')).not.toBe(readFileSync(`${path}.2`, 'utf8'))
  })
})

describe('openKeyringFile', () => {
  const text = formatKeyring({ currentEpoch: 1, epochs: new Map([[1, secret(new Uint8Array(32).fill(9))]]) })
  const write = (mode: number) => {
    writeFileSync(path, text)
    chmodSync(path, mode)
  }

  it.each(['600', '400'])('opens a file of mode 0%s', (mode) => {
    write(Number.parseInt(mode, 8))
    expect(openKeyringFile(path).currentEpoch).toBe(1)
  })

  it.each(['640', '604', '620', '602', '610', '644', '700', '777'])('refuses a file of mode 0%s', (mode) => {
    write(Number.parseInt(mode, 8))
    expect(() => openKeyringFile(path)).toThrow(`has mode 0${mode} `)
    expect(() => openKeyringFile(path)).toThrow('chmod 600')
  })

  it('refuses a path without a file', () => {
    expect(() => openKeyringFile(path)).toThrow(/does not exist; /)
  })

  it('refuses a folder', () => {
    mkdirSync(path)
    expect(() => openKeyringFile(path)).toThrow(/is not a file; /)
  })

  it('refuses text that is no keyring without quoting it', () => {
    writeFileSync(path, `${text.slice(0, -6)}`, { mode: 0o600 })
    expect(() => openKeyringFile(path)).toThrow(new SyntaxError('keyring: not JSON; restore the text from its backup'))
  })
})
