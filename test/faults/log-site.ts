import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { LogVerification } from '../../src/audit/verify/verify.ts'
import {
  DATA_FILES,
  describeAnchoring,
  initialiseKeyFiles,
  readSigner,
  readVerifierKeys,
} from '../../src/boot/key-files.ts'
import { beginNewOrigin, type NewOrigin, type NewOriginOrder } from '../../src/boot/new-origin.ts'
import { startGateway } from '../../src/boot/node.ts'
import { parseSettings } from '../../src/boot/settings.ts'
import { verifyDatabase } from '../../src/cli/audit/verify-database.ts'
import type { Receipt } from '../../src/ports/stored.ts'
import { openSqlite } from '../../src/storage/better-sqlite.ts'
import type { FileCalls } from '../../src/storage/files/private-file.ts'
import { receiptOf, record } from '../storage/commits.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'

/** The data folder of a gateway that does not run, with a log of records that mean nothing. */
export interface LogSite {
  readonly folder: string
  path(name: keyof typeof DATA_FILES): string
  /** Opens the log as a start does, appends records named after `name` and closes it. @throws what a start throws */
  append(name: string, count?: number): Promise<readonly Receipt[]>
  /** Starts the whole gateway, and stops it. */
  start(): Promise<void>
  newOrigin(order: Pick<NewOriginOrder, 'reason' | 'checkpoint'>, calls?: FileCalls): Promise<NewOrigin>
  /** With every public key that the folder knows. */
  verify(): Promise<LogVerification>
  verifierKeys(): readonly string[]
  /** Another folder with the same files. */
  copy(): LogSite
  /** Takes files over from another folder; what is not there goes here too. */
  take(from: LogSite, ...names: (keyof typeof DATA_FILES)[]): void
  remove(...names: (keyof typeof DATA_FILES)[]): void
  read(name: keyof typeof DATA_FILES): string
}

export const TEST_CLOCK = () => new Date('2026-11-22T10:00:00.000Z')
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

/** @param host names the log */
export async function createLogSite(host = 'log.example'): Promise<LogSite> {
  const folder = join(temporaryFolder(), 'gateway')
  await initialiseKeyFiles({ folder, issuer: `https://${host}`, clock: TEST_CLOCK, random })
  return siteAt(folder)
}

function siteAt(folder: string): LogSite {
  const path = (name: keyof typeof DATA_FILES) => join(folder, DATA_FILES[name])
  const variants = (name: keyof typeof DATA_FILES) => [
    '',
    ...(name === 'anchor' ? ['.synced'] : name === 'database' ? ['-wal', '-shm'] : []),
  ]
  const verifierKeys = () => {
    const { own, earlier } = readVerifierKeys(folder)
    return own === undefined ? earlier : [...earlier, own]
  }
  const site: LogSite = {
    folder,
    path,
    async append(name, count = 1) {
      const faults: unknown[] = []
      const { store, close } = await openSqlite({
        path: path('database'),
        signer: readSigner(folder),
        anchoring: describeAnchoring(folder, undefined, (error) => faults.push(error)),
      })
      try {
        const commits = Array.from({ length: count }, (_, index) => ({ record: record(`${name} ${index}`) }))
        const receipts: Receipt[] = []
        for (const commit of commits) receipts.push(receiptOf((await store.commit([commit]))[0]))
        if (faults.length > 0) throw faults[0]
        return receipts
      } finally {
        close()
      }
    },
    async start() {
      const parsed = parseSettings({ PORT: '0', SLUIS_DATA: folder })
      if (!parsed.ok) throw new Error(parsed.faults.join('; '))
      await (await startGateway(parsed.settings)).close()
    },
    newOrigin: (order, calls) =>
      beginNewOrigin({ folder, anchorPath: path('anchor'), clock: TEST_CLOCK, random, ...order }, calls),
    verify: () => verifyDatabase(path('database'), verifierKeys()),
    verifierKeys,
    copy() {
      const to = join(temporaryFolder(), 'gateway')
      cpSync(folder, to, { recursive: true })
      return siteAt(to)
    },
    take(from, ...names) {
      site.remove(...names)
      for (const name of names) {
        for (const variant of variants(name)) {
          const source = from.path(name) + variant
          if (existsSync(source)) cpSync(source, path(name) + variant)
        }
      }
    },
    remove(...names) {
      for (const name of names) for (const variant of variants(name)) rmSync(path(name) + variant, { force: true })
    },
    read: (name) => readFileSync(path(name), 'utf8'),
  }
  return site
}
