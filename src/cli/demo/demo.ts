import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DATA_FILES } from '../../boot/key-files.ts'
import { PolicyFaultsError, startGateway } from '../../boot/node.ts'
import { checkExample } from '../../http/examples.ts'
import { DEMO_PARTIES, DEMO_PEOPLE } from '../party/demo-parties.ts'
import { ensurePartyKeys } from '../party/party-folder.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { ENGLISH_FIRST_OPTION, parseLanguage } from '../terminal/options.ts'
import { untilInterrupted } from '../terminal/until-interrupted.ts'
import { playDemo } from './play.ts'
import { policeReport } from './reports.ts'

export const demo = defineCommand({
  name: 'demo',
  summary: 'start a gateway with demo parties, play real exchanges from report to verified log, and keep running',
  usage: '',
  options: {
    once: { type: 'boolean', what: 'stop when the exchanges were played' },
    ...ENGLISH_FIRST_OPTION,
  },
  exits: {
    failed: 'a step of the demo failed; the last line says what was expected',
    invalidPolicy: 'a rule file has a fault; every fault is listed',
  },
  examples: ['demo', 'demo --once --lang nl'],
  async run({ values, settings: readSettings }, terminal) {
    const language = parseLanguage(values.lang)
    const settings = readSettings()
    const dataFolder =
      terminal.environment.SLUIS_DATA === undefined ? join('var', 'demo', 'gateway') : settings.dataFolder
    for (const party of [...DEMO_PARTIES, ...DEMO_PEOPLE])
      await ensurePartyKeys(settings.partyFolder, join(dataFolder, DATA_FILES.partyKeys), party)
    try {
      const running = await startGateway({ ...settings, dataFolder })
      try {
        const isAsTold = await playDemo({
          running,
          partyFolder: settings.partyFolder,
          language,
          out: terminal.out,
        })
        if (!isAsTold) return EXIT.failed
        if (!values.once) {
          const bodies = writeExampleBodies(dirname(settings.partyFolder))
          for (const line of formatNextSteps({ issuer: running.issuer, dataFolder, port: settings.port, ...bodies }))
            terminal.out(line)
          await untilInterrupted()
        }
        return EXIT.done
      } finally {
        await running.close()
      }
    } catch (error) {
      if (!(error instanceof PolicyFaultsError)) throw error
      for (const fault of error.faults) terminal.err(fault)
      return EXIT.invalidPolicy
    }
  },
})

/** Bodies to try the API with, beside the keys of the demo. */
function writeExampleBodies(folder: string): { check: string; report: string } {
  const bodies = { check: join(folder, 'check.json'), report: join(folder, 'report.json') }
  writeFileSync(bodies.check, `${JSON.stringify(checkExample, null, 2)}\n`)
  writeFileSync(bodies.report, `${JSON.stringify(policeReport, null, 2)}\n`)
  return bodies
}

function formatNextSteps(demo: {
  issuer: string
  dataFolder: string
  port: number
  check: string
  report: string
}): string[] {
  const sluis = demo.port === 8787 ? 'npx sluis' : `PORT=${demo.port} npx sluis`
  return [
    '',
    `The gateway keeps running on ${demo.issuer} (Ctrl-C stops it). Try in another terminal:`,
    `  the API page     ${demo.issuer}/docs`,
    `  the rules        ${sluis} request GET /v1/policies --as politie`,
    `  ask beforehand   ${sluis} request POST /v1/exchanges/_check --as politie --body ${demo.check}`,
    `  send a report    ${sluis} request POST /v1/exchanges --as politie --body ${demo.report}`,
    `  fetch the inbox  ${sluis} inbox pull --as comensha`,
    `  verify the log   npx sluis audit verify --database ${join(demo.dataFolder, DATA_FILES.database)} --log-key ${join(demo.dataFolder, DATA_FILES.verifierKey)}`,
    '  everything else  npx sluis help',
  ]
}
