import { join } from 'node:path'
import { createPartyKeys } from '../src/boot/party-keys.ts'
import { readPolicyFolder } from '../src/boot/policy-folder.ts'
import { createSealer } from '../src/delivery/seal.ts'
import { newId } from '../src/encoding/uuid.ts'
import type { Gateway } from '../src/exchange/gateway.ts'
import { pseudonymisePersons } from '../src/exchange/linking/persons.ts'
import type { Decision } from '../src/model/decision.ts'
import { loadPolicySet } from '../src/policy/files/load.ts'
import type { Commit, CommitResult } from '../src/ports/commit.ts'
import type { Keyring } from '../src/ports/keys.ts'
import { createReportSchemas } from '../src/report/submission.ts'
import { openSqlite } from '../src/storage/better-sqlite.ts'
import { createGroupCommit } from '../src/storage/group-commit.ts'
import { createCheckpointSigner, generateLogKey } from '../src/storage/log/checkpoint-signer.ts'
import type { GeneratedRecord } from '../src/synthetic/record.ts'
import { identifiersOf } from './people.ts'

/** A recipient and a purpose, which together make a pseudonym domain. */
export type Space = readonly [recipient: string, purpose: string]
export const REGISTRATION: Space = ['comensha', 'registratie-mensenhandel']

const NO_DECISION: Decision = {
  outcome: 'gedeeltelijk',
  dataSubjects: [],
  duties: [],
  policyHash: '',
  engineVersion: '',
  at: '',
}

type PseudonymisedPersons = Awaited<ReturnType<typeof pseudonymisePersons>>
export type Links = PseudonymisedPersons['links']

/** Links people through the gateway's own code and store, without reports, rules and sealing around it. */
export interface Linker {
  readonly gateway: Gateway
  readonly databasePath: string
  /** Finds or makes the person of a record, which {@link commitOf} then stores. */
  identify(record: GeneratedRecord, space?: Space): Promise<PseudonymisedPersons>
  commitOf(links: Links, space?: Space): Commit
  /** Identifies and stores; tries again for as long as another record changed the answer. */
  link(record: GeneratedRecord, space?: Space): Promise<PseudonymisedPersons>
  close(): void
}

export const NO_LINKS: Links = { mentions: [], matches: [], moves: [], reads: [] }

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

/** Opens a new database in `folder`. */
export async function openLinker(folder: string, keyring: Keyring): Promise<Linker> {
  const loaded = loadPolicySet(readPolicyFolder('policies'))
  if (!loaded.ok) throw new Error('the rule files have faults')
  const policySet = loaded.set
  const databasePath = join(folder, 'sluis.sqlite')
  const { privateKey } = generateLogKey('sluis.example/log', random)
  const signer = createCheckpointSigner({ privateKey })
  const { store, close } = await openSqlite({ path: databasePath, signer })
  const partyKeys = createPartyKeys(new Map())
  const gateway: Gateway = {
    policySet,
    schemas: createReportSchemas({
      vocabulary: policySet.vocabulary,
      parties: [...policySet.parties.keys()],
      legalBases: [...policySet.rulesByFile.keys()],
    }),
    store,
    queue: createGroupCommit(store),
    keyring,
    partyKeys,
    sealer: createSealer(partyKeys, () => new Date()),
    clock: () => new Date(),
    random,
    verifierKey: signer.verifierKey,
  }

  const identify: Linker['identify'] = (record, space = REGISTRATION) => {
    const at = gateway.clock()
    const [recipient, purpose] = space
    const identifiers = identifiersOf(record)
    return pseudonymisePersons(gateway, {
      id: newId(at, random),
      at,
      sender: 'politie',
      recipient,
      purpose,
      isHeld: false,
      subjects: [{ index: 0, linked: identifiers, used: identifiers }],
    })
  }
  const commitOf: Linker['commitOf'] = (links, [recipient] = REGISTRATION) => {
    const at = gateway.clock()
    const id = newId(at, random)
    return {
      record: JSON.stringify({ id }),
      exchange: {
        id,
        sender: 'politie',
        recipient,
        outcome: 'gedeeltelijk',
        at: at.toISOString(),
        decision: NO_DECISION,
        idempotency: { keyHash: random(32), bodyHash: random(32) },
        salts: { payload: random(32), 'data-subject/0': random(32) },
        ...links,
      },
    }
  }
  return {
    gateway,
    databasePath,
    identify,
    commitOf,
    async link(record, space) {
      for (;;) {
        const identified = await identify(record, space)
        const [result] = (await gateway.store.commit([commitOf(identified.links, space)])) as [CommitResult]
        if (result.status === 'committed') return identified
        if (result.status !== 'link-changed') throw new Error(`a new exchange was answered with ${result.status}`)
      }
    },
    close,
  }
}
