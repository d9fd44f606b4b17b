import { labelPerson } from '../../console/sign-in/person-label.ts'
import type { Party } from '../../model/party.ts'
import type { DemoPerson } from './provider-pages.ts'

/** Everybody of these parties who can sign in. */
export const listDemoPeople = (
  parties: ReadonlyMap<string, Party>,
  partyIds: readonly string[],
): readonly DemoPerson[] =>
  partyIds.flatMap((id) => {
    const party = parties.get(id)
    return [...(party?.people.values() ?? [])].flatMap((person) => {
      const { nl, en } = labelPerson(person)
      const label = { nl: `${nl}, ${party!.label.nl}`, en: `${en}, ${party!.label.en}` }
      return person.subject === undefined ? [] : [{ subject: person.subject, label }]
    })
  })
