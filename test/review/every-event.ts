import { LIMITS, LOG_USES, SUBJECT_REQUESTS } from '../../src/audit/record/access.ts'
import { EPOCH_REASONS } from '../../src/audit/record/epoch.ts'
import { RECALL_GROUNDS } from '../../src/audit/record/follow-up.ts'
import { HEARTBEAT_OCCASIONS } from '../../src/audit/record/heartbeat.ts'
import { KEY_COMMANDS } from '../../src/audit/record/key.ts'
import { formatCanonicalJson } from '../../src/encoding/canonical-json.ts'
import type { Json } from '../../src/encoding/json.ts'
import { OUTCOMES, REASONS } from '../../src/model/decision.ts'
import { OTHER_ID, SAMPLES } from '../audit/record/sample-records.ts'

const MATCH_STEPS = ['proposed', 'confirmed', 'rejected'] as const
const POLICY_STEPS = ['proposed', 'refused', 'approved', 'withdrawn', 'activated'] as const
const PARTY_STEPS = ['known', 'changed', 'removed'] as const
const KEY_STEPS = ['known', 'retired', 'renewing', 'renewed', 'replaced'] as const
const ERASURE_GROUNDS = ['bewaartermijn', 'verzoek-betrokkene'] as const

const varied = (name: keyof typeof SAMPLES, members: { readonly [member: string]: Json }): string =>
  formatCanonicalJson({ ...(JSON.parse(SAMPLES[name]) as { [member: string]: Json }), ...members })

const without = (name: keyof typeof SAMPLES, members: { readonly [member: string]: Json }, absent: string): string => {
  const { [absent]: _, ...rest } = JSON.parse(varied(name, members)) as { [member: string]: Json }
  return formatCanonicalJson(rest)
}

const REGISTRATION = { groups: [], scopes: [], people: {}, signingKeys: {}, encryptionKeys: [] }
const renewal = { domain: 'comensha-registratie', recipient: 'comensha' }
const OF_KEY_STEP = {
  known: { uses: ['match'], check: 'AAAA' },
  retired: { uses: ['match'] },
  renewing: renewal,
  renewed: renewal,
  replaced: { ...renewal, deliveryId: OTHER_ID, sealed: 'hash' },
} as const satisfies Readonly<Record<(typeof KEY_STEPS)[number], Json>>

/** A record for every word by which records say what happened. */
export const EVERY_EVENT: readonly string[] = [
  ...Object.values(SAMPLES),
  ...OUTCOMES.map((outcome) => varied('exchange', { outcome })),
  ...REASONS.map((reason) => varied('refusal', { reason })),
  ...LIMITS.map((limit) => varied('limit', { limit })),
  ...LOG_USES.map((use) => varied('log', { use, by: 'beheer' })),
  ...SUBJECT_REQUESTS.map((request) => varied('subjectRequest', { request })),
  without('subjectRequest', { what: 'matches' }, 'request'),
  ...MATCH_STEPS.map((step) => varied('match', { step })),
  ...KEY_COMMANDS.map((command) => varied('key', { command })),
  ...KEY_STEPS.map((step) => without('key', { step, ...OF_KEY_STEP[step] }, 'command')),
  ...PARTY_STEPS.map((step) => varied('party', { step, ...(step !== 'removed' && REGISTRATION) })),
  ...POLICY_STEPS.map((step) => without('policy', { step }, step === 'refused' ? 'approvedBy' : '')),
  ...RECALL_GROUNDS.map((ground) => varied('recalled', { ground })),
  ...ERASURE_GROUNDS.map((ground) => varied('erased', { ground })),
  ...HEARTBEAT_OCCASIONS.map((occasion) => varied('heartbeat', { occasion, counts: { exchange: 9 } })),
  ...EPOCH_REASONS.map((reason) => varied('epoch', { reason })),
]

/**
 * Every word of those records, and of the rule files, that has a label for people. Words that are the same as their label in either
 * language are not in it.
 */
export const RAW_WORDS: ReadonlySet<string> = new Set([
  ...['politie', 'comensha', 'fier', 'toezichthouder', 'beheer'],
  ...['registratie-mensenhandel', 'wpg-bpg-4-2-comensha', 'slachtoffer', 'verdachte', 'melding'],
  ...['nationaliteit', 'geboortedatum', 'achternaam', 'voornaam', 'noodzaak', 'verwerkt-onder-wpg-8'],
  ...['in-afwachting', 'gedeeltelijk', 'beoordeling-ontbreekt', 'geen-grondslag'],
  ...['handedOver', 'fedBack', 'neverFetched', 'foundNothing', 'notRederived', 'subjectRequests', 'identityQuestions'],
  ...LIMITS.filter((limit) => limit.includes('-')),
  ...LOG_USES,
  ...LOG_USES.map((use) => `log:${use}`),
  ...KEY_COMMANDS.flatMap((command) => [command, `command ${command}`, `command:${command}`]),
  ...['known', 'changed', 'removed', 'retired', 'renewing', 'renewed', 'replaced', 'activated', 'subject-request'],
  ...RECALL_GROUNDS,
  ...ERASURE_GROUNDS,
  ...EPOCH_REASONS,
])
