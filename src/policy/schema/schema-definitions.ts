import type { LocalisedText } from '../../model/language.ts'
import { MAX_TEXT_CHARACTERS } from '../../model/rule-file-bounds.ts'
import { FIELD_CLASSES } from '../../model/vocabulary.ts'
import { conditionWords } from '../files/laws/conditions.ts'
import type { PolicySet } from '../policy-set.ts'
import { members, oneOf, type Schema, wordOf } from './schema-parts.ts'

/** The words of a set, under the names by which its schemas refer to them. */
export function definitionsOf({ vocabulary, parties, laws, files, rulesByFile }: PolicySet): Schema {
  const party = wordOf(parties)
  const groups = [...vocabulary.groups.keys()].map((group) => `groep:${group}`)
  const classes = ['klasse:*', ...FIELD_CLASSES.map((name) => `klasse:${name}`)]
  const titles = new Map(files.map(({ id, title }) => [id, { label: { nl: title, en: title } }]))
  const bases = new Map([...rulesByFile.keys()].map((id) => [id, titles.get(id) ?? { label: { nl: id, en: id } }]))
  const questions = files.flatMap((file) =>
    file.questions.flatMap(({ id, question }): [string, { label: LocalisedText }][] =>
      id === undefined ? [] : [[`${file.id}/${id}`, { label: { nl: question, en: question } }]],
    ),
  )
  return {
    partij: party,
    partijen: {
      anyOf: [party, oneOf([...groups, ...[...parties.keys(), ...groups].map((word) => `behalve:${word}`)])],
    },
    afzender: groups.length === 0 ? party : { anyOf: [party, oneOf(groups)] },
    doel: wordOf(vocabulary.purposes),
    soort: wordOf(vocabulary.kinds),
    rol: wordOf(vocabulary.roles),
    omstandigheid: wordOf(vocabulary.circumstances),
    beoordeling: wordOf(vocabulary.assessments),
    plicht: wordOf(vocabulary.duties),
    groep: wordOf(vocabulary.groups),
    'omstandigheid-of-beoordeling': wordOf(new Map([...vocabulary.circumstances, ...vocabulary.assessments])),
    voorwaardewoord: wordOf(conditionWords(vocabulary, parties)),
    'open-vraag': wordOf(new Map(questions)),
    veld: wordOf(vocabulary.fields),
    datumveld: wordOf(new Map([...vocabulary.fields].filter(([, { type }]) => type === 'datum'))),
    velden: { anyOf: [wordOf(vocabulary.fields), oneOf(classes)] },
    grondslag: wordOf(bases),
    grondslagen: {
      anyOf: [
        wordOf(bases),
        { type: 'string', maxLength: MAX_TEXT_CHARACTERS, pattern: '^(behalve:)?[a-z0-9-]+[*]?$' },
      ],
    },
    bron: wordOf(new Map([...laws].map(([id, { name }]) => [id, { label: { nl: name, en: name } }]))),
    niveaus: members(
      Object.fromEntries(
        [...vocabulary.fields.values()]
          .filter(({ ladder }) => ladder.length > 0)
          .map(({ id, ladder, label }) => [id, { ...oneOf(ladder), description: label.nl }]),
      ),
    ),
  }
}
