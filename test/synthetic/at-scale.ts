import { existsSync, readFileSync } from 'node:fs'
import { openMeasured } from '../../src/cli/linkage/open-measured.ts'
import type { IdentifierKind } from '../../src/model/identifier.ts'
import { parseCsv } from '../../src/synthetic/csv.ts'
import { type Evaluation, evaluateLinking } from '../../src/synthetic/evaluate.ts'
import { type LabelledRecord, parseMapping, readLabelled } from '../../src/synthetic/mapping.ts'
import { formatCsv, generateRecords } from '../../src/synthetic/records.ts'

/**
 * Links 100,000 made-up people for every seed, and FEBRL 1 and 2 where they are, as the gateway does. Prints the figures and fails when
 * one is beyond its bound; some minutes a seed.
 *
 *     npm run test:linkage -- SEED …
 */

/** What must hold. Shares of pairs within one person, wrong links, questions per 1,000 reports, share answered yes. */
interface Bounds {
  readonly automatic: number
  readonly answered: number
  readonly wrong: number
  readonly questions: number
  readonly yes: number
}

const PEOPLE = 100_000
const PROGRESS_SECONDS = 10
const FEBRL = '../shared/data/febrl'
const NUMBERS: readonly IdentifierKind[] = ['adres', 'documentnummer']

const GENERATED: Bounds = { automatic: 0.43, answered: 0.69, wrong: 12, questions: 170, yes: 0.75 }
const SETS: readonly [name: string, without: readonly IdentifierKind[], bounds: Bounds][] = [
  ['dataset1', ['adres'], { automatic: 0.964, answered: 0.99, wrong: 0, questions: 20, yes: 1 }],
  ['dataset1', NUMBERS, { automatic: 0.598, answered: 0.914, wrong: 0, questions: 170, yes: 1 }],
  ['dataset2', ['adres'], { automatic: 0.937, answered: 0.997, wrong: 0, questions: 10, yes: 1 }],
  ['dataset2', NUMBERS, { automatic: 0.528, answered: 0.915, wrong: 0, questions: 80, yes: 1 }],
]

const seeds = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1]
if (!seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0)) throw new RangeError('a seed is a whole number')

let isBeyond = false
console.log(
  ['', 'automatic', 'answered', 'wrong', 'per 1,000', 'yes', 'ms/record'].map((cell) => cell.padStart(11)).join(''),
)
for (const seed of seeds) {
  const text = [...formatCsv(generateRecords({ people: PEOPLE, seed }))].join('\r\n')
  await measure(`seed ${seed}`, [...readLabelled(parseCsv(text), mappingOf('generated'))], GENERATED)
}
for (const [name, without, bounds] of SETS) {
  const path = `${FEBRL}/${name}.csv`
  if (!existsSync(path)) console.log(`${path} is absent: skipped`)
  else {
    const records = [...readLabelled(parseCsv(readFileSync(path, 'utf8')), mappingOf('febrl'), without)]
    await measure(`${name} without ${without.join(', ')}`, records, bounds)
  }
}
process.exitCode = isBeyond ? 1 : 0

function mappingOf(name: string) {
  return parseMapping(readFileSync(`bench/linkage-mappings/${name}.yaml`, 'utf8'))
}

async function measure(name: string, records: readonly LabelledRecord[], bounds: Bounds): Promise<void> {
  const start = performance.now()
  let reported = start
  const { gateway, close } = openMeasured()
  try {
    const evaluation = await evaluateLinking(gateway, [records], (done) => {
      if (performance.now() - reported < PROGRESS_SECONDS * 1000) return
      reported = performance.now()
      console.error(`${name}: ${done} of ${records.length} records`)
    })
    const { automatic, answered, joins, questions } = evaluation
    const cells = [
      automatic.recall.toFixed(4),
      answered.recall.toFixed(4),
      String(joins.wrong),
      questions.per1000.toFixed(1),
      shareOfYes(evaluation).toFixed(3),
      ((performance.now() - start) / records.length).toFixed(2),
    ]
    console.log(`${''.padStart(11)}${cells.map((cell) => cell.padStart(11)).join('')}  ${name}`)
    for (const fault of listBeyond(evaluation, bounds)) {
      isBeyond = true
      console.log(`${''.padStart(11)}beyond its bound: ${fault}`)
    }
  } finally {
    close()
  }
}

function shareOfYes({ questions: { yes, no } }: Evaluation): number {
  return yes + no === 0 ? 1 : yes / (yes + no)
}

function listBeyond(evaluation: Evaluation, bounds: Bounds): readonly string[] {
  const { automatic, answered, joins, questions } = evaluation
  return [
    ...(automatic.recall < bounds.automatic ? [`automatic recall is below ${bounds.automatic}`] : []),
    ...(answered.recall < bounds.answered ? [`recall after answers is below ${bounds.answered}`] : []),
    ...(joins.wrong > bounds.wrong ? [`more than ${bounds.wrong} wrong links`] : []),
    ...(questions.per1000 > bounds.questions ? [`more than ${bounds.questions} questions per 1,000 reports`] : []),
    ...(shareOfYes(evaluation) < bounds.yes ? [`fewer than ${bounds.yes} of the answers are yes`] : []),
  ]
}
