import { formatKeyRecord } from '../../audit/record/key.ts'
import { formatBase64Url } from '../../encoding/bytes.ts'
import { type Fault, throwFaults } from '../../errors.ts'
import type { Commit } from '../../ports/commit.ts'
import type { KeyUse } from '../../ports/keys.ts'
import type { Store } from '../../ports/store.ts'
import { deriveKeyCheck, isSameKeyCheck } from '../../pseudonym/key-check.ts'
import { SERVED_USES, type ServedUse } from '../../pseudonym/keyring.ts'
import type { Gateway } from '../gateway.ts'
import { commitKeys } from './commit-keys.ts'
import { renewPseudonyms, type SkippedDomain } from './renew-pseudonyms.ts'

/** An epoch of the keyring at this moment. */
interface HeldEpoch {
  readonly epoch: number
  readonly check: Uint8Array
  readonly uses: readonly ServedUse[]
}

type KeyState = Awaited<ReturnType<Store['findKeyState']>>

/**
 * Puts the keys of the keyring in force, before anything is served: verifies that the keyring belongs to the database, records
 * epochs that are new and uses that are retired, drops the tokens of a retired match epoch, and renews pseudonyms.
 *
 * Every step is one commit with its record, and starts from what is stored: whenever the process dies, the next start completes
 * the rest. Writes nothing when the keyring does not belong to the database.
 *
 * @returns the domains that keep their old pseudonyms for now
 * @throws SluisError `not-ready` with a fault for everything that is wrong, `log-unavailable`
 */
export async function putKeysInForce(gateway: Gateway): Promise<readonly SkippedDomain[]> {
  const state = await gateway.store.findKeyState()
  const held = await listHeldEpochs(gateway)
  const faults = [...findFaults(state, held), ...(await findStrandedDomains(gateway))]
  throwFaults(faults)
  for (const entry of held) {
    const known = state.find(({ epoch }) => epoch === entry.epoch)
    const commit = known ? formRetirement(gateway, entry, known.uses) : formIntroduction(gateway, entry)
    if (commit) await commitKeys(gateway, commit)
  }
  return renewPseudonyms(gateway)
}

/** Oldest first, including epochs that are retired from every use. */
async function listHeldEpochs({ keyring }: Gateway): Promise<readonly HeldEpoch[]> {
  return Promise.all(
    keyring
      .epochs('check')
      .toSorted((a, b) => a - b)
      .map(async (epoch) => ({
        epoch,
        check: await deriveKeyCheck(keyring, epoch),
        uses: SERVED_USES.filter((use) => keyring.epochs(use).includes(epoch)),
      })),
  )
}

function findFaults(state: KeyState, held: readonly HeldEpoch[]): readonly Fault[] {
  return state.flatMap(({ epoch, check, uses }) => {
    const entry = held.find((candidate) => candidate.epoch === epoch)
    // An epoch that is retired from every use may be missing.
    if (!entry) return uses.length === 0 ? [] : [fault.lost(epoch)]
    if (!isSameKeyCheck(entry.check, check)) return [fault.another(epoch)]
    return entry.uses.some((use) => !uses.includes(use)) ? [fault.older(epoch)] : []
  })
}

/** Domains whose pseudonyms cannot be derived any more, so that they can be neither used nor renewed. */
async function findStrandedDomains({ store, keyring }: Gateway): Promise<readonly Fault[]> {
  const held = keyring.epochs('pseudonym')
  return (await store.listDomains())
    .filter(({ pseudonymEpoch }) => !held.includes(pseudonymEpoch))
    .map(({ domain, pseudonymEpoch }) => fault.stranded(domain, pseudonymEpoch))
}

function formIntroduction({ clock, random }: Gateway, { epoch, check, uses }: HeldEpoch): Commit {
  return {
    record: formatKeyRecord({
      type: 'key',
      at: clock().toISOString(),
      step: 'known',
      epoch,
      uses,
      check: formatBase64Url(check),
      nonce: random(16),
    }),
    keys: { checks: [{ epoch, check }], uses: [{ epoch, uses }] },
  }
}

function formRetirement(
  { clock, random }: Gateway,
  { epoch, uses }: HeldEpoch,
  known: readonly KeyUse[],
): Commit | undefined {
  const retired = known.filter((use) => !uses.some((served) => served === use))
  if (retired.length === 0) return undefined
  return {
    record: formatKeyRecord({
      type: 'key',
      at: clock().toISOString(),
      step: 'retired',
      epoch,
      uses: retired,
      nonce: random(16),
    }),
    keys: { uses: [{ epoch, uses }], ...(retired.includes('match') && { dropTokensOf: epoch }) },
  }
}

const fault = {
  another: (epoch: number): Fault => ({
    code: 'not-ready',
    detail: {
      nl: `sleutelbos: periode ${epoch} is niet die waarmee deze database is geschreven; zet de sleutelbos terug die bij deze database hoort`,
      en: `keyring: epoch ${epoch} is not the one that this database was written with; restore the keyring that belongs to this database`,
    },
  }),
  lost: (epoch: number): Fault => ({
    code: 'not-ready',
    detail: {
      nl: `sleutelbos: periode ${epoch} ontbreekt en is nooit ingetrokken; zet de nieuwste sleutelbos terug die bij deze database hoort`,
      en: `keyring: epoch ${epoch} is missing and was never retired; restore the newest keyring that belongs to this database`,
    },
  }),
  older: (epoch: number): Fault => ({
    code: 'not-ready',
    detail: {
      nl: `sleutelbos: periode ${epoch} dient weer waarvoor zij was ingetrokken, dus dit is een oude sleutelbos; zet de nieuwste terug, of trek de periode opnieuw in`,
      en: `keyring: epoch ${epoch} serves a use that it was retired from, so this is an old keyring; restore the newest one, or retire the epoch again`,
    },
  }),
  stranded: (domain: string, epoch: number): Fault => ({
    code: 'not-ready',
    detail: {
      nl: `sleutelbos: de pseudoniemen van ${domain} zijn van periode ${epoch}, die er niet meer voor dient; zet een sleutelbos terug waarin zij dat nog doet`,
      en: `keyring: the pseudonyms of ${domain} are of epoch ${epoch}, which no longer serves them; restore a keyring in which it still does`,
    },
  }),
}
