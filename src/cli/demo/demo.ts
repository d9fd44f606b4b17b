import { dirname, join } from 'node:path'
import { DATA_FILES } from '../../boot/key-files.ts'
import { PolicyFaultsError, startGateway } from '../../boot/node.ts'
import { requirePublicAddress } from '../../boot/public-address.ts'
import { checkExample, subjectRequestExample } from '../../http/examples.ts'
import { DEMO_PARTIES, DEMO_PEOPLE } from '../party/demo-parties.ts'
import { ensurePartyKeys } from '../party/party-folder.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { writeWholeFile } from '../terminal/draft-file.ts'
import { LANGUAGE_OPTION, parseLanguage } from '../terminal/options.ts'
import { untilInterrupted } from '../terminal/until-interrupted.ts'
import { printText } from '../terminal/visible-text.ts'
import { startDemoSignIn } from './demo-sign-in.ts'
import { DEMO_WORDS } from './demo-words.ts'
import { formatNextSteps } from './next-steps.ts'
import { playDemo } from './play.ts'
import { policeReport } from './reports.ts'

export const demo = defineCommand({
  name: 'demo',
  summary: {
    nl: 'een gateway met voorbeeldpartijen starten en uitwisselingen spelen, van melding tot logboek',
    en: 'start a gateway with demo parties and play exchanges from report to verified log',
  },
  usage: '',
  options: {
    once: {
      type: 'boolean',
      what: { nl: 'stoppen als de uitwisselingen gespeeld zijn', en: 'stop when the exchanges were played' },
    },
    ...LANGUAGE_OPTION,
  },
  exits: {
    failed: {
      nl: 'een stap van de demo mislukte; de laatste regel zegt wat verwacht werd',
      en: 'a step of the demo failed; the last line says what was expected',
    },
    invalidPolicy: {
      nl: 'een regelbestand heeft een fout; elke fout staat in de lijst',
      en: 'a rule file has a fault; every fault is listed',
    },
  },
  examples: ['demo', 'demo --once --lang nl'],
  async run({ values, settings: readSettings }, terminal) {
    const language = parseLanguage(values.lang)
    const settings = readSettings()
    requirePublicAddress(settings)
    const { partyFolder } = settings
    const dataFolder =
      terminal.environment.SLUIS_DATA === undefined ? join('var', 'demo', 'gateway') : settings.dataFolder
    for (const party of [...DEMO_PARTIES, ...DEMO_PEOPLE])
      await ensurePartyKeys(partyFolder, join(dataFolder, DATA_FILES.partyKeys), party)
    printText(terminal.out, DEMO_WORDS[language].intro)
    // A demo that stops after the exchanges has no use for it.
    const signIn = values.once ? undefined : await startDemoSignIn(dirname(partyFolder))
    try {
      const running = await startGateway({ ...settings, dataFolder, ...(signIn && { signIn: signIn.path }) })
      try {
        await signIn?.serve(running)
        const { out } = terminal
        if (!(await playDemo({ running, partyFolder, language, out }))) return EXIT.failed
        if (!values.once) {
          const bodies = writeExampleBodies(dirname(partyFolder))
          const { issuer } = running
          const interrupted = untilInterrupted()
          for (const line of formatNextSteps({ issuer, dataFolder, partyFolder, ...bodies }, language)) out(line)
          await interrupted
        }
        return EXIT.done
      } finally {
        await running.close()
      }
    } catch (error) {
      if (!(error instanceof PolicyFaultsError)) throw error
      for (const fault of error.faults) terminal.err(fault[language])
      return EXIT.invalidPolicy
    } finally {
      await signIn?.close()
    }
  },
})

/** Bodies to try the API with, beside the keys of the demo. */
function writeExampleBodies(folder: string): { check: string; report: string } {
  const bodies = { check: join(folder, 'check.json'), report: join(folder, 'report.json') }
  writeWholeFile(join(folder, 'subject-request.json'), `${JSON.stringify(subjectRequestExample, null, 2)}\n`)
  writeWholeFile(bodies.check, `${JSON.stringify(checkExample, null, 2)}\n`)
  writeWholeFile(bodies.report, `${JSON.stringify(policeReport, null, 2)}\n`)
  return bodies
}
