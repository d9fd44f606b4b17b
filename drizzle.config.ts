import { defineConfig } from 'drizzle-kit'

/** `drizzle-kit generate --name <what-changes>` writes the next migration. */
export default defineConfig({ dialect: 'sqlite', schema: './src/storage/schema.ts', out: './src/storage/migrations' })
