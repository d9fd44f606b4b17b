import { defineConfig } from 'drizzle-kit'

/**
 * `drizzle-kit generate --name <what-changes>` writes the next migration; `WITHOUT ROWID` and deferred keys, which it does not
 * know, are added by hand.
 */
export default defineConfig({
  dialect: 'sqlite',
  schema: ['./src/storage/tables/schema.ts', './src/storage/tables/link-schema.ts'],
  out: './src/storage/migrations',
})
