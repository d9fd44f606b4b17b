import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseVerifierKey } from '../audit/checkpoint/signed-note.ts'
import { LocalisedError } from '../errors.ts'
import type { Cosigner, RandomBytes } from '../ports/keys.ts'
import { createPrivateFile, readPrivateFile } from '../storage/files/private-file.ts'
import { createCosigner, generateWitnessKey } from '../storage/log/cosigner.ts'
import { openWitnessStore, type WitnessStore } from '../witness/witness-store.ts'

/** The files in the data folder of a witness. */
export const WITNESS_FILES = { database: 'witness.sqlite', key: 'witness.key' } as const

/**
 * The key and the database of a witness; makes both when the folder is new.
 *
 * @param name of a new key, and checked against one that is there
 * @throws LocalisedError when only one of the two exists: a witness that lost what it cosigned would cosign a log that was rolled back
 */
export function openWitnessFiles(
  folder: string,
  name: string | undefined,
  random: RandomBytes,
): { store: WitnessStore; cosigner: Cosigner } {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const [databasePath, keyPath] = [join(folder, WITNESS_FILES.database), join(folder, WITNESS_FILES.key)]
  const hasKey = existsSync(keyPath)
  if (hasKey && !existsSync(databasePath)) {
    throw new LocalisedError({
      nl: `getuige: ${keyPath} staat er zonder ${WITNESS_FILES.database}; zet die terug, of begin in een nieuwe map, en dan is het een andere getuige`,
      en: `witness: ${keyPath} exists without ${WITNESS_FILES.database}; restore it, or start in a new folder, which makes another witness`,
    })
  }
  // The database comes first: a start that dies in between leaves no key without one.
  const store = openWitnessStore(databasePath)
  try {
    if (!hasKey) {
      if (!store.isEmpty())
        throw new LocalisedError({
          nl: `getuige: ${databasePath} staat er zonder ${WITNESS_FILES.key}; zet de sleutel terug die erbij hoort`,
          en: `witness: ${databasePath} exists without ${WITNESS_FILES.key}; restore the key that belongs to it`,
        })
      if (name === undefined)
        throw new LocalisedError({
          nl: 'getuige: een nieuwe sleutel heeft een naam nodig; geef --name, een URL zonder het schema ervoor',
          en: 'witness: a new key needs a name; give --name, a URL without its scheme',
        })
      createPrivateFile(keyPath, `${generateWitnessKey(name, random).privateKey}\n`, random)
    }
    const cosigner = createCosigner(readPrivateFile(keyPath, 'witness key').trim())
    const keyName = parseVerifierKey(cosigner.verifierKey, 'cosignature/v1').name
    if (name !== undefined && name !== keyName)
      throw new LocalisedError({
        nl: `getuige: de sleutel in ${keyPath} heeft een andere naam; laat --name weg, of begin in een nieuwe map`,
        en: `witness: the key in ${keyPath} has another name; leave --name out, or start in a new folder`,
      })
    return { store, cosigner }
  } catch (error) {
    store.close()
    throw error
  }
}
