import { formatPartyRecord, type PartyRecord } from '../../audit/record/party.ts'
import { formatCanonicalJson } from '../../encoding/canonical-json.ts'
import type { Json } from '../../encoding/json.ts'
import { SluisError } from '../../errors.ts'
import { formatClientId, parseClientId } from '../../model/client-id.ts'
import type { Party } from '../../model/party.ts'
import type { Gateway } from '../gateway.ts'
import { takeTurn } from '../turns.ts'

type KnownParty = Extract<PartyRecord, { step: 'known' | 'changed' }>
/** The recorded state of a party; each list is a sorted set. */
type PartyState = Pick<KnownParty, 'groups' | 'scopes' | 'people' | 'signingKeys' | 'encryptionKeys'>

/**
 * Records the state of every party that is new, differs from its last record, or was removed. Writes nothing when nothing changed,
 * so it can run at every start and whenever rules come into force. Dies halfway: each party is one commit, and the next run
 * completes the rest. Concurrent calls run one after the other.
 *
 * @returns how many parties changed
 * @throws SluisError `log-unavailable`; Error for an incomplete public key
 */
export const recordParties = (gateway: Gateway): Promise<number> => takeTurn(gateway.queue, () => recordAll(gateway))

async function recordAll(gateway: Gateway): Promise<number> {
  const { parties } = gateway.policySet
  const recorded = new Map((await gateway.store.listPartyStates()).map(({ party, state }) => [party, state]))
  const present = await Promise.all(
    [...parties.values()].map(async (party) => ({ party: party.id, state: await describeParty(gateway, party) })),
  )
  const changed = present.filter(({ party, state }) => recorded.get(party) !== formatState(state))
  const removed = [...recorded.keys()].filter((party) => !parties.has(party))
  await Promise.all([
    ...changed.map(({ party, state }) =>
      commitParty(gateway, party, formatState(state), formRecords(gateway, party, state, recorded.has(party))),
    ),
    ...removed.map((party) => {
      const at = gateway.clock().toISOString()
      const record = formatPartyRecord({ type: 'party', at, party, step: 'removed', nonce: gateway.random(16) })
      return commitParty(gateway, party, undefined, [record])
    }),
  ])
  return changed.length + removed.length
}

async function describeParty(
  { partyKeys }: Pick<Gateway, 'partyKeys'>,
  { id, groups, scopes, people }: Party,
): Promise<PartyState> {
  const clients = [id, ...[...people.keys()].map((person) => formatClientId({ party: id, person }))]
  const signingKeys = await Promise.all(
    clients.map(async (client) => [client, (await partyKeys.thumbprints(client, 'sig')).toSorted()] as const),
  )
  return {
    groups: groups.toSorted(),
    scopes: scopes.toSorted(),
    people: Object.fromEntries([...people.values()].map((person) => [person.id, person.scopes.toSorted()])),
    signingKeys: Object.fromEntries(signingKeys.filter(([, keys]) => keys.length > 0)),
    encryptionKeys: (await partyKeys.thumbprints(id, 'enc')).toSorted(),
  }
}

const formatState = (state: PartyState): string => formatCanonicalJson(state satisfies Json)

/** One record, or as many as are needed to name every person and key. */
function formRecords(
  { clock, random }: Pick<Gateway, 'clock' | 'random'>,
  party: string,
  state: PartyState,
  isKnown: boolean,
): readonly string[] {
  const at = clock().toISOString()
  const form = (share: PartyState, part?: KnownParty['part']) =>
    formatPartyRecord({
      type: 'party',
      at,
      party,
      step: isKnown ? 'changed' : 'known',
      ...share,
      ...(part && { part }),
      nonce: random(16),
    })
  const people = Object.keys(state.people).sort()
  for (let parts = 1; ; parts++) {
    try {
      if (parts === 1) return [form(state)]
      return Array.from({ length: parts }, (_, index) =>
        form(shareOf(state, new Set(people.filter((_, position) => position % parts === index))), {
          number: index + 1,
          of: parts,
        }),
      )
    } catch (error) {
      const isTooLarge = error instanceof SluisError && error.code === 'record-too-large'
      if (!isTooLarge || parts >= people.length) throw error
    }
  }
}

/** The state with some of the people only; what belongs to the party itself is in every share. */
const shareOf = (state: PartyState, people: ReadonlySet<string>): PartyState => ({
  ...state,
  people: Object.fromEntries(Object.entries(state.people).filter(([person]) => people.has(person))),
  signingKeys: Object.fromEntries(
    Object.entries(state.signingKeys).filter(([client]) => {
      const { person } = parseClientId(client)
      return person === undefined || people.has(person)
    }),
  ),
})

async function commitParty(
  { queue }: Pick<Gateway, 'queue'>,
  party: string,
  state: string | undefined,
  [record, ...furtherRecords]: readonly string[],
): Promise<void> {
  await queue.commit({ record: record!, furtherRecords, parties: [{ party, state }] })
}
