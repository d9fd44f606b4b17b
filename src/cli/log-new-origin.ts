import { join } from 'node:path'
import { EPOCH_REASONS } from '../audit/record/epoch.ts'
import { DATA_FILES } from '../boot/key-files.ts'
import { beginNewOrigin, type NewOrigin } from '../boot/new-origin.ts'
import { isLoopback, originAt } from '../boot/public-address.ts'
import { findKeys, verifyDatabaseOwner } from './keys/key-folder.ts'
import { defineCommand, EXIT } from './terminal/command.ts'
import { UsageError } from './terminal/failure.ts'
import { DATA_OPTION, JSON_OPTION } from './terminal/options.ts'
import { readTextFile } from './terminal/read-text-file.ts'

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
    if ('reason' in result) {
      terminal.err(`sluis: ${result.status === 'unverified' ? 'NOT verified: ' : ''}${result.reason}`)
      return result.status === 'refused' ? EXIT.refused : EXIT.verificationFailed
    }
    for (const line of values.json ? [JSON.stringify(result)] : formatNewOrigin(result, folder)) terminal.out(line)
    return EXIT.done
  },
})

type BegunOrigin = Exclude<NewOrigin, { reason: string }>

function formatNewOrigin(result: BegunOrigin, folder: string): string[] {
  const { origin, verifierKey } = result
  return [
    result.status === 'begun'
      ? `the log continues under ${origin}, with ${result.inherited} records of ${result.previousOrigin}${result.lost > 0 ? ` and without ${result.lost} that it had signed` : ''}`
      : `the new origin ${origin}, which an earlier run began, is now complete`,
    `its verifier key: ${verifierKey}`,
    'send this key, and the reason, to every party (for `inbox open` and receipts), every auditor and every witness of this log',
    `the earlier keys are in ${join(folder, DATA_FILES.earlierVerifierKeys)}: older receipts verify with those`,
    'back up log.key and log.pub now; then start the gateway',
  ]
}
