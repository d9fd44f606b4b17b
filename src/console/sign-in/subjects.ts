import { formatClientId } from '../../model/client-id.ts'
import type { Party, Person } from '../../model/party.ts'
import type { SignInProvider } from './settings.ts'
import type { SignedIn } from './signed-in.ts'

type Parties = ReadonlyMap<string, Party>

/**
 * The person whom a provider means by a subject. Undefined when it vouches for nobody under it, or for two people: then nobody can say who
 * signed in.
 */
export function findPerson(
  parties: Parties,
  provider: SignInProvider,
  subject: string,
): Omit<SignedIn, 'signedInAt'> | undefined {
  const [found, ...others] = peopleOf(parties, provider).filter(({ person }) => person.subject === subject)
  if (!found || others.length > 0) return undefined
  const { party, person } = found
  return { id: formatClientId({ party, person: person.id }), party, person: person.id, scopes: person.scopes }
}

/** Client ids of people whom one provider knows under one subject, so that none of them can sign in. */
export const findSharedSubjects = (
  parties: Parties,
  providers: readonly SignInProvider[],
): readonly (readonly string[])[] =>
  providers
    .flatMap((provider) => [...Map.groupBy(peopleOf(parties, provider), ({ person }) => person.subject).values()])
    .filter((sharing) => sharing.length > 1)
    .map((sharing) => sharing.map(({ party, person }) => formatClientId({ party, person: person.id })))

/** People of the parties of a provider who can sign in. */
const peopleOf = (parties: Parties, provider: SignInProvider): readonly { party: string; person: Person }[] =>
  provider.parties.flatMap((party) =>
    [...(parties.get(party)?.people.values() ?? [])]
      .filter(({ subject }) => subject !== undefined)
      .map((person) => ({ party, person })),
  )
