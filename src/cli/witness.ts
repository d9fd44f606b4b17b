import type { Language } from '../model/language.ts'
import { startWitness } from './start-witness.ts'
import { defineCommand, EXIT } from './terminal/command.ts'
import { UsageError } from './terminal/failure.ts'
import { LANGUAGE_OPTION, parseLanguage } from './terminal/options.ts'
import { untilInterrupted } from './terminal/until-interrupted.ts'

export const witness = defineCommand({
  name: 'witness',
  summary: {
    nl: 'de checkpoints van andere logboeken meetekenen, elk zolang het het vorige voortzet',
    en: 'cosign the checkpoints of other logs, each as long as it continues the previous one',
  },
  usage: '--logs FILE --data FOLDER',
  options: {
    logs: {
      type: 'string',
      value: 'FILE',
      what: {
        nl: 'de logboeken om voor mee te tekenen: voor elk een regel `log VERIFIER-KEY`',
        en: 'the logs to cosign for: a line `log VERIFIER-KEY` for each',
      },
    },
    data: {
      type: 'string',
      value: 'FOLDER',
      what: {
        nl: 'waar de sleutel en de database staan; worden gemaakt als ze ontbreken',
        en: 'where its key and its database are; made when absent',
      },
    },
    name: {
      type: 'string',
      value: 'NAME',
      what: {
        nl: 'naam in de nieuwe controlesleutel, zoals witness.example/w1',
        en: 'name in its new verifier key, such as witness.example/w1',
      },
    },
    port: {
      type: 'string',
      value: 'N',
      default: '8788',
      what: { nl: 'poort om op te luisteren; 0 neemt een vrije', en: 'port to listen on; 0 takes a free one' },
    },
    host: {
      type: 'string',
      value: 'HOST',
      default: '127.0.0.1',
      what: { nl: 'adres om op te luisteren', en: 'address to listen on' },
    },
    ...LANGUAGE_OPTION,
    json: {
      type: 'boolean',
      what: {
        nl: 'adres en controlesleutel tonen als een JSON-object',
        en: 'print address and verifier key as a JSON object',
      },
    },
  },
  exits: { verificationFailed: { nl: 'het bestand met logboeken heeft een fout', en: 'the file of logs has a fault' } },
  examples: ['witness --logs logs.txt --data var/witness --name witness.example/w1'],
  async run({ values }, terminal) {
    if (!values.logs || !values.data)
      throw new UsageError({
        nl: 'geef --logs FILE, met een regel `log VKEY` voor elk logboek, en --data FOLDER',
        en: 'give --logs FILE, with a line `log VKEY` for each log, and --data FOLDER',
      })
    const words = WORDS[parseLanguage(values.lang)]
    const port = /^[0-9]{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN
    if (!(port <= 65_535))
      throw new UsageError({ nl: '--port is een getal van 0 tot 65535', en: '--port is a number from 0 to 65535' })
    // Before it listens: a supervisor that reads the line below may stop this process at once.
    const interrupted = untilInterrupted()
    const running = await startWitness({
      logsPath: values.logs,
      dataFolder: values.data,
      name: values.name,
      port,
      host: values.host,
      print: terminal.err,
    })
    const { url, verifierKey, logs } = running
    if (values.json) terminal.out(JSON.stringify({ url, verifierKey, logs }))
    else {
      terminal.out(`${words.verifierKey} ${verifierKey}`)
      terminal.out(words.listening(url, logs))
    }
    await interrupted
    await running.close()
    return EXIT.done
  },
})

const WORDS = {
  nl: {
    verifierKey: 'controlesleutel',
    listening: (url: string, logs: number) =>
      `luistert op ${url}, tekent mee voor ${logs} ${logs === 1 ? 'sleutel van een logboek' : 'sleutels van logboeken'}`,
  },
  en: {
    verifierKey: 'verifier key',
    listening: (url: string, logs: number) => `listening on ${url}, cosigning for ${logs} log key(s)`,
  },
} as const satisfies Record<Language, object>
