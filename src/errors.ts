import type { LocalisedText } from './model/language.ts'

/**
 * Every error of a request, of a file or of the gateway itself. The code is the contract: it is the last segment of the
 * RFC 9457 `type`, and it never changes its meaning.
 */
export const ERROR_CODES = {
  'content-type-unsupported': {
    status: 415,
    title: { nl: 'Inhoudstype niet ondersteund', en: 'Content type not supported' },
  },
  'content-encoding-unsupported': {
    status: 415,
    title: { nl: 'Codering van de inhoud niet ondersteund', en: 'Content encoding not supported' },
  },
  'header-repeated': { status: 400, title: { nl: 'Dubbele header', en: 'Repeated header' } },
  'body-too-large': { status: 413, title: { nl: 'Bericht te groot', en: 'Body too large' } },
  'record-too-large': {
    status: 413,
    title: { nl: 'Melding te omvangrijk voor één uitwisseling', en: 'Report too large for one exchange' },
  },
  'json-invalid-utf8': { status: 400, title: { nl: 'Geen geldige UTF-8', en: 'Not valid UTF-8' } },
  'json-byte-order-mark': {
    status: 400,
    title: { nl: 'Bericht begint met een byte order mark', en: 'Body starts with a byte order mark' },
  },
  'json-syntax': { status: 400, title: { nl: 'Geen geldige JSON', en: 'Not valid JSON' } },
  'json-duplicate-key': { status: 400, title: { nl: 'Dubbele sleutel', en: 'Duplicate key' } },
  'json-forbidden-key': { status: 400, title: { nl: 'Sleutel niet toegestaan', en: 'Key not allowed' } },
  'json-lone-surrogate': { status: 400, title: { nl: 'Los surrogaatteken', en: 'Lone surrogate' } },
  'json-control-character': { status: 400, title: { nl: 'Stuurteken in tekst', en: 'Control character in text' } },
  'json-too-deep': { status: 400, title: { nl: 'Te diep genest', en: 'Nested too deeply' } },
  'member-missing': { status: 400, title: { nl: 'Onderdeel ontbreekt', en: 'Member missing' } },
  'member-unknown': { status: 400, title: { nl: 'Onbekend onderdeel', en: 'Unknown member' } },
  'word-unknown': { status: 400, title: { nl: 'Onbekend woord', en: 'Unknown word' } },
  'value-invalid': { status: 400, title: { nl: 'Ongeldige waarde', en: 'Invalid value' } },
  'report-contradictory': {
    status: 400,
    title: { nl: 'Bericht spreekt zichzelf tegen', en: 'Body contradicts itself' },
  },
  'identifier-invalid': { status: 400, title: { nl: 'Ongeldig kenmerk', en: 'Invalid identifier' } },
  'cross-site-form': { status: 403, title: { nl: 'Formulier van een andere site', en: 'Form from another site' } },
  'query-invalid': { status: 400, title: { nl: 'Ongeldige zoekvraag', en: 'Invalid query' } },
  'cursor-unknown': {
    status: 409,
    title: { nl: 'Cursor hoort niet bij dit logboek', en: 'Cursor does not belong to this log' },
  },
  'idempotency-key-missing': { status: 400, title: { nl: 'Idempotency-Key ontbreekt', en: 'Idempotency-Key missing' } },
  'idempotency-key-in-use': {
    status: 409,
    title: { nl: 'Zelfde Idempotency-Key is nog in behandeling', en: 'Same Idempotency-Key still in progress' },
  },
  'idempotency-key-reused': {
    status: 422,
    title: {
      nl: 'Idempotency-Key al gebruikt voor een ander bericht',
      en: 'Idempotency-Key already used for another body',
    },
  },
  'recipient-without-key': { status: 422, title: { nl: 'Ontvanger heeft geen sleutel', en: 'Recipient has no key' } },
  'approval-not-waiting': { status: 409, title: { nl: 'Wacht niet op goedkeuring', en: 'Not waiting for approval' } },
  'approval-same-person': {
    status: 403,
    title: { nl: 'Een ander moet dit beoordelen', en: 'Another person must decide' },
  },
  'content-erased': { status: 410, title: { nl: 'Inhoud is vernietigd', en: 'Content has been destroyed' } },
  'content-recalled': {
    status: 410,
    title: { nl: 'Afzender heeft de uitwisseling ingetrokken', en: 'Sender has recalled the exchange' },
  },
  'match-changed': { status: 409, title: { nl: 'Paar is intussen beantwoord', en: 'Match was answered meanwhile' } },
  'recall-not-possible': { status: 409, title: { nl: 'Niets om in te trekken', en: 'Nothing to recall' } },
  'already-recalled': { status: 409, title: { nl: 'Is al ingetrokken', en: 'Already recalled' } },
  'policy-invalid': { status: 422, title: { nl: 'Fouten in de regelbestanden', en: 'Faults in the rule files' } },
  'policy-too-complex': {
    status: 422,
    title: { nl: 'Regelset te groot of te ingewikkeld', en: 'Rule set too large or too complex' },
  },
  'policy-proposal-open': { status: 409, title: { nl: 'Voorstel bestaat al', en: 'Proposal already exists' } },
  'policy-proposal-closed': {
    status: 409,
    title: { nl: 'Voorstel is niet meer open', en: 'Proposal is no longer open' },
  },
  'refused-prohibition': {
    status: 403,
    title: { nl: 'Geweigerd: een verbod staat in de weg', en: 'Refused: a prohibition applies' },
  },
  'refused-assessment-missing': {
    status: 403,
    title: { nl: 'Geweigerd: een beoordeling ontbreekt', en: 'Refused: an assessment is missing' },
  },
  'refused-no-legal-basis': { status: 403, title: { nl: 'Geweigerd: geen grondslag', en: 'Refused: no legal basis' } },
  'token-missing': { status: 401, title: { nl: 'Toegangstoken ontbreekt', en: 'Access token missing' } },
  'token-invalid': { status: 401, title: { nl: 'Toegangstoken ongeldig', en: 'Access token invalid' } },
  'dpop-invalid': { status: 401, title: { nl: 'DPoP-bewijs ongeldig', en: 'DPoP proof invalid' } },
  'dpop-nonce-required': { status: 401, title: { nl: 'DPoP-nonce vereist', en: 'DPoP nonce required' } },
  'scope-insufficient': {
    status: 403,
    title: { nl: 'Token geeft hiertoe geen recht', en: 'Token lacks the scope' },
  },
  'not-found': { status: 404, title: { nl: 'Niet gevonden', en: 'Not found' } },
  'method-not-allowed': { status: 405, title: { nl: 'Methode niet toegestaan', en: 'Method not allowed' } },
  'too-many-requests': { status: 429, title: { nl: 'Te veel verzoeken', en: 'Too many requests' } },
  'log-unavailable': { status: 503, title: { nl: 'Logboek kan niet worden geschreven', en: 'Log cannot be written' } },
  'not-ready': { status: 503, title: { nl: 'Nog niet gereed', en: 'Not ready' } },
  internal: { status: 500, title: { nl: 'Fout in Sluis', en: 'Fault in Sluis' } },
} as const satisfies Record<string, { status: number; title: LocalisedText }>

export type ErrorCode = keyof typeof ERROR_CODES

/** For every reason why something could not be stored now, so that the reason shows nothing of what others sent. */
export const LOG_UNAVAILABLE: LocalisedText = {
  nl: 'het logboek kan nu niet worden geschreven, er is niets opgeslagen; probeer het later opnieuw',
  en: 'the log cannot be written now, nothing was stored; try again later',
}

/** One fault in what was sent: where it is, what is wrong and how to fix it; never the value itself. */
export interface Fault {
  readonly code: ErrorCode
  /** JSON Pointer (RFC 6901) into the body; the empty string is the whole body. */
  readonly pointer?: string
  readonly detail: LocalisedText
}

/** A failure in words that say what to do, in the language of the reader. It has no code, because the API never answers with it. */
export class LocalisedError extends Error {
  override readonly name: string = 'LocalisedError'
  readonly text: LocalisedText

  constructor(text: LocalisedText, options?: ErrorOptions) {
    super(text.en, options)
    this.text = text
  }
}

/** An error that its reader can act on. Carries a code and one or more faults, and no value that was sent. */
export class SluisError extends Error {
  readonly code: ErrorCode
  readonly faults: readonly Fault[]
  /** Seconds after which the same request may succeed; undefined when unknown, or when waiting does not help. */
  readonly retryAfterSeconds: number | undefined
  override readonly name = 'SluisError'

  constructor(
    faults: readonly [Fault, ...Fault[]],
    { retryAfterSeconds, ...options }: { cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(faults[0].detail.en, options)
    this.code = faults[0].code
    this.faults = faults
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** Makes the error for a single fault. */
export function sluisError(
  code: ErrorCode,
  detail: LocalisedText,
  { pointer, ...options }: { pointer?: string; cause?: unknown; retryAfterSeconds?: number } = {},
): SluisError {
  return new SluisError([{ code, ...(pointer !== undefined && { pointer }), detail }], options)
}

/** Throws one error with all faults, under the code of the first; does nothing when there are none. */
export function throwFaults(faults: readonly Fault[]): void {
  const [first, ...others] = faults
  if (first) throw new SluisError([first, ...others])
}
