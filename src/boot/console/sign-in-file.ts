import { NO_SIGN_IN, type SignInSettings } from '../../console/sign-in/settings.ts'
import { readFileWithin } from '../../storage/files/read-file-within.ts'
import type { Settings } from '../settings.ts'
import { parseSignInSettings } from './sign-in-settings.ts'

/** A hundred providers have a fifth of it. */
const MAX_FILE_BYTES = 262_144

/** Reads the file of `SLUIS_SIGN_IN`. @throws Error that lists every fault */
export function readSignInSettings({ signIn, mode }: Pick<Settings, 'signIn' | 'mode'>): SignInSettings {
  if (signIn === undefined) return NO_SIGN_IN
  let text: string | undefined
  try {
    text = readFileWithin(signIn, MAX_FILE_BYTES)
  } catch (cause) {
    throw new Error(`setting SLUIS_SIGN_IN: \`${signIn}\` cannot be read; give the path of a file`, { cause })
  }
  if (text === undefined) throw new Error(`setting SLUIS_SIGN_IN: \`${signIn}\` is over ${MAX_FILE_BYTES} bytes`)
  const parsed = parseSignInSettings(text, `setting SLUIS_SIGN_IN: ${signIn}`, mode)
  if (!parsed.ok) throw new Error(parsed.faults.join('; '))
  return parsed.settings
}
