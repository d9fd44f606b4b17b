import { parseUtf8 } from '../encoding/bytes.ts'
import type { Json } from '../encoding/json.ts'
import { scanJson } from '../encoding/json-scanner.ts'
import { sluisError } from '../errors.ts'
import { ENVELOPE_MEMBERS } from './members.ts'

/** The largest body the gateway reads. */
export const MAX_BODY_BYTES = 1_048_576

/**
 * Parses a JSON text in UTF-8 strictly: everything that two parsers could read differently is refused.
 * Objects have no prototype.
 *
 * The pointer of an error names members of `knownNames` only and shows any other as `*`, because a member name
 * invented by a sender can be personal data. A fault in a member name points to the object that contains it.
 *
 * @throws SluisError `body-too-large`, `json-invalid-utf8`, `json-byte-order-mark`, `json-syntax`, `json-duplicate-key`,
 *   `json-forbidden-key` (`__proto__`, `constructor`, `prototype`), `json-lone-surrogate`, `json-control-character`
 *   (Unicode class Cc, except an escaped tab, line feed or carriage return), `json-too-deep` (over 32 levels),
 *   `value-invalid` for a number that JavaScript cannot hold exactly
 * @see RFC 8259, RFC 7493 (I-JSON)
 */
export function parseJson(
  body: Uint8Array,
  knownNames: ReadonlySet<string> = ENVELOPE_MEMBERS,
  maxBytes = MAX_BODY_BYTES,
): Json {
  if (body.length > maxBytes) {
    throw sluisError('body-too-large', {
      nl: `het bericht is groter dan ${maxBytes} bytes; verdeel het over meer verzoeken`,
      en: `the body is larger than ${maxBytes} bytes; split it over more requests`,
    })
  }
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) {
    throw sluisError('json-byte-order-mark', {
      nl: 'het bericht begint met een byte order mark; begin met de JSON zelf (RFC 8259 §8.1)',
      en: 'the body starts with a byte order mark; start with the JSON itself (RFC 8259 §8.1)',
    })
  }
  return scanJson(decode(body), knownNames)
}

function decode(body: Uint8Array): string {
  try {
    return parseUtf8(body)
  } catch (cause) {
    throw sluisError(
      'json-invalid-utf8',
      {
        nl: 'het bericht is geen geldige UTF-8; codeer het als UTF-8',
        en: 'the body is not valid UTF-8; encode it as UTF-8',
      },
      { cause },
    )
  }
}
