import { SluisError } from '../errors.ts'
import type { UnsentMail } from '../exchange/inbox/inbox-mail.ts'
import type { SkippedDomain } from '../exchange/upkeep/renew-pseudonyms.ts'
import type { MailFailure } from '../ports/mail.ts'
import type { Submission } from '../witness/client.ts'
import type { KeySetFault } from './party-keys.ts'

/**
 * One line of JSON for the operator. Only names, codes and lines of our own code: the message of an unexpected error can contain
 * what was sent.
 */
export function formatFaultLine(error: unknown, at: Date): string {
  const known = error instanceof SluisError ? error.code : undefined
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : undefined
  const frames = error instanceof Error ? (error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []) : []
  return JSON.stringify({
    at: at.toISOString(),
    event: 'fault',
    name: error instanceof Error ? error.name : typeof error,
    ...(known && { code: known }),
    ...(cause && { cause: cause.name, causeCode: 'code' in cause ? String(cause.code) : undefined }),
    ...(known === undefined && { frames: frames.slice(0, 8).map((line) => line.trim()) }),
  })
}

/** One line of JSON for the operator: no heartbeat could be written for too long. */
export const formatStaleHeartbeatLine = (newestHeartbeatAt: string, at: Date): string =>
  JSON.stringify({
    at: at.toISOString(),
    event: 'heartbeat-stale',
    newestHeartbeatAt,
    mend: 'find out why the log cannot be written: disk space, permissions, disk faults; `/readyz` answers 503 until a heartbeat is written',
  })

/** One line of JSON for the operator: an OpenID provider signed somebody in not as agreed, or not at all. @param code a word that leads to the cause */
export const formatProviderLine = (provider: string, code: string, at: Date): string =>
  JSON.stringify({
    at: at.toISOString(),
    event: 'sign-in-provider',
    provider,
    cause: code,
    mend: 'somebody of its parties could not sign in: check issuer, client id and authentication in the file of SLUIS_SIGN_IN, whether the provider can be reached, and whether it supports `nonce` and `max_age`; the next sign-in tries again',
  })

/** One line of JSON for the operator: people whom one provider knows under one subject. */
export const formatSharedSubjectLine = (people: readonly string[], at: Date): string =>
  JSON.stringify({
    at: at.toISOString(),
    event: 'shared-subject',
    people,
    mend: 'none of them can sign in: give each a `subject` of their own in partijen.yaml',
  })

const KEY_SET_MENDS: Readonly<Record<KeySetFault['problem'], string>> = {
  'unknown-client':
    'the rule set in force has no such party or person: correct the name of the key set, or remove it; it is not used',
  'no-key': 'the key set is empty: put the public keys in, or remove it; the client gets no token and no delivery',
  'key-expired':
    'the key is no longer accepted: ask the client for new ones (`sluis party keys`), and add them with `sluis party add --replace`',
  'key-expires-soon':
    'ask the client for new keys (`sluis party keys`) before that day is over, and add them with `sluis party add`',
}

/** One line of JSON for the operator: a key set that is not used, or a key that expires, and how to fix that. */
export const formatKeySetLine = (fault: KeySetFault, at: Date): string =>
  JSON.stringify({ at: at.toISOString(), event: 'party-keys', ...fault, mend: KEY_SET_MENDS[fault.problem] })

/** One line of JSON for the operator: a file among the key sets that is none by its name. */
export const formatMisnamedLine = (file: string, at: Date): string =>
  JSON.stringify({
    at: at.toISOString(),
    event: 'party-keys',
    file,
    problem: 'misnamed',
    mend: 'a key set is named CLIENT.jwks.json: rename it, or remove it; it is not used',
  })

/** One line of JSON for the operator: the party keys changed. @param reason why the new ones are refused; quotes nothing of a key */
export const formatKeysChangedLine = (reason: string | undefined, at: Date): string =>
  JSON.stringify({
    at: at.toISOString(),
    event: 'party-keys',
    status: reason === undefined ? 'taken' : 'refused',
    ...(reason !== undefined && { reason, mend: 'correct it; the keys of before stay in use until then' }),
  })

/** One line of JSON for the operator: the log is named after another address than the one it is reached at. */
export const formatOtherAddressLine = (origin: string, at: Date): string =>
  JSON.stringify({
    at: at.toISOString(),
    event: 'log-named-otherwise',
    origin,
    mend: 'nothing for a trial on this machine; before partners use it, set SLUIS_ISSUER to the address that the log is named after, or continue the log under the new one with `sluis log new-origin --reason moved`',
  })

/**
 * One line of JSON for the operator: the rule files are not those in force.
 * @param files hash of the rule files, or `unreadable`
 */
export const formatFilesDifferLine = (files: string, inForce: string, at: Date): string =>
  JSON.stringify({
    at: at.toISOString(),
    event: 'policy-files-differ',
    files,
    inForce,
    mend: 'nothing needs to be done: the set that two officers approved is in force; write it to a folder with `sluis policy export`, or propose the files with `sluis policy propose`',
  })

/** One line of JSON for the operator: a domain keeps its old pseudonyms for now, and how to fix that. */
export const formatNotRenewedLine = ({ domain, recipient }: SkippedDomain, at: Date): string =>
  JSON.stringify({
    at: at.toISOString(),
    event: 'pseudonyms-not-renewed',
    domain,
    recipient,
    mend: 'register a public key of the recipient with use enc, and start again',
  })

const WITNESS_MENDS: Readonly<Record<string, string>> = {
  'rolled-back':
    'the witness has a later checkpoint of this log, so records were lost; nothing is recorded any more: find what was lost, then start again',
  forked:
    'the witness has a different checkpoint of this log for the same size; nothing is recorded any more: find out which is right, then start again',
  'unknown-log': 'ask the operator of the witness to add the verifier key of this log',
  'untrusted-key': 'ask the operator of the witness to replace the verifier key of this log',
  malformed: 'check that the address in the witness policy is that of a witness (C2SP tlog-witness)',
  inconsistent:
    'ask the operator of the witness what it has; it shows no checkpoint of this log that explains its refusal',
  unreachable: 'check the address in the witness policy and the network; it is asked again every minute',
  unintelligible: 'check the address and the verifier key in the witness policy',
}

/** One line of JSON for the operator: the result of a submission to a witness, and how to fix it. Names as in the policy. */
export function formatWitnessLine(witness: string, submission: Submission, at: Date): string {
  const reason = 'reason' in submission ? submission.reason : undefined
  const mend = WITNESS_MENDS[reason ?? submission.status]
  return JSON.stringify({
    at: at.toISOString(),
    event: 'witness',
    witness,
    status: submission.status,
    ...(reason && { reason }),
    ...('treeSize' in submission && { treeSize: submission.treeSize }),
    ...(mend && { mend }),
  })
}

/** One line of JSON for the operator: nobody made the scripts and styles of the console. */
export const formatNoAssetsLine = (at: Date): string =>
  JSON.stringify({
    at: at.toISOString(),
    event: 'console-without-assets',
    mend: 'run `npm run prepare` and start again; until then the pages have no style, and sealed content cannot be opened in the browser',
  })

const MAIL_MENDS: Readonly<Record<MailFailure, string>> = {
  refused: 'the mail server refuses the address of these parties in partijen.yaml, or SLUIS_MAIL_FROM: correct it',
  unreachable: 'check SLUIS_SMTP_HOST, SLUIS_SMTP_PORT and the network, and whether the mail server answers in time',
  tls: 'the mail server offers no TLS, or a certificate that is not trusted: check SLUIS_SMTP_TLS and the port; name the file of a private authority in NODE_EXTRA_CA_CERTS',
  'sign-in': 'the mail server refuses SLUIS_SMTP_USER or SLUIS_SMTP_PASSWORD: correct them',
}

/** One line of JSON for the operator: mail about inboxes that was not sent. Names parties, never an address. */
export const formatUnsentMailLine = ({ reason, parties, givenUp }: UnsentMail, at: Date): string =>
  JSON.stringify({
    at: at.toISOString(),
    event: 'mail-not-sent',
    reason,
    parties,
    ...(givenUp.length > 0 && { givenUp }),
    mend: `${MAIL_MENDS[reason]}; it is tried again at the next moment of mail, except for parties that are given up, which get mail again when something new arrives`,
  })
