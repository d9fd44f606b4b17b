import { existsSync, readFileSync } from 'node:fs'
import type { Language } from '../../model/language.ts'
import { UsageError } from './command.ts'

/** Verifier keys on the command line: one, or one for each origin that the log had. */
export const LOG_KEY_OPTION = {
  'log-key': { type: 'string' as const, multiple: true as const, default: [] as string[] },
}

/** Verifier keys (C2SP signed-note), each given as text or as the file that holds it; a file may hold several, one a line. */
export const readVerifierKeys = (keysOrFiles: readonly string[]): readonly string[] =>
  keysOrFiles.flatMap((keyOrFile) =>
    (existsSync(keyOrFile) ? readFileSync(keyOrFile, 'utf8') : keyOrFile).trim().split('\n'),
  )

/** @throws UsageError */
export function parseLanguage(text: string): Language {
  if (text !== 'nl' && text !== 'en') throw new UsageError('--lang is nl or en')
  return text
}

/** @throws UsageError */
export function parseCount(text: string | undefined, option: string, max: number): number | undefined {
  if (text === undefined) return undefined
  const count = Number(text)
  if (!/^\d{1,16}$/.test(text) || count > max) throw new UsageError(`${option} is a number up to ${max}`)
  return count
}
