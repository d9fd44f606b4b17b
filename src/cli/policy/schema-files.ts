import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PolicySet } from '../../policy/policy-set.ts'
import { formatSchemas, SCHEMA_NAMES } from '../../policy/schema/schema.ts'

/** The folder where editors find the schemas: beside the rule files, so that they work right after a clone. */
export const schemaFolder = (policyFolder: string): string => join(policyFolder, 'schema')

/** The text of each schema file, by file name. */
export function schemaFiles(set: PolicySet): ReadonlyMap<string, string> {
  const schemas = formatSchemas(set)
  return new Map(SCHEMA_NAMES.map((name) => [`${name}.json`, `${JSON.stringify(schemas[name], null, 1)}\n`]))
}

/** Names of schema files that are absent or made from another vocabulary. */
export function staleSchemas(set: PolicySet, folder: string): readonly string[] {
  return [...schemaFiles(set)]
    .filter(([name, text]) => !existsSync(join(folder, name)) || readFileSync(join(folder, name), 'utf8') !== text)
    .map(([name]) => name)
}
