import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { secret } from '../../../src/model/secret.ts'
import { addEpoch, ROTATIONS } from '../../../src/pseudonym/key-rotation.ts'
import { formatKeyring } from '../../../src/pseudonym/keyring-text.ts'
import {
  changeKeyringFile,
  createKeyringFile,
  openKeyringFile,
  readKeyringFile,
} from '../../../src/storage/files/keyring-file.ts'
import { acquireProcessLock } from '../../../src/storage/files/process-lock.ts'
import { testMaterial } from '../../pseudonym/fixtures.ts'
import { Death, dyingDisk } from '../dying-disk.ts'

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
  test('createKeyringFile writes a keyring that opens as the same keyring', async () => {
    const created = createKeyringFile(path, '2026-11-22', random)
    const opened = openKeyringFile(path)
    const at = { use: 'match', domain: 'a', family: '', epoch: 1 } as const
    expect(opened.epochs('match')).toEqual([1])
    expect(await opened.mac(at, [new Uint8Array(1)])).toEqual(await created.mac(at, [new Uint8Array(1)]))
    expect(readKeyringFile(path).epochs[0]).toMatchObject({ created: '2026-11-22' })
  })

  test('createKeyringFile writes one file that only its owner can read', () => {
    createKeyringFile(path, '2026-11-22', random)
    expect(modeOf(path)).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['keyring.json'])
  })

  test('createKeyringFile leaves an existing file as it is', () => {
    writeFileSync(path, 'precious', { mode: 0o600 })
    expect(() => createKeyringFile(path, '2026-11-22', random)).toThrow(/exists already; /)
    expect(readFileSync(path, 'utf8')).toBe('precious')
    expect(readdirSync(folder)).toEqual(['keyring.json'])
  })

  test('createKeyringFile writes another secret every time', () => {
    createKeyringFile(path, '2026-11-22', random)
    createKeyringFile(`${path}.2`, '2026-11-22', random)
    expect(readFileSync(path, 'utf8')).not.toBe(readFileSync(`${path}.2`, 'utf8'))
  })
})

describe('openKeyringFile', () => {
  const text = formatKeyring(testMaterial([1]))
  const write = (mode: number) => {
    writeFileSync(path, text)
    chmodSync(path, mode)
  }

  test.each(['600', '400'])('openKeyringFile opens a file of mode 0%s', (mode) => {
    write(Number.parseInt(mode, 8))
    expect(openKeyringFile(path).epochs('match')).toEqual([1])
  })

  test.each(['640', '604', '620', '602', '610', '644', '700', '777'])(
    'openKeyringFile refuses a file of mode 0%s',
    (mode) => {
      write(Number.parseInt(mode, 8))
      expect(() => openKeyringFile(path)).toThrow(`has mode 0${mode} `)
      expect(() => openKeyringFile(path)).toThrow('chmod 600')
    },
  )

  test('openKeyringFile refuses a path without a file', () => {
    expect(() => openKeyringFile(path)).toThrow(/does not exist; /)
  })

  test('openKeyringFile refuses a folder', () => {
    mkdirSync(path)
    expect(() => openKeyringFile(path)).toThrow(/is not a file; /)
  })

  test('openKeyringFile refuses text that is no keyring without quoting it', () => {
    writeFileSync(path, `${text.slice(0, -6)}`, { mode: 0o600 })
    expect(() => openKeyringFile(path)).toThrow(new SyntaxError('keyring: not JSON; restore the text from its backup'))
  })
})

describe('changeKeyringFile', () => {
  const rotate = (held: ReturnType<typeof readKeyringFile>) =>
    addEpoch(held, ROTATIONS.match, secret(random(32)), '2026-11-23').material
  beforeEach(() => {
    createKeyringFile(path, '2026-11-22', random)
  })

  test('changeKeyringFile writes the result of the change', () => {
    changeKeyringFile(path, rotate)
    changeKeyringFile(path, rotate)
    expect(openKeyringFile(path).epochs('match')).toEqual([3, 2, 1])
    expect(openKeyringFile(path).epochs('pseudonym')).toEqual([1])
    expect(modeOf(path)).toBe(0o600)
  })

  test('changeKeyringFile keeps no copy of the text it replaced', () => {
    changeKeyringFile(path, rotate)
    expect(readdirSync(folder)).toEqual(['keyring.json', 'keyring.json.lock'])
    expect(readFileSync(join(folder, 'keyring.json.lock'))).toHaveLength(0)
  })

  test.each(Array.from({ length: 10 }, (_, index) => index + 1))(
    'changeKeyringFile leaves the old or the new keyring when the process dies at call %i, and the file can be changed again',
    (step) => {
      for (const when of ['before', 'after'] as const) {
        const before = openKeyringFile(path).epochs('match')
        const disk = dyingDisk(step, when)
        expect(() => changeKeyringFile(path, rotate, disk.calls)).toThrow(Death)
        const isDone = disk.done.some((call) => call.startsWith('rename'))
        expect(openKeyringFile(path).epochs('match')).toEqual(isDone ? [before[0]! + 1, ...before] : before)
      }
      changeKeyringFile(path, rotate)
      expect(readdirSync(folder)).toEqual(['keyring.json', 'keyring.json.lock'])
    },
  )

  test('changeKeyringFile leaves the file alone when the change fails or its result does not open', () => {
    const before = readFileSync(path, 'utf8')
    const changes = [
      () => {
        throw new RangeError('no such epoch')
      },
      () => testMaterial([]),
    ]
    for (const change of changes) expect(() => changeKeyringFile(path, change)).toThrow(RangeError)
    expect(readFileSync(path, 'utf8')).toBe(before)
  })

  test('changeKeyringFile does not wait while another process changes the file, and reports it', () => {
    const other = acquireProcessLock(path)
    expect(() => changeKeyringFile(path, rotate)).toThrow(/another process is changing/)
    other.release()
    changeKeyringFile(path, rotate)
    expect(openKeyringFile(path).epochs('match')).toEqual([2, 1])
  })
})
