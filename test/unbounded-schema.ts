/** Where a JSON Schema sets no bound to an array, a record or a text. */
export function findUnbounded(schema: unknown, path = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  if (Array.isArray(schema)) return schema.flatMap((part, index) => findUnbounded(part, `${path}/${index}`))
  const { type, maxItems, maxLength, maxProperties, pattern, format, additionalProperties, ...rest } = schema as Record<
    string,
    unknown
  >
  const isFixed = 'enum' in rest || 'const' in rest || 'not' in rest || format === 'uuid' || format === 'date'
  const hasFixedPattern = typeof pattern === 'string' && !/[*+]|,\}/.test(pattern)
  const isTuple = 'prefixItems' in rest
  const here = [
    ...(type === 'array' && maxItems === undefined && !isTuple ? [`${path}: array`] : []),
    ...(type === 'string' && maxLength === undefined && !isFixed && !hasFixedPattern ? [`${path}: string`] : []),
    ...(typeof additionalProperties === 'object' && maxProperties === undefined ? [`${path}: record`] : []),
  ]
  return [
    ...here,
    ...findUnbounded(additionalProperties, `${path}/*`),
    ...Object.entries(rest).flatMap(([name, part]) =>
      name === 'enum' || name === 'examples' || name === 'example' ? [] : findUnbounded(part, `${path}/${name}`),
    ),
  ]
}
