import type { LocalisedText } from '../../model/language.ts'
import type { Person } from '../../model/party.ts'

/** What to call a person: the role, and the number of the seat after the first, because two team leaders differ by nothing else. */
export function labelPerson({ id, label }: Person): LocalisedText {
  const seat = /-(\d+)$/.exec(id)?.[1] ?? '1'
  return seat === '1' ? label : { nl: `${label.nl} ${seat}`, en: `${label.en} ${seat}` }
}
