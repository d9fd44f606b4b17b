/**
 * Adds a member to an object whose value is computed when it is first read. JSON, spread and comparison see an ordinary member.
 */
export function withLazyMember<Target extends object, Key extends string, Value>(
  target: Target,
  key: Key,
  compute: () => Value,
): Target & Readonly<Record<Key, Value>> {
  let known: { readonly value: Value } | undefined
  const get = () => {
    known ??= { value: compute() }
    return known.value
  }
  Object.defineProperty(target, key, { enumerable: true, get })
  return target as Target & Readonly<Record<Key, Value>>
}
