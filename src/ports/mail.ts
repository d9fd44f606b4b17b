/** One message. It never has content: every party could get the same. */
export interface MailMessage {
  /** One address. */
  readonly to: string
  readonly subject: string
  readonly text: string
}

/**
 * Why a message was not sent. `refused`: the mail server refused this message or its recipient. The others stop every message: the
 * server was not reached or did not answer in time, offered no TLS that can be trusted, or refused to sign the gateway in.
 */
export type MailFailure = 'refused' | 'unreachable' | 'tls' | 'sign-in'

/** Sends mail. Never rejects, and ends in bounded time. */
export interface MailSender {
  /**
   * Resolves with `sent` once the mail server took the message. A server can take one and be lost before it says so; then the
   * message is sent twice (RFC 1047).
   * @param signal ends the attempt, which then is `unreachable`
   */
  send(message: MailMessage, signal: AbortSignal): Promise<'sent' | MailFailure>
}

/** Up to which delivery a party was told of its inbox. */
export interface MailMark {
  readonly party: string
  /** The newest delivery when that was; absent when it never was. */
  readonly deliveryId?: string
  /** Attempts that failed since. */
  readonly failures: number
}

/** Marks of the parties that get mail. */
export interface MailMarks {
  find(party: string): Promise<MailMark | undefined>
  /** Replaces the mark of a party. Durable on return. @throws SluisError `log-unavailable` */
  put(mark: MailMark): Promise<void>
}
