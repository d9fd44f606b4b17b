import { readBounded } from '../../encoding/bounded-body.ts'
import { parseUtf8 } from '../../encoding/bytes.ts'
import { CommandError } from '../terminal/failure.ts'

/** Many times the longest answer of a gateway, whose lists and texts are all bounded. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024

/**
 * Parses the JSON of an answer; undefined for what is no JSON.
 * @throws CommandError that names `path`, for an answer that is too long, and for a connection that broke off
 */
export async function readAnswer(response: Response, path: string): Promise<unknown> {
  const bytes = await readBounded(response.body, MAX_ANSWER_BYTES).catch((cause: unknown) => {
    throw new CommandError(
      {
        nl: `${path}: de verbinding brak af voor het antwoord compleet was; probeer het opnieuw`,
        en: `${path}: the connection broke off before the answer was complete; try again`,
      },
      { cause },
    )
  })
  if (bytes.length > MAX_ANSWER_BYTES)
    throw new CommandError({
      nl: `${path}: het antwoord is langer dan een gateway het maakt en is niet gelezen; controleer het adres (SLUIS_ISSUER)`,
      en: `${path}: the answer is longer than any of a gateway and was not read; check the address (SLUIS_ISSUER)`,
    })
  try {
    return JSON.parse(parseUtf8(bytes))
  } catch {
    return undefined
  }
}
