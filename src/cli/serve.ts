import { PolicyFaultsError, startGateway } from '../boot/node.ts'
import { defineCommand, EXIT } from './terminal/command.ts'
import { untilInterrupted } from './terminal/until-interrupted.ts'

export const serve = defineCommand({
  name: 'serve',
  summary: {
    nl: 'de gateway draaien met de instellingen van de omgeving',
    en: 'run the gateway with the settings of the environment',
  },
  usage: '',
  options: {
    json: {
      type: 'boolean',
      what: { nl: 'de adressen tonen als een JSON-object', en: 'print the addresses as a JSON object' },
    },
  },
  exits: {
    invalidPolicy: {
      nl: 'een regelbestand heeft een fout; elke fout staat in de lijst',
      en: 'a rule file has a fault; every fault is listed',
    },
  },
  examples: ['serve'],
  async run({ values, settings }, terminal) {
    try {
      const running = await startGateway(settings())
      // Before the address is printed: a reader of that line may stop the gateway at once.
      const interrupted = untilInterrupted()
      const { listening, issuer } = running
      const lines = [`listening on ${listening}`, `public address ${issuer}`]
      for (const line of values.json ? [JSON.stringify({ issuer, listening })] : lines) terminal.out(line)
      await interrupted
      await running.close()
      return EXIT.done
    } catch (error) {
      if (!(error instanceof PolicyFaultsError)) throw error
      for (const fault of error.faults) terminal.err(fault.en)
      terminal.err(`sluis: ${error.message}`)
      return EXIT.invalidPolicy
    }
  },
})
