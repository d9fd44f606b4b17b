import { join } from 'node:path'
import { serve } from '@hono/node-server'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { Hono } from 'hono'
import { createAccessTokens } from '../src/auth/access-token.ts'
import { createAuthenticator } from '../src/auth/authenticate.ts'
import { createDpopPolicy } from '../src/auth/dpop.ts'
import { TOKEN_PATH } from '../src/auth/metadata.ts'
import { createTokenEndpoint } from '../src/auth/token-endpoint.ts'
import { openGatewayKeys } from '../src/boot/key-files.ts'
import { newId } from '../src/encoding/uuid.ts'
import { readJson } from '../src/http/body.ts'
import { createBatchQueue } from '../src/storage/batch-queue.ts'
import { prepareInsert } from '../src/storage/tables/statements.ts'

/**
 * The least that any gateway must do with the same parts, to measure Sluis against: the same HTTP server, the same check of
 * token and DPoP proof, the same strict parser, and one durable insert (WAL, synchronous=FULL) in groups of the same size.
 * No decision, no pseudonym, no sealing, no log.
 *
 *     node bench/ceiling.ts FOLDER
 */

const folder = process.argv[2] ?? ''
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const now = () => new Date()

const report = sqliteTable('report', { id: text('id').primaryKey(), body: text('body').notNull() })
const client = new Database(join(folder, 'ceiling.sqlite'))
client.pragma('journal_mode = WAL')
client.pragma('synchronous = FULL')
client.exec('create table report (id text primary key, body text not null)')
const db = drizzle(client)
const insert = prepareInsert(db, report)
const store = createBatchQueue<{ id: string; body: string }, void>(
  async (rows) => db.transaction(() => rows.map(insert), { behavior: 'immediate' }),
  128,
)

const app = new Hono()
const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, async ({ port }) => {
  const issuer = `http://127.0.0.1:${port}`
  const { tokenKey, partyKeys } = await openGatewayKeys({ folder, issuer, clock: now, random })
  const tokens = await createAccessTokens({ issuer, audience: issuer, signingKey: tokenKey })
  const dpop = createDpopPolicy({ startedAt: now(), random })
  const authenticate = createAuthenticator({ issuer, tokens, dpop, now })
  const tokenEndpoint = createTokenEndpoint({
    issuer,
    tokens,
    partyKeys: partyKeys.register,
    findParty: (id) => ({ id, scopes: ['exchange:submit'] }),
    store: { rememberJti: async () => true },
    dpop,
    now,
    random,
  })

  app.post(TOKEN_PATH, (context) => tokenEndpoint(context.req.raw))
  app.post('/v1/exchanges', async (context) => {
    await authenticate(context.req.raw, 'exchange:submit')
    const body = await readJson(context.req.raw, new Set())
    const id = newId(now(), random)
    await store({ id, body: JSON.stringify(body) })
    return context.json({ id }, 201)
  })
  console.log(`listening on ${issuer}`)
})

process.once('SIGTERM', () => {
  server.close(() => client.close())
})
