import { PolicyFaultsError, startGateway } from '../boot/node.ts'
import type { Language } from '../model/language.ts'
import { defineCommand, EXIT } from './terminal/command.ts'
import { LANGUAGE_OPTION, parseLanguage } from './terminal/options.ts'
import { untilInterrupted } from './terminal/until-interrupted.ts'

export const serve = defineCommand({
  name: 'serve',
  summary: {
    nl: 'de gateway draaien met de instellingen van de omgeving',
    en: 'run the gateway with the settings of the environment',
  },
  usage: '',
  options: {
    ...LANGUAGE_OPTION,
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
    const language = parseLanguage(values.lang)
    const words = WORDS[language]
    try {
      const running = await startGateway(settings())
      // Before the address is printed: a reader of that line may stop the gateway at once.
      const interrupted = untilInterrupted()
      const { listening, issuer } = running
      const lines = [`${words.listening} ${listening}`, `${words.publicAddress} ${issuer}`]
      for (const line of values.json ? [JSON.stringify({ issuer, listening })] : lines) terminal.out(line)
      await interrupted
      await running.close()
      return EXIT.done
    } catch (error) {
      if (!(error instanceof PolicyFaultsError)) throw error
      for (const fault of error.faults) terminal.err(fault[language])
      terminal.err(`sluis: ${words.faults(error.faults.length)}`)
      return EXIT.invalidPolicy
    }
  },
})

const WORDS = {
  nl: {
    listening: 'luistert op',
    publicAddress: 'openbaar adres',
    faults: (count: number) =>
      count === 1
        ? 'de regelbestanden hebben 1 fout; herstel die en start opnieuw'
        : `de regelbestanden hebben ${count} fouten; herstel die en start opnieuw`,
  },
  en: {
    listening: 'listening on',
    publicAddress: 'public address',
    faults: (count: number) => `the rule files have ${count} fault(s); fix them and start again`,
  },
} as const satisfies Record<Language, object>
