import { readFileSync } from 'node:fs'
import { readWitnessPolicy } from '../../boot/witness-policy-file.ts'
import { openDelivery, parseDelivery } from '../../delivery/pulled.ts'
import { SluisError } from '../../errors.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { CommandError, UsageError } from '../terminal/failure.ts'
import {
  JSON_ALWAYS_OPTION,
  LANGUAGE_OPTION,
  LOG_KEY_OPTION,
  PARTY_OPTION,
  parseLanguage,
  readVerifierKeys,
  WITNESS_POLICY_OPTION,
} from '../terminal/options.ts'
import { printText } from '../terminal/visible-text.ts'
import { formatReason } from '../verification/reasons.ts'
import { openClient } from './open-client.ts'
import { readPartyKeys } from './party-folder.ts'

export const inboxOpen = defineCommand({
  name: 'inbox open',
  summary: {
    nl: 'leveringen controleren tegen het logboek, ze dan openen en de inhoud tonen als JSON',
    en: 'verify deliveries against the log, then open them and print their content as JSON',
  },
  usage: 'FILE… --as PARTY --log-key KEY|FILE…',
  operands: {
    'FILE…': { nl: 'leveringen die `sluis inbox pull` ophaalde', en: 'deliveries that `sluis inbox pull` fetched' },
  },
  options: {
    ...PARTY_OPTION,
    ...LOG_KEY_OPTION,
    ...WITNESS_POLICY_OPTION,
    acknowledge: {
      type: 'boolean',
      what: {
        nl: 'de gateway laten weten dat elke levering ontvangen en geopend is',
        en: 'tell the gateway that each delivery was received and opened',
      },
    },
    ...LANGUAGE_OPTION,
    ...JSON_ALWAYS_OPTION,
  },
  exits: {
    verificationFailed: {
      nl: 'een levering klopt niet; zij en die erna zijn niet geopend',
      en: 'a delivery does not verify; it and those after it were not opened',
    },
  },
  examples: [
    'inbox open var/demo/inbox/comensha/*.json --as comensha --log-key var/demo/gateway/log.pub --acknowledge',
  ],
  async run({ values, positionals, settings }, terminal) {
    const language = parseLanguage(values.lang)
    const party = values.as
    if (!party || values['log-key'].length === 0 || positionals.length === 0)
      throw new UsageError({
        nl: 'geef bestanden, --as PARTY en --log-key',
        en: 'give files, --as PARTY and --log-key',
      })
    const verifierKeys = readVerifierKeys(values['log-key'])
    const policyPath = values['witness-policy']
    const policy = policyPath === undefined ? undefined : readWitnessPolicy(policyPath)
    const { encryption } = readPartyKeys(settings().partyFolder, party)
    for (const path of positionals) {
      const delivery = parseDelivery(readFileSync(path))
      if ('reason' in delivery) {
        terminal.err(`${path}: ${delivery.reason[language]}`)
        return EXIT.verificationFailed
      }
      const opened = await openDelivery(delivery, party, verifierKeys, encryption, policy).catch((cause: Error) => {
        const { nl, en } =
          cause instanceof SluisError ? cause.faults[0]!.detail : { nl: cause.message, en: cause.message }
        throw new CommandError({ nl: `${path}: ${nl}`, en: `${path}: ${en}` }, { cause })
      })
      if (!opened.ok) {
        terminal.err(`${path}: ${formatReason(opened.reason, language)}`)
        return EXIT.verificationFailed
      }
      printText(terminal.out, JSON.stringify(opened.content, null, 2))
      if (values.acknowledge) {
        const response = await (await openClient(settings(), party)).request(
          'POST',
          `/v1/deliveries/${delivery.id}/_acknowledge`,
        )
        if (!response.ok)
          throw new CommandError({
            nl: `${path}: de gateway nam de bevestiging niet aan (HTTP ${response.status}); probeer het opnieuw`,
            en: `${path}: the gateway did not accept the acknowledgement (HTTP ${response.status}); try again`,
          })
      }
    }
    return EXIT.done
  },
})
