import { join } from 'node:path'
import { EPOCH_REASONS } from '../audit/record/epoch.ts'
import { DATA_FILES } from '../boot/key-files.ts'
import { beginNewOrigin, type NewOrigin } from '../boot/new-origin.ts'
import { isLoopback, originAt } from '../boot/public-address.ts'
import type { Language } from '../model/language.ts'
import { findKeys, verifyDatabaseOwner } from './keys/key-folder.ts'
import { defineCommand, EXIT } from './terminal/command.ts'
import { UsageError } from './terminal/failure.ts'
import { DATA_OPTION, JSON_OPTION, LANGUAGE_OPTION, parseLanguage } from './terminal/options.ts'
import { readTextFile } from './terminal/read-text-file.ts'
import { formatReason } from './verification/reasons.ts'

export const logNewOrigin = defineCommand({
  name: 'log new-origin',
  summary: {
    nl: 'het logboek van een gestopte gateway voortzetten onder een nieuwe oorsprong en sleutel',
    en: 'continue the log of a stopped gateway under a new origin and key',
  },
  usage: '--reason REASON',
  options: {
    reason: {
      type: 'string',
      value: 'REASON',
      what: { nl: `waarom: ${EPOCH_REASONS.join(', ')}`, en: `why: ${EPOCH_REASONS.join(', ')}` },
    },
    checkpoint: {
      type: 'string',
      value: 'FILE',
      what: {
        nl: 'het nieuwste checkpoint dat anderen van de oude oorsprong hebben',
        en: 'the newest checkpoint that others hold of the old origin',
      },
    },
    ...DATA_OPTION,
    ...LANGUAGE_OPTION,
    ...JSON_OPTION,
  },
  exits: {
    refused: {
      nl: 'het logboek kan onder zijn eigen oorsprong verder, dus er is geen nieuwe begonnen',
      en: 'the log can be continued under its own origin, so no new one was begun',
    },
    verificationFailed: {
      nl: 'het logboek of het checkpoint klopt niet',
      en: 'the log or the checkpoint does not verify',
    },
  },
  examples: [
    'log new-origin --reason rolled-back',
    'log new-origin --reason moved',
    'log new-origin --reason key-lost --checkpoint checkpoint.txt',
  ],
  async run({ values, settings }, terminal) {
    const language = parseLanguage(values.lang)
    const reason = EPOCH_REASONS.find((word) => word === values.reason)
    if (!reason)
      throw new UsageError({
        nl: `geef de reden met --reason: ${EPOCH_REASONS.join(', ')}`,
        en: `give the reason with --reason: ${EPOCH_REASONS.join(', ')}`,
      })
    const { folder, issuer, anchorPath, clock, random } = findKeys(settings(), values.data)
    if (reason === 'moved' && isLoopback(issuer))
      throw new UsageError({
        nl: 'zet SLUIS_ISSUER op het nieuwe openbare adres; daarnaar heet het logboek voortaan',
        en: 'set SLUIS_ISSUER to the new public address, which the log is named after from now on',
      })
    verifyDatabaseOwner(folder)
    const result = await beginNewOrigin({
      folder,
      anchorPath: anchorPath ?? join(folder, DATA_FILES.anchor),
      reason,
      movedTo: originAt(issuer),
      ...(values.checkpoint !== undefined && { checkpoint: readTextFile(values.checkpoint) }),
      clock,
      random,
    })
    if (result.status === 'refused') {
      terminal.err(`sluis: ${result.reason[language]}`)
      return EXIT.refused
    }
    if (result.status === 'unverified') {
      terminal.err(`sluis: ${WORDS[language].unverified}${formatReason(result.reason, language)}`)
      return EXIT.verificationFailed
    }
    for (const line of values.json ? [JSON.stringify(result)] : formatNewOrigin(result, folder, language))
      terminal.out(line)
    return EXIT.done
  },
})

type BegunOrigin = Extract<NewOrigin, { origin: string }>

function formatNewOrigin(result: BegunOrigin, folder: string, language: Language): readonly string[] {
  const words = WORDS[language]
  const { origin, verifierKey } = result
  return [
    result.status === 'begun' ? words.begun(result) : words.completed(origin),
    words.key(verifierKey),
    words.send,
    words.earlierKeys(join(folder, DATA_FILES.earlierVerifierKeys)),
    words.next,
  ]
}

type Begun = Extract<NewOrigin, { status: 'begun' }>

const WORDS = {
  nl: {
    unverified: 'KLOPT NIET: ',
    begun: ({ origin, inherited, previousOrigin, lost }: Begun) =>
      `het logboek gaat verder onder ${origin}, met ${inherited} records van ${previousOrigin}${lost > 0 ? ` en zonder ${lost} die dat al ondertekend had` : ''}`,
    completed: (origin: string) => `de nieuwe oorsprong ${origin}, waar een eerdere keer mee begon, is nu compleet`,
    key: (verifierKey: string) => `de controlesleutel: ${verifierKey}`,
    send: 'stuur deze sleutel, met de reden, naar elke partij (voor `inbox open` en ontvangstbewijzen), elke auditor en elke getuige van dit logboek',
    earlierKeys: (path: string) =>
      `de eerdere sleutels staan in ${path}: daarmee controleert u oudere ontvangstbewijzen`,
    next: 'maak nu een reservekopie van log.key en log.pub; start dan de gateway',
  },
  en: {
    unverified: 'NOT verified: ',
    begun: ({ origin, inherited, previousOrigin, lost }: Begun) =>
      `the log continues under ${origin}, with ${inherited} records of ${previousOrigin}${lost > 0 ? ` and without ${lost} that it had signed` : ''}`,
    completed: (origin: string) => `the new origin ${origin}, which an earlier run began, is now complete`,
    key: (verifierKey: string) => `its verifier key: ${verifierKey}`,
    send: 'send this key, and the reason, to every party (for `inbox open` and receipts), every auditor and every witness of this log',
    earlierKeys: (path: string) => `the earlier keys are in ${path}: older receipts verify with those`,
    next: 'back up log.key and log.pub now; then start the gateway',
  },
} as const
