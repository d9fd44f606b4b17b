import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Linker, openLinker } from '../../bench/linker.ts'
import { secret } from '../../src/model/secret.ts'
import type { Keyring } from '../../src/ports/keys.ts'
import { createKeyring, SERVED_USES } from '../../src/pseudonym/keyring.ts'
import type { GeneratedRecord } from '../../src/synthetic/record.ts'
import { generateRecords, type PopulationSize } from '../../src/synthetic/records.ts'

/** A gateway to attack: the real link code on a real database, with a master secret that nobody else has. */
export async function openAttacked(): Promise<Linker> {
  const folder = mkdtempSync(join(tmpdir(), 'sluis-attack-'))
  const linker = await openLinker(folder, keyringOf(crypto.getRandomValues(new Uint8Array(32))))
  onTestFinished(() => {
    linker.close()
    rmSync(folder, { recursive: true })
  })
  return linker
}

/** A keyring with one epoch that serves everything. */
export const keyringOf = (master: Uint8Array): Keyring =>
  createKeyring({ epochs: [{ epoch: 1, uses: SERVED_USES, secret: secret(master) }] })

/** Generated records that fit, at most `limit`. */
export function selectRecords(
  size: PopulationSize,
  limit: number,
  fits: (record: GeneratedRecord) => boolean = () => true,
): readonly GeneratedRecord[] {
  const selected: GeneratedRecord[] = []
  for (const record of generateRecords(size)) {
    if (fits(record)) selected.push(record)
    if (selected.length === limit) break
  }
  return selected
}

/** One line for the reader of the output. */
export const report = (attack: string, figure: string): void => console.log(`${attack}: ${figure}`)
