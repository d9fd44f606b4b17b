import { readPlain } from './plain-text.ts'

/**
 * What people and systems write where a value is unknown, in lower case without spaces and punctuation. The BRP writes a full stop
 * for an unknown surname and zeros for an unknown date; ICAO Doc 9303-3 has `XXX` for an unspecified nationality.
 */
const UNKNOWN_WORDS: ReadonlySet<string> = new Set(
  `anoniem anonymous geen geengegevens geennaam leeg naamonbekend nb nn nnb nietbekend nietopgegeven nietvantoepassing
  nomennescio noname notknown ntb nvt onbekend onbekende unbekannt unknown voornaamonbekend achternaamonbekend xx xxx
  inconnu inconnue desconocido desconocida necunoscut necunoscuta nieznane nieznany sconosciuto
  неизвестно неизвестен неизвестна невідомо невідомий невідома غيرمعروف مجهول 不明 未知 不詳`.split(/\s+/),
)

/** A whole value that stands for an unknown one: only punctuation and zeros, or a word for it. Nobody is recognised by it. */
export function isUnknownValue(text: string): boolean {
  const plain = readPlain(text).toLowerCase()
  if (plain === '') return false
  return /^[0\s\p{P}<>=~+|`]+$/u.test(plain) || UNKNOWN_WORDS.has(plain.replace(/[\s\p{P}<>]+/gu, ''))
}

const FILLERS: ReadonlySet<string> = new Set([
  '1900-01-01',
  '1900-00-00',
  '9999-12-31',
  '9999-99-99',
  '1111-11-11',
  '0001-01-01',
])

/** A day that systems fill in where they must have one and know none, `YYYY-MM-DD`. It says nothing of anybody. */
export const isFillerDate = (date: string): boolean => FILLERS.has(date)
