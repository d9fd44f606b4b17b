import type { Mode } from '../exchange/rule-sets/activate.ts'

/** Addresses that lead no further than the machine itself (RFC 1122 §3.2.1.3, RFC 4291 §2.5, RFC 6761 §6.3), as `URL` writes them. */
const OWN_MACHINE =
  /^(127(\.\d+){3}|0(\.\d+){3}|\[::1?\]|\[::(ffff:)?(7f[0-9a-f]{2}:[0-9a-f]{1,4}|0:[0-9a-f]{1,4})\]|([^.]+\.)*localhost\.?)$/

/** Whether an address is that of the machine itself, in any spelling. */
export const isLoopback = (address: string): boolean => OWN_MACHINE.test(new URL(address).hostname)

/** The fault of the public address under a mode; undefined when there is none. A test may listen on the machine itself, production may not. */
export function findAddressFault(address: string, mode: Mode): string | undefined {
  if (mode !== 'production' || (new URL(address).protocol === 'https:' && !isLoopback(address))) return undefined
  return 'in production the public address begins with https:// and is not that of the machine itself; set it to the address that partners use, because tokens and the log are named after it'
}

/** Call it before anything is made. @throws Error that names the setting */
export function requirePublicAddress({ issuer, mode }: { readonly issuer: string; readonly mode: Mode }): void {
  const fault = findAddressFault(issuer, mode)
  if (fault !== undefined) throw new Error(`setting SLUIS_ISSUER: ${fault}`)
}

/** The name of a new log with a public address. */
export const originAt = (address: string): string => new URL(address).host

/** Whether a log is named after another address. Its origin is the host, followed by the number of a later origin. */
export const isNamedAfterAnother = (origin: string, address: string): boolean =>
  origin.split('/')[0] !== originAt(address)
