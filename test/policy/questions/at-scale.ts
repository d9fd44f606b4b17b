import { checkLaws } from './check-laws.ts'
import { knowableSituations } from './knowable-world.ts'

/** Checks the laws of questions and plans over 100,000 questions that nearly fit a rule; some minutes. */

const WORLDS = 2_500
const QUESTIONS = 40

let checked = 0
for (const hasRelations of [false, true]) {
  for (const { set, question } of knowableSituations(20270101, WORLDS, QUESTIONS, hasRelations)) {
    try {
      checkLaws(set, question)
    } catch (error) {
      console.error(JSON.stringify(question))
      throw error
    }
    checked++
    if (checked % 1_000 === 0) process.stderr.write(`\r${checked.toLocaleString('en-GB')} questions`)
  }
}
process.stderr.write('\n')
console.log(`${checked.toLocaleString('en-GB')} questions: every law holds`)
