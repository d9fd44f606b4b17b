import type { LinkingGateway } from '../../exchange/linking/persons.ts'
import { secret } from '../../model/secret.ts'
import { newKeyring } from '../../pseudonym/key-rotation.ts'
import { createKeyring } from '../../pseudonym/keyring.ts'
import { openSqliteInMemory } from '../../storage/better-sqlite.ts'
import { createCheckpointSigner, generateLogKey } from '../../storage/log/checkpoint-signer.ts'
import { SIMULATED_DOMAIN } from '../../synthetic/simulate.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

/**
 * A gateway that knows nobody, to measure linking with: the database of Sluis in memory, and keys that nobody keeps.
 *
 * @param blockLimit that of its one domain; the default when absent
 */
export function openMeasured(blockLimit?: number): { readonly gateway: LinkingGateway; close(): void } {
  const { privateKey } = generateLogKey('sluis.example/evaluation', random)
  const { store, close } = openSqliteInMemory(createCheckpointSigner({ privateKey }))
  const domain = { ...SIMULATED_DOMAIN, ...(blockLimit !== undefined && { blockLimit }) }
  const gateway = {
    store,
    keyring: createKeyring(newKeyring(secret(random(32)), '')),
    random,
    policySet: { vocabulary: { domains: new Map([[domain.id, domain]]) } },
  }
  return { gateway, close }
}
