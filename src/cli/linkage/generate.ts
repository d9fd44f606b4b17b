import type { LocalisedText } from '../../model/language.ts'
import { formatCsv, generateRecords, MAX_PEOPLE, MAX_SEED } from '../../synthetic/records.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { draftFile } from '../terminal/draft-file.ts'
import { UsageError } from '../terminal/failure.ts'
import { progressBar } from '../terminal/progress.ts'
import { printAnswer } from '../terminal/visible-text.ts'

const LINES_AT_ONCE = 500

/** Made-up people, of which the true links are known, to measure linking with. */
export const linkageGenerate = defineCommand({
  name: 'linkage generate',
  summary: {
    nl: 'records over verzonnen mensen schrijven als CSV, met wie bij elkaar hoort',
    en: 'write records about made-up people as CSV, with a column that says which belong together',
  },
  usage: '--people NUMBER',
  options: {
    people: {
      type: 'string',
      value: 'NUMBER',
      what: { nl: `hoeveel mensen, van 1 tot ${MAX_PEOPLE}`, en: `how many people, from 1 to ${MAX_PEOPLE}` },
    },
    seed: {
      type: 'string',
      value: 'NUMBER',
      default: '1',
      what: { nl: 'dezelfde waarde geeft dezelfde records', en: 'the same seed gives the same records' },
    },
    to: {
      type: 'string',
      value: 'FILE',
      what: { nl: 'waar het heen gaat', en: 'where to write' },
      otherwise: { nl: 'standaarduitvoer', en: 'standard output' },
    },
  },
  examples: ['linkage generate --people 1000 --seed 7 --to var/people.csv'],
  async run({ values }, terminal) {
    const people = parseWhole(values.people, 1, MAX_PEOPLE, {
      nl: `geef --people NUMBER, van 1 tot ${MAX_PEOPLE}`,
      en: `give --people NUMBER, from 1 to ${MAX_PEOPLE}`,
    })
    const seed = parseWhole(values.seed, 0, MAX_SEED, {
      nl: `--seed is een heel getal van 0 tot ${MAX_SEED}`,
      en: `--seed is a whole number from 0 to ${MAX_SEED}`,
    })
    const file = values.to === undefined ? undefined : draftFile(values.to)
    const write = (text: string) => (file ? file.write(`${text}\r\n`) : printAnswer(terminal, `${text}\r\n`))
    try {
      const showProgress = progressBar(terminal, 'generate')
      let made = 0
      let lines: string[] = []
      const records = generateRecords({ people, seed }, (count) => {
        made = count
      })
      for (const line of formatCsv(records)) {
        lines.push(line)
        if (lines.length < LINES_AT_ONCE) continue
        write(lines.join('\r\n'))
        lines = []
        showProgress(Math.min(made, people - 1), people)
      }
      if (lines.length > 0) write(lines.join('\r\n'))
      showProgress(people, people)
      file?.publish()
    } finally {
      file?.discard()
    }
    return EXIT.done
  },
})

function parseWhole(text: string | undefined, least: number, most: number, hint: LocalisedText): number {
  const number = /^\d{1,10}$/.test(text ?? '') ? Number(text) : Number.NaN
  if (!(number >= least && number <= most)) throw new UsageError(hint)
  return number
}
