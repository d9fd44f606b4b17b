/** A session of somebody who signed in to the console. Moments are RFC 3339 text in UTC. */
export interface StoredSession {
  /** SHA-256 of the session id. The id itself is in the browser only. */
  readonly idHash: Uint8Array
  /** Client id, `party.person`. */
  readonly person: string
  /** The OpenID provider that vouched for the person, and its subject. */
  readonly issuer: string
  readonly subject: string
  /** When the person proved at the provider who they are (`auth_time`). */
  readonly signedInAt: string
  readonly startedAt: string
  /** The last noted use; up to a minute behind. */
  readonly lastSeenAt: string
}

/** Sessions of the console. Every change is durable on return; after it no reader sees what ended. */
export interface Sessions {
  /** Stores a session. The oldest sessions of its person above `atMost` end in the same transaction. */
  start(session: StoredSession, atMost: number): Promise<void>
  /** Also returns one that is too old: the caller knows how long a session may last. */
  find(idHash: Uint8Array): Promise<StoredSession | undefined>
  /** Notes that a session was used. A session that has ended stays ended, so it can run beside `end`. */
  touch(idHash: Uint8Array, lastSeenAt: string): Promise<void>
  /** Ends a session; does nothing when it has ended. */
  end(idHash: Uint8Array): Promise<void>
  /** Ends every session of a person. */
  endAll(person: string): Promise<void>
  /** Removes sessions that started, or were last seen, before a moment. */
  sweep(startedBefore: string, seenBefore: string): Promise<void>
}
