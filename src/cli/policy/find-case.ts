import { basename } from 'node:path'
import { findNearestWord } from '../../encoding/nearest-word.ts'
import { findWord, nameFiles } from '../../policy/find-word.ts'
import type { PolicyCase, PolicySet } from '../../policy/policy-set.ts'
import { UsageError } from '../terminal/failure.ts'

/** A rule file as it is named on the command line: by its path, its file name, its id or its title. */
const idOf = (file: string): string => basename(file).replace(/\.ya?ml$/, '')

const findFile = ({ files }: PolicySet, operand: string): string | undefined =>
  findWord(idOf(operand), nameFiles(files))

/** Whether an operand names a rule file of the set rather than a file of JSON. */
export const isRuleFile = (set: PolicySet, operand: string): boolean => findFile(set, operand) !== undefined

/**
 * The case (`gevallen`) of a rule file with this name, or with the only name that contains the text. Capitals do not matter.
 * @throws UsageError that names the choices, when no or more than one case fits
 */
export function findCase(set: PolicySet, file: string, name: string): PolicyCase {
  const named = findFile(set, file)
  const cases = set.files.find(({ id }) => id === named)?.cases
  if (cases === undefined) {
    const nearest = findNearestWord(
      idOf(file),
      set.files.map(({ id }) => id),
    )
    throw new UsageError({
      nl: `geen regelbestand heet \`${idOf(file)}\`${nearest ? `; bedoelde u \`${nearest}\`?` : ''}`,
      en: `no rule file is called \`${idOf(file)}\`${nearest ? `; did you mean \`${nearest}\`?` : ''}`,
    })
  }
  const asked = fold(name)
  const exact = cases.filter((one) => fold(one.name) === asked)
  const fitting = exact.length > 0 ? exact : cases.filter((one) => fold(one.name).includes(asked))
  if (fitting.length === 1) return fitting[0]!
  const choices = (fitting.length > 0 ? fitting : cases).slice(0, MAX_CHOICES).map((one) => `\n  ${one.name}`)
  throw new UsageError({
    nl: `${fitting.length === 0 ? 'geen voorbeeld heet zo' : 'meer dan één voorbeeld heeft dat in zijn naam'}; de voorbeelden zijn:${choices.join('')}`,
    en: `${fitting.length === 0 ? 'no case has that name' : 'more than one case has that in its name'}; the cases are:${choices.join('')}`,
  })
}

const MAX_CHOICES = 20

const fold = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
