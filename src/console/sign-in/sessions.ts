import { sha256 } from '@noble/hashes/sha2.js'
import { formatBase64Url, formatUtf8 } from '../../encoding/bytes.ts'
import type { Party } from '../../model/party.ts'
import type { Clock, RandomBytes } from '../../ports/keys.ts'
import type { Sessions, StoredSession } from '../../ports/sessions.ts'
import { readCookie } from '../cookies.ts'
import type { SignInSettings } from './settings.ts'
import type { SignedIn } from './signed-in.ts'
import { findPerson } from './subjects.ts'

/** A desk, a laptop, a telephone and two forgotten ones; one more ends the oldest. */
const MAX_SESSIONS = 5
/** The last use is noted at most this often, because every page would cost a durable write. */
const NOTE_USE_MS = 60_000
const ID_BYTES = 32

const COOKIE = '__Host-sluis-session'
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax'
/** The header `Set-Cookie` that forgets a session. */
export const FORGET_SESSION = `${COOKIE}=; Max-Age=0; ${ATTRIBUTES}`

/** Sessions of the console: who sends a request, for as long as the store, the settings and the rule set in force agree. */
export interface ConsoleSessions {
  /** The person who sends a request; undefined when the session is unknown, too old, or no longer that of this person. */
  identify(request: Request): Promise<SignedIn | undefined>
  /**
   * Starts a session under a new id, and ends the one that this browser had, so that nobody can plant an id beforehand (fixation).
   * @returns the header `Set-Cookie`
   */
  start(request: Request, session: Pick<StoredSession, 'person' | 'issuer' | 'subject' | 'signedInAt'>): Promise<string>
  /** Ends the session of this browser, if it has one. */
  end(request: Request): Promise<void>
  /** Ends every session of a person. @param id client id */
  endAll(id: string): Promise<void>
  /** Removes sessions that ended by their age. */
  sweep(): Promise<void>
}

export function createSessions(options: {
  readonly settings: SignInSettings
  readonly store: Sessions
  /** The parties of the rule set in force. */
  readonly parties: () => ReadonlyMap<string, Party>
  readonly clock: Clock
  readonly random: RandomBytes
}): ConsoleSessions {
  const { settings, store, parties, clock, random } = options
  const idleMs = settings.idleMinutes * 60_000
  const longestMs = settings.sessionHours * 3_600_000
  const msSince = (moment: string, now: Date) => now.getTime() - Date.parse(moment)

  async function end(request: Request): Promise<void> {
    const idHash = hashId(request)
    if (idHash) await store.end(idHash)
  }

  return {
    async identify(request) {
      const idHash = hashId(request)
      const session = idHash && (await store.find(idHash))
      if (!session) return undefined
      const now = clock()
      if (msSince(session.startedAt, now) > longestMs || msSince(session.lastSeenAt, now) > idleMs) return undefined
      // Looked up each time, so that a change of people or scopes counts at once.
      const provider = settings.providers.find(({ issuer }) => issuer === session.issuer)
      const person = provider && findPerson(parties(), provider, session.subject)
      if (person?.id !== session.person) return undefined
      if (msSince(session.lastSeenAt, now) > NOTE_USE_MS) await store.touch(idHash, now.toISOString())
      return { ...person, signedInAt: new Date(session.signedInAt) }
    },
    async start(request, session) {
      await end(request)
      const id = formatBase64Url(random(ID_BYTES))
      const at = clock().toISOString()
      await store.start({ idHash: sha256(formatUtf8(id)), ...session, startedAt: at, lastSeenAt: at }, MAX_SESSIONS)
      return `${COOKIE}=${id}; ${ATTRIBUTES}`
    },
    end,
    endAll: (id) => store.endAll(id),
    sweep() {
      const now = clock().getTime()
      return store.sweep(new Date(now - longestMs).toISOString(), new Date(now - idleMs).toISOString())
    },
  }
}

function hashId(request: Request): Uint8Array | undefined {
  const id = readCookie(request, COOKIE)
  return id && /^[\w-]{43}$/.test(id) ? sha256(formatUtf8(id)) : undefined
}
