import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SETTINGS } from '../../src/boot/settings.ts'
import { OPTIONAL_WORKER_SETTINGS, WORKER_SETTINGS } from '../../src/boot/worker-settings.ts'
import { COMMANDS } from '../../src/cli/commands.ts'
import { DOCUMENTS, documentAt } from './documents.ts'

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  optionalDependencies: Record<string, string>
}
const readme = documentAt('README.md').text
const allText = DOCUMENTS.map(({ text }) => text).join('\n')

describe('README', () => {
  test('the README fits on a few screens', () => {
    expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(9_500)
  })

  test('the README warns that a lawyer must confirm the rule files', () => {
    expect(readme).toMatch(/lawyer must confirm/)
  })

  test('the README names every folder and file directly under src in its house', () => {
    const house = /^```\n(policies\/.*?)^```$/ms.exec(readme)![1]!
    const named = [...house.matchAll(/^ {2}(\S+)/gm)].map(([, name]) => name!.replace(/\/$/, ''))
    const rooms = readdirSync('src').filter((name) => !name.endsWith('.d.ts'))
    expect(named.sort()).toEqual(rooms.sort())
    for (const folder of ['policies/', 'test/', 'bench/']) expect(house).toMatch(new RegExp(`^${folder}`, 'm'))
  })
})

describe('docs', () => {
  test('the settings table has every setting, with the reason the code gives', () => {
    const rows = documentAt('docs/operating.md')
      .text.split('\n')
      .filter((line) => line.startsWith('| `'))
    for (const [name, { why }] of Object.entries({ ...SETTINGS, ...WORKER_SETTINGS, ...OPTIONAL_WORKER_SETTINGS })) {
      const row = rows.find((line) => line.startsWith(`| \`${name}\``))
      expect(row?.replaceAll('`', ''), name).toContain(why)
    }
  })

  test('the docs name only commands that exist', () => {
    for (const { path, text } of DOCUMENTS) {
      for (const [, call] of text.matchAll(/npx sluis ([a-z][a-z -]*)/g)) {
        const isKnown = COMMANDS.some(({ name }) => `${call} `.startsWith(`${name} `)) || call!.startsWith('help')
        expect(isKnown, `${path}: npx sluis ${call}`).toBe(true)
      }
    }
  })

  test('the architecture page names every room within a room', () => {
    const within = readdirSync('src', { withFileTypes: true })
      .filter((room) => room.isDirectory())
      .flatMap(({ name }) =>
        readdirSync(join('src', name), { withFileTypes: true })
          .filter((inner) => inner.isDirectory())
          .map((inner) => `${name}/${inner.name}`),
      )
    const { text } = documentAt('docs/architecture.md')
    expect(within.filter((room) => !text.includes(`\`${room}\``))).toEqual([])
    const named = [...text.matchAll(/`([a-z]+\/[a-z-]+)`/g)].map(([, room]) => room!)
    expect(named.filter((room) => existsSync(join('src', room.split('/')[0]!)) && !within.includes(room))).toEqual([])
  })

  test('every dependency has a reason in the docs', () => {
    for (const name of Object.keys({
      ...manifest.dependencies,
      ...manifest.optionalDependencies,
      ...manifest.devDependencies,
    }))
      expect(documentAt('docs/architecture.md').text, name).toContain(`\`${name}\``)
  })

  test('every script is named in the docs, and only scripts that exist are called', () => {
    const called = new Set(
      [...allText.matchAll(/npm (?:run ([a-z:-]+)|(test))/g)].map(([, name, test]) => name ?? test!),
    )
    for (const name of called) expect(manifest.scripts, name).toHaveProperty([name])
    for (const name of Object.keys(manifest.scripts)) expect([...called], name).toContain(name)
  })

  test('a fresh machine runs what the README asks of it, and nothing else', () => {
    const commands = readFileSync('.ci/run', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('npm'))
    expect(commands.join(' && ')).toBe('npm ci && npm test')
    expect(readme).toMatch(new RegExp(`^${commands.join(' && ')} `, 'm'))
  })

  test('every link of the docs leads to a page or heading that exists', () => {
    for (const { path, text } of DOCUMENTS) {
      for (const [, target] of text.matchAll(/\]\(([^)]+)\)/g)) {
        if (/^https?:/.test(target!)) continue
        const [file, heading] = target!.split('#')
        const linked = file === '' ? path : normalize(join(dirname(path), file!))
        expect(existsSync(linked), `${path} links to ${target}`).toBe(true)
        if (heading !== undefined) expect(headingsOf(linked), `${path} links to ${target}`).toContain(heading)
      }
    }
  })

  test('every file that the docs name exists', () => {
    for (const { path, text } of DOCUMENTS) {
      if (path === 'CHANGELOG.md') continue
      for (const [, name] of text.matchAll(/`((?:src|test|docs|policies|bench)\/[\w./-]*)`/g))
        expect(existsSync(name!), `${path} names ${name}`).toBe(true)
    }
  })
})

function headingsOf(path: string): string[] {
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines
    .filter((line) => line.startsWith('#'))
    .map((line) =>
      line
        .replace(/^#+ /, '')
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    )
}
