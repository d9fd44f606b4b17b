import { type Draft, type Envelope, formatRecord } from './envelope.ts'

/**
 * Registration of an organisation, recorded at every change: when it is first seen, when a right, group or key changes, and when it is
 * removed. Public keys are listed by thumbprint (RFC 7638, SHA-256, base64url), so that a replaced key is visible. People are listed
 * by role, never by name.
 */
export type PartyRecord = Envelope & {
  readonly type: 'party'
  readonly party: string
} & (
    | {
        readonly step: 'known' | 'changed'
        readonly groups: readonly string[]
        readonly scopes: readonly string[]
        /** Role id to scopes. */
        readonly people: { readonly [person: string]: readonly string[] }
        /** Thumbprints by client id and use: keys that verify its signatures, keys that deliveries are sealed to. */
        readonly signingKeys: { readonly [client: string]: readonly string[] }
        readonly encryptionKeys: readonly string[]
        /** For a party with more people or keys than fit in one record: the number of this part, from 1, and of how many. */
        readonly part?: { readonly number: number; readonly of: number }
      }
    | { readonly step: 'removed' }
  )

/** The record of a party's registration. @throws SluisError `record-too-large`; RangeError when the nonce has the wrong length */
export function formatPartyRecord(draft: Draft<PartyRecord>): string {
  const { type, at, party, nonce } = draft
  if (draft.step === 'removed') return formatRecord({ type, at, party, step: draft.step, nonce })
  const { step, groups, scopes, people, signingKeys, encryptionKeys, part } = draft
  return formatRecord({
    type,
    at,
    party,
    step,
    groups,
    scopes,
    people,
    signingKeys,
    encryptionKeys,
    ...(part && { part: { number: part.number, of: part.of } }),
    nonce,
  })
}
