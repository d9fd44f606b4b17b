import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Assets, makeAsset } from '../../console/assets.ts'

/**
 * The scripts and styles that `npm run prepare` made, read once; undefined when it did not run yet. The pages of the console work without
 * them, except opening sealed content.
 */
export function readConsoleAssets(folder = 'dist/web/assets'): Assets | undefined {
  if (!existsSync(folder)) return undefined
  return new Map(readdirSync(folder).map((name) => [name, makeAsset(new Uint8Array(readFileSync(join(folder, name))))]))
}
