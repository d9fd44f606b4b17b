import { z } from 'zod'
import { LIMITS, LOG_USES, SUBJECT_REQUESTS } from './access.ts'
import { EPOCH_REASONS } from './epoch.ts'
import { HEARTBEAT_OCCASIONS } from './heartbeat.ts'
import { KEY_COMMANDS } from './key.ts'
import { client, count, envelope, hash, id, moment, optional, party, policyHash, words } from './schema-members.ts'

/** Records of the gateway itself: access, rule sets, keys, parties and heartbeats. */

const accessed = { ...envelope, type: z.literal('access'), by: client('Who looked') }
const found = (what: string) => count(`How many ${what}`)

export const access = z.discriminatedUnion('what', [
  z
    .strictObject({
      ...accessed,
      what: z.literal('subject-request'),
      request: z.enum(SUBJECT_REQUESTS).describe('To know what was shared, or to have it destroyed'),
      found: found('data subjects of exchanges were found'),
    })
    .describe('Somebody looked for what was shared about a person'),
  z
    .strictObject({
      ...accessed,
      what: z.literal('matches'),
      found: found('matches were given'),
    })
    .describe('A recipient read who may be one person among its own pseudonyms'),
  z
    .strictObject({
      ...accessed,
      what: z.literal('limit'),
      limit: z.enum(LIMITS).describe('What may be asked so often only'),
    })
    .describe('Somebody came to the end of what they may ask in an hour'),
  z
    .strictObject({
      ...accessed,
      what: z.literal('log'),
      use: z.enum(LOG_USES).describe('What was done with the records'),
      start: count('Index of the first record that was read'),
      end: count('Index after the last record that was read'),
      filter: optional(
        z
          .record(z.string(), z.string())
          .describe('What was asked for: words of the vocabulary, ids and moments; absent when all was'),
      ),
      found: found('records were given'),
    })
    .describe('Somebody read records of the log'),
])

const ofKeys = { ...envelope, type: z.literal('key') }
const epoch = count('Epoch of the keyring')
const uses = words('What keys of the epoch are for')
const domain = z.string().describe('Pseudonym domain, a word of the vocabulary')
const renewal = { ...ofKeys, domain, recipient: party('Whose pseudonyms they are'), epoch }

export const key = z.discriminatedUnion('step', [
  z
    .strictObject({
      ...ofKeys,
      step: z.literal('command'),
      command: z.enum(KEY_COMMANDS).describe('What was done'),
      epoch: optional(epoch),
      uses: optional(uses),
    })
    .describe('A person did something with the keyring'),
  z
    .strictObject({
      ...ofKeys,
      step: z.literal('known'),
      epoch,
      uses,
      check: z.string().describe('Key check value, base64url; tells keys apart and gives none away'),
    })
    .describe('The gateway started with keys that it did not know before'),
  z.strictObject({ ...ofKeys, step: z.literal('retired'), epoch, uses }).describe('Keys serve these uses no more'),
  z
    .strictObject({ ...renewal, step: z.enum(['renewing', 'renewed']).describe('Begun, or done') })
    .describe('Pseudonyms of a domain are being renewed, or all were'),
  z
    .strictObject({
      ...renewal,
      step: z.literal('replaced'),
      deliveryId: id('the notice'),
      sealed: hash('The sealed bytes of the notice'),
    })
    .describe('A list of which pseudonym replaced which entered the inbox'),
])

const sourceHash = z.string().describe('The rule set by its texts: SHA-256, hexadecimal')

export const policy = z.discriminatedUnion('step', [
  z
    .strictObject({
      ...envelope,
      type: z.literal('policy'),
      step: optional(
        z
          .enum(['proposed', 'approved', 'withdrawn', 'activated'])
          .describe('Absent when it was put in force from the files and nobody approved it (development)'),
      ),
      policyHash,
      sourceHash,
      previous: optional(z.string().describe('policyHash of the set that was in force before')),
      proposedBy: optional(client('Who proposed it')),
      approvedBy: optional(client('Who approved it')),
      withdrawnBy: optional(client('Who withdrew it')),
      activeFrom: optional(moment('From when it is in force')),
    })
    .describe('A step of a rule set towards force'),
  z
    .strictObject({
      ...envelope,
      type: z.literal('policy'),
      step: z.literal('refused'),
      policyHash: optional(
        z.string().describe('The rule set by what it decides: SHA-256, hexadecimal; absent when the files make no set'),
      ),
      sourceHash,
      proposedBy: client('Who proposed it'),
    })
    .describe('A proposal that was refused, because its files have faults, its cases fail or its check has no end'),
])

const ofParty = { ...envelope, type: z.literal('party'), party: party('Which') }
const scopes = words('What it may do')
const thumbprints = (what: string) =>
  z
    .array(z.string())
    .readonly()
    .describe(`${what}: thumbprints of public keys (RFC 7638, SHA-256, base64url), a sorted set`)

export const partyRecord = z.discriminatedUnion('step', [
  z
    .strictObject({
      ...ofParty,
      step: z.enum(['known', 'changed']).describe('For the first time, or otherwise than its last record said'),
      groups: words('Groups that rules refer to'),
      scopes,
      people: z.record(z.string(), scopes).describe('Role id to what whoever has it may do'),
      signingKeys: z
        .record(z.string(), thumbprints('Keys that verify its signatures'))
        .describe('Client id to the keys that it signs with'),
      encryptionKeys: thumbprints('Keys that deliveries are sealed to'),
      part: optional(
        z
          .strictObject({ number: count('Which part, from 1'), of: count('Of how many') })
          .describe('When one record cannot hold all people and keys'),
      ),
    })
    .describe('What the gateway knows of an organisation, the first time and whenever it changed'),
  z.strictObject({ ...ofParty, step: z.literal('removed') }).describe('The organisation takes part no more'),
])

export const heartbeat = z
  .strictObject({
    ...envelope,
    type: z.literal('heartbeat'),
    occasion: z
      .enum(HEARTBEAT_OCCASIONS)
      .describe(
        'It started, an interval was over, its clock jumped, its log can be written again, or it stops in good order',
      ),
    since: count('Index of the first record that is counted'),
    counts: z
      .record(z.string(), count('Records'))
      .describe('Record type to how many were written from `since` up to this record'),
    failed: count('Commits that could not be written; their requests were refused'),
    policyHash,
    everyMinutes: optional(count('The next heartbeat comes within so many minutes; absent at a stop')),
    clockShiftSeconds: optional(
      z
        .int()
        .describe(
          'How far the clock moved beside the passing of time; at a start, how far before the newest record it lies',
        ),
    ),
  })
  .describe('The gateway says that it lives, and what it wrote since it last said so')

export const epochRecord = z
  .strictObject({
    ...envelope,
    type: z.literal('epoch'),
    reason: z.enum(EPOCH_REASONS).describe('Why the log could not continue under its old origin'),
    origin: z.string().describe('The new origin'),
    previous: z
      .strictObject({
        origin: z.string().describe('The old origin'),
        verifierKey: z.string().describe('Checks what it signed (C2SP signed-note)'),
        treeSize: count('Of its last known checkpoint'),
        rootHash: z.string().describe('Of its last known checkpoint, base64'),
      })
      .describe('Where the log comes from'),
    inherited: count('Records that it takes over; fewer than `previous.treeSize` means that the rest is lost to it'),
  })
  .describe('The log goes on under another origin and key')
