import { LocalisedError } from '../errors.ts'
import type { Secret } from '../model/secret.ts'
import { checkPath, deriveKey, type KeyEpoch, type KeyringMaterial, SERVED_USES, type ServedUse } from './keyring.ts'

/** Uses that are rotated together. The two uses for keyed look-ups rotate as one. */
export const ROTATIONS = {
  match: ['match'],
  pseudonym: ['pseudonym'],
  lookup: ['reference', 'idempotency'],
} as const satisfies Readonly<Record<string, readonly ServedUse[]>>
export type Rotation = keyof typeof ROTATIONS

/** A keyring with one epoch for every use. */
export const newKeyring = (fresh: Secret, created: string): KeyringMaterial => ({
  epochs: [{ epoch: 1, created, uses: SERVED_USES, secret: fresh }],
})

/** The keyring with one more epoch, the newest for these uses. Older epochs stay in use until they are retired. */
export function addEpoch(
  { epochs }: KeyringMaterial,
  uses: readonly ServedUse[],
  fresh: Secret,
  created: string,
): { material: KeyringMaterial; epoch: number } {
  // Retired epochs count too: a number is never used twice.
  const epoch = Math.max(...epochs.map((entry) => entry.epoch)) + 1
  return { epoch, material: { epochs: [...epochs, { epoch, created, uses, secret: fresh }] } }
}

/**
 * The keyring in which an epoch no longer serves these uses; once it serves none, its master secret is removed and only its check
 * key remains.
 *
 * @param uses every use of the epoch when absent
 * @throws LocalisedError when there is no such epoch, it does not serve one of the uses, or no newer epoch does
 */
export function retireEpoch(
  { epochs }: KeyringMaterial,
  epoch: number,
  uses?: readonly ServedUse[],
): { material: KeyringMaterial; retired: readonly ServedUse[] } {
  const entry = epochs.find((candidate) => candidate.epoch === epoch)
  if (entry === undefined)
    throw new LocalisedError({
      nl: 'epoch: staat niet in de sleutelbos; `sluis keys list` toont welke er zijn',
      en: 'epoch: is not in the keyring; `sluis keys list` shows which are',
    })
  const retired = uses ?? entry.uses
  if (retired.length === 0)
    throw new LocalisedError({
      nl: `epoch ${epoch}: is al buiten gebruik; er is niets meer te doen`,
      en: `epoch ${epoch}: is retired already; there is nothing left to do`,
    })
  for (const use of retired) {
    if (!entry.uses.includes(use))
      throw new LocalisedError({
        nl: `epoch ${epoch}: dient niet voor ${use}; noem een gebruik waar zij voor dient`,
        en: `epoch ${epoch}: does not serve ${use}; name a use that it serves`,
      })
    if (!epochs.some((other) => other.epoch > epoch && other.uses.includes(use))) {
      throw new LocalisedError({
        nl: `epoch ${epoch}: is de nieuwste voor ${use}; vernieuw die eerst, of noem een ander gebruik`,
        en: `epoch ${epoch}: is the newest for ${use}; rotate that first, or name another use`,
      })
    }
  }
  const left = entry.uses.filter((use) => !retired.includes(use))
  const remainder: KeyEpoch = {
    ...entry,
    uses: left,
    ...(left.length === 0 && { secret: deriveKey(entry.secret, checkPath(epoch)) }),
  }
  return { material: { epochs: epochs.map((other) => (other === entry ? remainder : other)) }, retired }
}
