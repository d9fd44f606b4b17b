import { sha256 } from '@noble/hashes/sha2.js'
import { formatHex, formatUtf8 } from '../encoding/bytes.ts'
import { formatCanonicalJson } from '../encoding/canonical-json.ts'
import type { Json } from '../encoding/json.ts'
import { compareText } from '../encoding/text-order.ts'
import type { BasisRule, Duty, Exception, Prohibition, RuleScope, Safeguard } from '../model/rule.ts'
import type { Circumstance, DateLimits, GatewayWords, ValueCondition, Vocabulary } from '../model/vocabulary.ts'

/**
 * The policy hash, which identifies what decides: SHA-256, in hexadecimal, over the canonical JSON (RFC 8785) of the vocabulary and all rules
 * sorted by file and id. Comments, explanations, cases and the order of words that form a set make no difference.
 */
export function derivePolicyHash(
  vocabulary: Vocabulary,
  rules: readonly BasisRule[],
  prohibitions: readonly Prohibition[],
  safeguards: readonly Safeguard[],
): string {
  const content: Json = {
    vocabulary: vocabularyJson(vocabulary),
    rules: inOrder(rules, ruleJson),
    prohibitions: inOrder(prohibitions, prohibitionJson),
    safeguards: inOrder(safeguards, safeguardJson),
  }
  return formatHex(sha256(formatUtf8(formatCanonicalJson(content))))
}

/**
 * The source hash, which identifies the texts: SHA-256, in hexadecimal, over the files sorted by name. Each name and each text is preceded by its length in
 * bytes (8 bytes, big-endian), so that no two sets of files share one byte sequence. Folders do not count: a set keeps its
 * hash wherever it is stored.
 */
export function deriveSourceHash(texts: readonly { readonly path: string; readonly text: string }[]): string {
  const hash = sha256.create()
  const named = texts.map(({ path, text }) => ({ name: path.slice(path.lastIndexOf('/') + 1), text }))
  for (const { name, text } of named.sort((a, b) => compareText(a.name, b.name))) {
    for (const bytes of [formatUtf8(name), formatUtf8(text)]) {
      const length = new DataView(new ArrayBuffer(8))
      length.setBigUint64(0, BigInt(bytes.length))
      hash.update(new Uint8Array(length.buffer)).update(bytes)
    }
  }
  return formatHex(hash.digest())
}

function inOrder<Rule extends { readonly file: string; readonly id: string }>(
  rules: readonly Rule[],
  json: (rule: Rule) => Record<string, Json>,
): Json {
  return rules
    .toSorted((a, b) => compareText(a.file, b.file) || compareText(a.id, b.id))
    .map((rule) => ({ file: rule.file, id: rule.id, ...json(rule) }))
}

function ruleJson(rule: BasisRule): Record<string, Json> {
  return {
    citation: rule.citation,
    validity: present({ ...rule.validity }),
    scope: scopeJson(rule.scope),
    when: asSet(rule.when),
    ...present({ whenFrom: rule.whenFrom && Object.fromEntries([...rule.whenFrom].map(setOfSender)) }),
    whenNot: asSet(rule.whenNot),
    ...present({ unlessDenied: rule.unlessDenied && asSet(rule.unlessDenied) }),
    anyOf: asSet(rule.anyOf),
    assessments: asSet(rule.assessments),
    release: asSet(rule.release),
    generalise: Object.fromEntries(rule.generalise),
    link: asSet(rule.link),
    duties: inCanonicalOrder(rule.duties.map(dutyJson)),
    ...present({ exception: rule.exception }),
  }
}

const setOfSender = ([sender, words]: readonly [string, readonly string[]]) => [sender, asSet(words)] as const

function prohibitionJson(prohibition: Prohibition): Record<string, Json> {
  return {
    citation: prohibition.citation,
    validity: present({ ...prohibition.validity }),
    scope: scopeJson(prohibition.scope),
    when: asSet(prohibition.when),
    whenNot: asSet(prohibition.whenNot),
    ...present({ whenStated: prohibition.whenStated && asSet(prohibition.whenStated) }),
    fields: asSet(prohibition.fields),
    outcome: prohibition.outcome,
    levels: Object.fromEntries(prohibition.levels),
    unless: inCanonicalOrder(prohibition.unless.map(exceptionJson)),
  }
}

function safeguardJson(safeguard: Safeguard): Record<string, Json> {
  return {
    citation: safeguard.citation,
    validity: present({ ...safeguard.validity }),
    scope: scopeJson(safeguard.scope),
    when: asSet(safeguard.when),
    whenNot: asSet(safeguard.whenNot),
    ...present({ whenStated: safeguard.whenStated && asSet(safeguard.whenStated) }),
    withhold: asSet(safeguard.withhold),
    linkOnly: asSet(safeguard.linkOnly),
    generalise: Object.fromEntries(safeguard.generalise),
    unless: inCanonicalOrder(safeguard.unless.map(exceptionJson)),
    duties: inCanonicalOrder(safeguard.duties.map(dutyJson)),
  }
}

const inCanonicalOrder = (items: readonly Json[]): Json =>
  items.toSorted((a, b) => compareText(formatCanonicalJson(a), formatCanonicalJson(b)))

function exceptionJson(exception: Exception): Json {
  return {
    ...scopeJson(exception),
    when: asSet(exception.when),
    whenNot: asSet(exception.whenNot),
    assessments: asSet(exception.assessments),
  }
}

function scopeJson(scope: RuleScope): Record<string, Json> {
  const { senders, recipients, purposes, roles } = scope
  return present({
    senders: senders && asSet(senders),
    recipients: recipients && asSet(recipients),
    purposes: purposes && asSet(purposes),
    roles: roles && asSet(roles),
  })
}

const dutyJson = (duty: Duty): Json => present({ ...duty })

function vocabularyJson(vocabulary: Vocabulary): Json {
  const { fields, domains, gatewayWords, ...words } = vocabulary
  return {
    ...Object.fromEntries(
      Object.entries(words).map(([list, map]) => [
        list,
        Object.fromEntries([...map.values()].map((word) => [word.id, wordJson(word)])),
      ]),
    ),
    domains: Object.fromEntries(
      [...domains.values()].map(({ id, label, recipient, purposes, blockLimit }) => [
        id,
        present({ label, recipient, purposes: asSet(purposes), blockLimit }),
      ]),
    ),
    fields: Object.fromEntries(
      [...fields.values()].map(({ id, values, limits, ...field }) => [
        id,
        present({ ...field, values: values && Object.fromEntries(values), limits: limits && limitsJson(limits) }),
      ]),
    ),
    ...(gatewayWords && { gatewayWords: gatewayWordsJson(gatewayWords) }),
  }
}

// A word without relations is its label alone, as it was before there were relations: archived sets keep their hash.
const wordJson = ({ label, excludes, impliedBy, settledBy }: Circumstance): Json =>
  present({
    ...label,
    excludes: excludes && asSet(excludes),
    impliedBy: impliedBy && asSet(impliedBy),
    settledBy: settledBy && conditionJson(settledBy),
  })

const conditionJson = (condition: ValueCondition): Json =>
  'youngerThan' in condition
    ? { ...condition }
    : { field: condition.field, trueAt: asSet(condition.trueAt), falseAt: asSet(condition.falseAt) }

const limitsJson = ({ isPast, maxYearsAgo, notBefore }: DateLimits): Json =>
  present({ isPast, maxYearsAgo, notBefore: notBefore && asSet(notBefore) })

const gatewayWordsJson = ({ feedbackPurpose, replyKind, followUp, identityQuestion }: GatewayWords): Json =>
  present({
    feedbackPurpose,
    replyKind,
    followUp: followUp && { kinds: asSet(followUp.kinds), groups: asSet(followUp.groups) },
    identityQuestion: identityQuestion && { ...identityQuestion },
  })

const asSet = (words: readonly string[]): readonly string[] => words.toSorted(compareText)

// JSON has no undefined.
function present(members: Record<string, Json | undefined>): Record<string, Json> {
  return Object.fromEntries(Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined))
}
