import { join } from 'node:path'
import { DATA_FILES } from '../../boot/key-files.ts'
import { parseSettings } from '../../boot/settings.ts'
import type { Language } from '../../model/language.ts'
import { formatTable } from '../terminal/table.ts'

/** What to try on the demo that keeps running: one command a line. */
export function formatNextSteps(
  demo: {
    /** Where the gateway answers. */
    readonly issuer: string
    readonly dataFolder: string
    readonly partyFolder: string
    /** Files of bodies to send. */
    readonly check: string
    readonly report: string
  },
  language: Language,
): readonly string[] {
  const words = WORDS[language]
  const sluis = [...settingsFor(demo.issuer), 'npx sluis'].join(' ')
  const logKey = join(demo.dataFolder, DATA_FILES.verifierKey)
  const inbox = join(demo.partyFolder, '..', 'inbox', 'comensha', '*.json')
  return [
    '',
    words.running(demo.issuer),
    words.browser(demo.issuer),
    ...formatTable(words.people).map((line) => `  ${line}`),
    words.title,
    ...formatTable([
      [words.page, `${demo.issuer}/docs`],
      [words.ask, `${sluis} request POST /v1/exchanges/_check --as politie --body ${demo.check}`],
      [words.send, `${sluis} request POST /v1/exchanges --as politie --body ${demo.report}`],
      [words.fetch, `${sluis} inbox pull --as comensha`],
      [words.open, `${sluis} inbox open ${inbox} --as comensha --log-key ${logKey}`],
      [words.rules, 'npx sluis policy check'],
      [
        words.verify,
        `npx sluis audit verify --database ${join(demo.dataFolder, DATA_FILES.database)} --log-key ${logKey}`,
      ],
      [words.rest, 'npx sluis help'],
    ]).map((line) => `  ${line}`),
  ]
}

/** The settings with which a command in another terminal finds this gateway. */
function settingsFor(issuer: string): readonly string[] {
  const { port } = new URL(issuer)
  const finds = (environment: Readonly<Record<string, string>>) => {
    const parsed = parseSettings(environment)
    return parsed.ok && parsed.settings.issuer === issuer
  }
  if (finds({})) return []
  return finds({ PORT: port }) ? [`PORT=${port}`] : [`SLUIS_ISSUER=${issuer}`]
}

const WORDS = {
  nl: {
    running: (issuer: string) => `De gateway draait nu op ${issuer} (Ctrl-C stopt hem).`,
    browser: (issuer: string) => `Open ${issuer} in een browser en meld u met één klik aan:`,
    people: [
      ['als de opvang', 'Hulpverlener, Fier: stuur een melding'],
      ['als CoMensha', 'Medewerker registratie, CoMensha: open wat er binnenkwam'],
      ['als de tweede persoon', 'Teamleider, Politie: keur goed wat vier ogen vraagt'],
    ],
    title: 'Of probeer in een tweede terminal:',
    page: 'bekijk de API',
    ask: 'vraag of iets mag',
    send: 'stuur een melding',
    fetch: 'haal de inbox op',
    open: 'open de leveringen',
    rules: 'controleer de regels',
    verify: 'reken het logboek na',
    rest: 'al het andere',
  },
  en: {
    running: (issuer: string) => `The gateway keeps running on ${issuer} (Ctrl-C stops it).`,
    browser: (issuer: string) => `Open ${issuer} in a browser and sign in with one click:`,
    people: [
      ['as the shelter', 'Caseworker, Fier: send a report'],
      ['as CoMensha', 'Registration officer, CoMensha: open what came in'],
      ['as the second person', 'Team leader, Police: approve what requires four eyes'],
    ],
    title: 'Or try in a second terminal:',
    page: 'read about the API',
    ask: 'ask what is allowed',
    send: 'send a report',
    fetch: 'fetch the inbox',
    open: 'open the deliveries',
    rules: 'check the rule files',
    verify: 'verify the log',
    rest: 'everything else',
  },
} as const
