import { readFileSync } from 'node:fs'
import { readWitnessPolicy } from '../../boot/witness-policy-file.ts'
import { type Command, EXIT, parseArguments, UsageError } from '../terminal/command.ts'
import { LOG_KEY_OPTION, readVerifierKeys } from '../terminal/options.ts'
import { openDelivery, parseDelivery } from './deliveries.ts'
import { openClient, readSettings } from './open-client.ts'
import { readPartyKeys } from './party-folder.ts'

export const inboxOpen: Command = {
  name: 'inbox open',
  usage: 'FILE… --as PARTY --log-key KEY|FILE… [--witness-policy FILE] [--acknowledge]',
  summary: 'verify deliveries against the log, then open them',
  async run(args, terminal) {
    const { values, positionals } = parseArguments(args, {
      as: { type: 'string' },
      ...LOG_KEY_OPTION,
      'witness-policy': { type: 'string' },
      acknowledge: { type: 'boolean' },
    })
    const party = values.as
    if (!party || values['log-key'].length === 0 || positionals.length === 0)
      throw new UsageError('give files, --as PARTY and --log-key')
    const verifierKeys = readVerifierKeys(values['log-key'])
    const policyPath = values['witness-policy']
    const policy = policyPath === undefined ? undefined : readWitnessPolicy(policyPath)
    const { encryption } = readPartyKeys(readSettings(terminal).partyFolder, party)
    for (const path of positionals) {
      const delivery = parseDelivery(readFileSync(path))
      if ('reason' in delivery) {
        terminal.err(`${path}: ${delivery.reason}`)
        return EXIT.verificationFailed
      }
      const opened = await openDelivery(delivery, party, verifierKeys, encryption, policy).catch((cause: Error) => {
        throw new Error(`${path}: ${cause.message}`, { cause })
      })
      if (!opened.ok) {
        terminal.err(`${path}: ${opened.reason}`)
        return EXIT.verificationFailed
      }
      terminal.out(JSON.stringify(opened.content, null, 2))
      if (values.acknowledge) {
        const response = await (await openClient(terminal, party)).request(
          'POST',
          `/v1/deliveries/${delivery.id}/_acknowledge`,
        )
        if (!response.ok)
          throw new Error(`${path}: the gateway did not take the acknowledgement (HTTP ${response.status}); try again`)
      }
    }
    return EXIT.done
  },
}
