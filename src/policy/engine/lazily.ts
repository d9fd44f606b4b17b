/**
 * The same object with one more member, which is worked out when it is first read. To its readers (JSON, spread, comparison)
 * it is a member like any other.
 */
export function lazily<Target extends object, Key extends string, Value>(
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
