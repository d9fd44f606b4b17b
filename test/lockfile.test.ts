import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

interface LockedPackage {
  readonly resolved?: string
  readonly optionalDependencies?: Record<string, string>
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
