import { type Draft, type Envelope, formatRecord } from './envelope.ts'

/** Commands on the keys or the whole database of a gateway. */
export const KEY_COMMANDS = ['init', 'list', 'rotate', 'retire', 'export-public', 'backup', 'restore'] as const
export type KeyCommand = (typeof KEY_COMMANDS)[number]

/**
 * An event of the keys, or of the database as a whole. `known` and `retired` are what the gateway found at a start, whatever changed
 * the keyring; `command` is a command of the operator, at its own moment. Contains no key, and nothing that leads to one.
 */
export type KeyRecord = Envelope & { readonly type: 'key' } & (
    | {
        readonly step: 'command'
        readonly command: KeyCommand
        readonly epoch?: number
        readonly uses?: readonly string[]
      }
    /** An epoch was used for the first time. `check` is its key check value in base64url. */
    | { readonly step: 'known'; readonly epoch: number; readonly uses: readonly string[]; readonly check: string }
    /** An epoch no longer serves these uses. */
    | { readonly step: 'retired'; readonly epoch: number; readonly uses: readonly string[] }
    /** The pseudonyms of a domain are now those of another epoch; while `renewing` some lists are still to be sent. */
    | {
        readonly step: 'renewing' | 'renewed'
        readonly domain: string
        readonly recipient: string
        readonly epoch: number
      }
    /** A list of which pseudonym replaced which entered the inbox. `sealed` is the SHA-256 of the sealed bytes in base64url. */
    | {
        readonly step: 'replaced'
        readonly domain: string
        readonly recipient: string
        readonly epoch: number
        readonly deliveryId: string
        readonly sealed: string
      }
  )

/** The record of an event of the keys. @throws RangeError when the nonce has the wrong length */
export function formatKeyRecord(draft: Draft<KeyRecord>): string {
  const { type, at, nonce } = draft
  const head = { type, at, nonce }
  switch (draft.step) {
    case 'command': {
      const { step, command, epoch, uses } = draft
      return formatRecord({ ...head, step, command, ...(epoch !== undefined && { epoch }), ...(uses && { uses }) })
    }
    case 'known':
      return formatRecord({ ...head, step: draft.step, epoch: draft.epoch, uses: draft.uses, check: draft.check })
    case 'retired':
      return formatRecord({ ...head, step: draft.step, epoch: draft.epoch, uses: draft.uses })
    case 'renewing':
    case 'renewed': {
      const { step, domain, recipient, epoch } = draft
      return formatRecord({ ...head, step, domain, recipient, epoch })
    }
    case 'replaced': {
      const { step, domain, recipient, epoch, deliveryId, sealed } = draft
      return formatRecord({ ...head, step, domain, recipient, epoch, deliveryId, sealed })
    }
  }
}
