/** Whether this is the Ed25519 signature of `message` under a public key of 32 bytes. @see RFC 8032 §5.1.7 */
export async function isEd25519Signature(
  publicKey: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<boolean> {
  if (signature.length !== 64) return false
  const { subtle } = globalThis.crypto
  // Web Crypto wants bytes that are not shared memory; a copy is.
  const key = await subtle.importKey('raw', Uint8Array.from(publicKey), 'Ed25519', false, ['verify'])
  return subtle.verify('Ed25519', key, Uint8Array.from(signature), Uint8Array.from(message))
}
