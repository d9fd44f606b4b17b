import { describe, expect, test } from 'vitest'
import { formatDocs } from '../../../src/policy/docs/pages.ts'
import { listOpenQuestions } from '../../../src/policy/files/open-questions.ts'
import { faultsOf, loadSmall, ruleFile, SENTENCE, words } from '../small-set.ts'

const rules = `  - {id: een, gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}\n`

/** A rule file with these questions, the first on line 10. */
function asking(questions: string, id = 'wet-a') {
  const file = ruleFile('grondslag', id, rules)
  return { ...file, text: file.text.replace('toelichting: Zomaar\n', `toelichting: Zomaar\nvragen:\n${questions}`) }
}

const QUESTION = '  - {vraag: "Mag dit?", hangt_af: [een, land], intussen: Het blijft achter.}\n'

describe('open questions of a rule file', () => {
  test('open questions are listed with what depends on them and what the file does meanwhile', () => {
    const set = loadSmall(
      asking(`${QUESTION}  - {vraag: En dat?, intussen: Ook niet.}\n`),
      ruleFile('grondslag', 'wet-b', rules),
    )
    expect(listOpenQuestions(set)).toEqual([
      {
        path: 'policies/wet-a.yaml',
        line: 10,
        question: 'Mag dit?',
        dependents: ['een', 'land'],
        meanwhile: 'Het blijft achter.',
      },
      { path: 'policies/wet-a.yaml', line: 11, question: 'En dat?', dependents: [], meanwhile: 'Ook niet.' },
    ])
  })

  test('open questions decide nothing: policyHash stays, sourceHash changes', () => {
    const [without, asked] = [loadSmall(ruleFile('grondslag', 'wet-a', rules)), loadSmall(asking(QUESTION))]
    expect(asked.policyHash).toBe(without.policyHash)
    expect(asked.sourceHash).not.toBe(without.sourceHash)
  })

  test('open questions are on the page of their file and on one page of all, in both languages', () => {
    const pages = formatDocs(loadSmall(asking(QUESTION)))
    for (const path of ['nl/wet-a.html', 'nl/vragen.html', 'en/wet-a.html', 'en/vragen.html'])
      expect(pages.get(path), path).toContain('Mag dit?')
    expect(pages.get('nl/vragen.html')).toContain('een en Land')
    expect(pages.get('en/vragen.html')).toContain('<dt>Meanwhile</dt>')
    expect(pages.get('nl/index.html')).toContain('<a href="vragen.html">Open vragen voor een jurist</a> (1)')
  })
})

const AT = 'policies/wet-a.yaml'

describe('a fault in a question', () => {
  test.each([
    ['  - {intussen: Het blijft achter.}\n', `${AT}:10:5: sleutel \`vraag\` ontbreekt; voeg \`vraag:\` toe`],
    ['  - {vraag: "Mag dit?"}\n', `${AT}:10:5: sleutel \`intussen\` ontbreekt; voeg \`intussen:\` toe`],
    ['  - Mag dit?\n', `${AT}:10:5: hier staat tekst in plaats van een groep sleutels`],
    [QUESTION.replace('een', 'eeen'), `${AT}:10:36: regel of veld \`eeen\` bestaat niet; bedoelde u \`een\`?`],
    [QUESTION.replace('[een, land]', '[]'), `${AT}:10:35: de lijst is leeg`],
    [QUESTION.replace('hangt_af', 'hangtaf'), `${AT}:10:25: onbekende sleutel \`hangtaf\``],
    ['  []\n', `${AT}:10:3: de lijst is leeg`],
  ])('the fault in `%s` is reported at its position', (questions, fault) => {
    expect(faultsOf([...words, asking(questions)]).join('\n')).toContain(fault)
  })
})
