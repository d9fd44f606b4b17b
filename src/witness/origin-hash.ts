import { sha256 } from '@noble/hashes/sha2.js'
import { formatHex, formatUtf8 } from '../encoding/bytes.ts'

/** Id of a log in the addresses of a witness: SHA-256 of its origin in lower-case hexadecimal. @see C2SP tlog-witness */
export const formatOriginHash = (origin: string): string => formatHex(sha256(formatUtf8(origin)))
