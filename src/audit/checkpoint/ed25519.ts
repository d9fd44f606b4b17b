// Importing a key is slow too, and a whole log is verified with one key.
type ImportedKey = Awaited<ReturnType<typeof globalThis.crypto.subtle.importKey>>
const imported = new WeakMap<Uint8Array, Promise<ImportedKey>>()

/** Whether a signature (64 bytes) over a message is by the Ed25519 key with these 32 bytes, which never change. @see RFC 8032 */
export async function isEd25519Signature(
  publicKey: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<boolean> {
  if (signature.length !== 64) return false
  const key = await importKey(publicKey)
  // Web Crypto does not accept shared memory; a copy is never shared.
  return globalThis.crypto.subtle.verify('Ed25519', key, Uint8Array.from(signature), Uint8Array.from(message))
}

function importKey(publicKey: Uint8Array): Promise<ImportedKey> {
  const known = imported.get(publicKey)
  if (known) return known
  const importing = globalThis.crypto.subtle.importKey('raw', Uint8Array.from(publicKey), 'Ed25519', false, ['verify'])
  imported.set(publicKey, importing)
  return importing
}
