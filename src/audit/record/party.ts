import { type Draft, type Envelope, formatRecord } from './envelope.ts'

/**
 * What the gateway knows of an organisation, whenever that changed: the first time it is seen, another right, group or key, and
 * when it is gone. Public keys by their thumbprint (RFC 7638, SHA-256, base64url), so that a key that was put in the place of
 * another shows. Who the people are it does not say: their ids are roles.
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
        /** Of a party with more people or keys than one record holds: which part of them this is, from 1, and of how many. */
        readonly part?: { readonly number: number; readonly of: number }
      }
    | { readonly step: 'removed' }
  )

/** The record of what is known of a party. @throws SluisError `record-too-large`; RangeError when the nonce has the wrong length */
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
