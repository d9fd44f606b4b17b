import type { Party } from '../../model/party.ts'
import type { DemoPerson } from './provider-pages.ts'

/** Everybody of these parties who can sign in. */
export const listDemoPeople = (
  parties: ReadonlyMap<string, Party>,
  partyIds: readonly string[],
): readonly DemoPerson[] =>
  partyIds.flatMap((id) => {
    const party = parties.get(id)
    return [...(party?.people.values() ?? [])].flatMap(({ subject, label }) =>
      subject === undefined
        ? []
        : [
            {
              subject,
              label: { nl: `${label.nl}, ${party!.label.nl}`, en: `${label.en}, ${party!.label.en}` },
            },
          ],
    )
  })
