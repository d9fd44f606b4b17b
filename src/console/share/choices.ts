import type { Language } from '../../model/language.ts'
import type { BasisRule } from '../../model/rule.ts'
import type { Field } from '../../model/vocabulary.ts'
import { isInForce } from '../../policy/conditions.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import type { ShareQuestion } from './question.ts'

export interface Choice {
  readonly id: string
  readonly label: string
}

/** Words to choose from: those that some rule knows together with the earlier choices, and the others. */
export interface ChoiceList {
  readonly known: readonly Choice[]
  readonly others: readonly Choice[]
}

export type FieldGroup = 'identity' | 'situation' | 'protected'

/** Everything that can be chosen. */
export interface ChoiceLists {
  readonly from: ChoiceList
  readonly to: ChoiceList
  readonly purpose: ChoiceList
  readonly about: ChoiceList
  /** Fields that some rule gives or links, by what they are about. */
  readonly fields: ReadonlyMap<FieldGroup, readonly Choice[]>
  readonly otherFields: readonly Choice[]
}

/**
 * Lists what can be chosen. Each list depends on the choices before it, so that a later choice never changes an earlier list.
 *
 * @param day legal date, `YYYY-MM-DD`: rules that are not in force on it know nothing
 */
export function listChoices(set: PolicySet, question: ShareQuestion, language: Language, day: string): ChoiceLists {
  const { vocabulary, parties } = set
  const { from, to, purpose, about } = question
  const inForce = set.rules.filter(({ validity }) => isInForce(validity, day))
  const sending = inForce.filter(({ scope }) => admits(scope.senders, from))
  const receiving = sending.filter(({ scope }) => admits(scope.recipients, to))
  const meant = receiving.filter(({ scope }) => admits(scope.purposes, purpose))
  const exact = meant.filter(({ scope }) => admits(scope.roles, about))
  const knownFields = new Set(
    exact.flatMap(({ release, generalise, link }) => [...release, ...generalise.keys(), ...link]),
  )
  const fields = [...vocabulary.fields.values()]
  const label = ({ id, label }: Labelled): Choice => ({ id, label: label[language] })
  return {
    from: split([...parties.values()].map(label), inForce, ({ scope }) => scope.senders),
    to: split(
      [...parties.values()].filter(({ id }) => id !== from).map(label),
      sending,
      ({ scope }) => scope.recipients,
    ),
    purpose: split([...vocabulary.purposes.values()].map(label), receiving, ({ scope }) => scope.purposes),
    about: split([...vocabulary.roles.values()].map(label), meant, ({ scope }) => scope.roles),
    fields: new Map(
      (['identity', 'situation', 'protected'] as const).map((group) => [
        group,
        fields.filter((field) => knownFields.has(field.id) && groupOf(field) === group).map(label),
      ]),
    ),
    otherFields: fields.filter(({ id }) => !knownFields.has(id)).map(label),
  }
}

type Labelled = { readonly id: string; readonly label: Readonly<Record<Language, string>> }

const admits = (words: readonly string[] | undefined, word: string | undefined): boolean =>
  words === undefined || word === undefined || words.includes(word)

function split(
  all: readonly Choice[],
  rules: readonly BasisRule[],
  wordsOf: (rule: BasisRule) => readonly string[] | undefined,
): ChoiceList {
  const lists = rules.map(wordsOf)
  const named = new Set(lists.flatMap((list) => list ?? []))
  const isKnown = ({ id }: Choice) => named.has(id) || lists.includes(undefined)
  return { known: all.filter(isKnown), others: all.filter((choice) => !isKnown(choice)) }
}

/** What a field is about, by its class; a field that recognises a person is about who it is. */
function groupOf({ class: fieldClass, identifier }: Field): FieldGroup {
  if (fieldClass === 'identificerend' || fieldClass === 'bsn') return 'identity'
  if (fieldClass !== 'gewoon') return 'protected'
  return identifier === undefined ? 'situation' : 'identity'
}
