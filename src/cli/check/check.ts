import { formatFault, type PolicyFault } from '../../policy/files/fault.ts'
import { legalDate } from '../../policy/legal-date.ts'
import { openClient } from '../party/open-client.ts'
import { defineCommand, EXIT, type Terminal } from '../terminal/command.ts'
import { writeWholeFile } from '../terminal/draft-file.ts'
import { UsageError } from '../terminal/failure.ts'
import { JSON_OPTION, LANGUAGE_OPTION, PARTY_OPTION, parseLanguage } from '../terminal/options.ts'
import { InterruptedError } from '../terminal/prompt.ts'
import { readTextFile } from '../terminal/read-text-file.ts'
import { type AdviceLines, createAdviceLines } from './advice-lines.ts'
import { NO_ANSWERS, readAnswers, type WrittenAnswers } from './answers-file.ts'
import { createChooser, createTerminalInterview } from './at-terminal.ts'
import { DIMENSION_WORDS, WORDS } from './check-words.ts'
import {
  type ChoiceLists,
  type Chooser,
  completeChoices,
  createChoiceLists,
  type GivenChoices,
  requireWord,
} from './choices.ts'
import { findOut } from './find-out.ts'
import { createFileInterview } from './from-file.ts'
import { openCheckApi } from './gateway-answers.ts'
import { formReportBody } from './report-body.ts'
import { formatAnswers, formatJsonResult, formatResult } from './result.ts'
import { passesWhole, type Statements, withoutAnswers } from './statements.ts'

/** May this be shared, and how: asks what matters, one question at a time, and ends with the body to send. */
export const check = defineCommand({
  name: 'check',
  summary: {
    nl: 'uitzoeken of u iets mag delen, en de melding krijgen om in te vullen',
    en: 'find out whether you may share something, and get the report to fill in',
  },
  usage: '--as PARTY',
  options: {
    ...PARTY_OPTION,
    to: {
      type: 'string',
      value: 'PARTY',
      what: { nl: 'de ontvanger', en: 'the recipient' },
      otherwise: { nl: 'wordt gevraagd, net als de volgende vier', en: 'asked, as the next four' },
    },
    purpose: { type: 'string', value: 'WORD', what: { nl: 'het doel', en: 'the purpose' } },
    role: {
      type: 'string',
      value: 'WORD',
      what: {
        nl: 'de rol van de persoon om wie het gaat; doe voor meer personen elk een check',
        en: 'the role of the person that it is about; for more persons, run one check for each',
      },
    },
    basis: {
      type: 'string',
      value: 'ID',
      what: { nl: 'de grondslag', en: 'the legal basis' },
      otherwise: {
        nl: 'de enige met een regel, anders die waaronder het meeste meegaat',
        en: 'the only one that has a rule, else the one under which the most passes',
      },
    },
    fields: {
      type: 'string',
      value: 'A,B,…',
      what: {
        nl: 'namen van de gegevens om te delen; nooit wat erin staat',
        en: 'names of the fields to share; never their values',
      },
    },
    answers: {
      type: 'string',
      value: 'FILE',
      what: {
        nl: 'antwoorden in YAML of JSON, zonder vragen: `to`, `purpose`, `basis`, `role` en `fields` zoals de opties, en onder `circumstances` en `assessments` elk woord met true, false of onbekend',
        en: 'answers in YAML or JSON, asking nothing: `to`, `purpose`, `basis`, `role` and `fields` as the options, and under `circumstances` and `assessments` each word with true, false or onbekend',
      },
    },
    'to-file': {
      type: 'string',
      value: 'FILE',
      what: {
        nl: 'de melding om in te vullen naar dit bestand schrijven (0600), niet naar het scherm',
        en: 'write the report to fill in to this file (0600), not to the screen',
      },
    },
    ...LANGUAGE_OPTION,
    ...JSON_OPTION,
  },
  exits: {
    done: {
      nl: 'de ontvanger krijgt alles wat gevraagd was, misschien minder precies of na goedkeuring',
      en: 'the recipient gets everything that was asked for, perhaps coarser or after approval',
    },
    failed: {
      nl: 'verkeerde opdrachtregel, een fout in de antwoorden, geen antwoord van de gateway, of gestopt',
      en: 'wrong command line, a fault in the answers, no answer from the gateway, or stopped',
    },
    refused: {
      nl: 'iets zou achterblijven, of alles zou geweigerd worden',
      en: 'something would be withheld, or all of it refused',
    },
  },
  examples: [
    'check --as fier --lang nl',
    'check --as fier --to comensha --fields voornaam,achternaam,geboortedatum,geslacht',
    'check --as fier --answers answers.yaml --to-file report.json',
  ],
  async run({ values, settings }, terminal) {
    const language = parseLanguage(values.lang)
    const party = values.as
    if (!party) throw new UsageError({ nl: 'geef de partij met --as PARTY', en: 'give the party with --as PARTY' })
    const answersText = values.answers === undefined ? undefined : readTextFile(values.answers)
    const api = openCheckApi(await openClient(settings(), party), language)
    const [vocabulary, policies] = await Promise.all([api.vocabulary(), api.policies()])
    const bases = policies.policies.filter(({ kind }) => kind === 'grondslag').map(({ id }) => id)
    const faults: PolicyFault[] = []
    const written =
      answersText === undefined ? NO_ANSWERS : readAnswers(values.answers!, answersText, vocabulary, bases, faults)
    for (const fault of faults) terminal.err(formatFault(fault, language))
    if (faults.length > 0) return EXIT.failed

    const words = WORDS[language]
    const lines = createAdviceLines(vocabulary, language, terminal.columns)
    const person = terminal.ask && answersText === undefined ? { ask: terminal.ask, show: terminal.err } : undefined
    const lists = createChoiceLists(party, vocabulary, policies, language, legalDate(new Date()))
    const chooser = person ? createChooser(person, lines, language) : createRefusingChooser(terminal, lines, language)
    let last: Statements | undefined
    try {
      const given = readGiven(values, written, lists)
      const choices = await completeChoices(given, lists, chooser)
      if (!choices) return stopped(terminal, words.stopped)
      if (person) {
        const label = (id: string) => vocabulary.parties.find((word) => word.id === id)?.label[language] ?? id
        for (const line of lines.wrap(words.asks(label(party.split('.')[0]!), label(choices.recipient))))
          person.show(line)
      }
      const file = createFileInterview(written)
      const interview = person ? createTerminalInterview(person, lines, policies, language) : file
      const finding = await findOut(api, withoutAnswers(choices), interview, (statements) => {
        last = statements
      })
      const { toSend } = finding
      const body = toSend && formReportBody(toSend.statements, vocabulary, language)
      const path = values['to-file']
      if (body && path !== undefined) writeWholeFile(path, `${JSON.stringify(body, null, 2)}\n`)
      else if (path !== undefined) terminal.err(words.notWritten)
      const unused = person ? [] : file.listUnused()
      if (values.json) terminal.out(JSON.stringify(formatJsonResult(finding, body, unused)))
      else {
        const context = {
          party,
          body,
          file: path,
          isBasisFound: choices.legalBasis === undefined,
          unused,
          policies,
          isAsked: person !== undefined,
        }
        if (person) person.show('─'.repeat(20))
        for (const line of formatResult(finding, context, lines, language)) terminal.out(line)
      }
      return passesWhole(finding.answer.decision) ? EXIT.done : EXIT.refused
    } catch (error) {
      const answers = person && last && formatAnswers(last, vocabulary)
      if (answers) for (const line of [words.kept, answers]) terminal.err(line)
      if (error instanceof InterruptedError) return stopped(terminal, words.stopped)
      throw error
    }
  },
})

function stopped(terminal: Terminal, sentence: string) {
  terminal.err(sentence)
  return EXIT.failed
}

interface GivenOptions {
  readonly to?: string | undefined
  readonly purpose?: string | undefined
  readonly role?: string | undefined
  readonly basis?: string | undefined
  readonly fields?: string | undefined
}

/** The choices that were made beforehand; an option counts before the file. @throws UsageError with the nearest word */
function readGiven(options: GivenOptions, written: WrittenAnswers, lists: ChoiceLists): GivenChoices {
  const all = (dimension: Parameters<ChoiceLists['list']>[0]) => {
    const { known, others } = lists.list(dimension, {})
    return [...known, ...others]
  }
  const option = (
    dimension: 'recipient' | 'purpose' | 'role' | 'legalBasis',
    word: string | undefined,
    file?: string,
  ) => {
    const id = word === undefined ? file : requireWord(word, DIMENSION_WORDS[dimension].option, all(dimension))
    return id === undefined ? {} : { [dimension]: id }
  }
  const named = options.fields
    ?.split(',')
    .map((field) => field.trim())
    .filter((field) => field !== '')
  const fields = named
    ? [...new Set(named.map((field) => requireWord(field, '--fields', all('fields'))))]
    : written.fields
  return {
    ...option('recipient', options.to, written.to),
    ...option('purpose', options.purpose, written.purpose),
    ...option('role', options.role, written.role),
    ...option('legalBasis', options.basis, written.basis),
    ...(fields && fields.length > 0 && { fields }),
  }
}

/** Where nobody can choose: what is missing is an error, except a legal basis, which the answers decide. */
function createRefusingChooser(terminal: Terminal, lines: AdviceLines, language: 'nl' | 'en'): Chooser {
  const words = WORDS[language]
  return {
    async choose(dimension, { known }) {
      if (dimension === 'legalBasis') return []
      const what = DIMENSION_WORDS[dimension]
      const some = known.slice(0, 8).map(({ id }) => id)
      throw new UsageError({
        nl: WORDS.nl.missing(what.nl, what.option, some),
        en: WORDS.en.missing(what.en, what.option, some),
      })
    },
    tellTaken: (dimension, { label }) => {
      for (const line of lines.wrap(words.taken(DIMENSION_WORDS[dimension][language], label))) terminal.err(line)
    },
  }
}
