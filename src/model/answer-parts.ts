import { z } from 'zod'
import { MAX_ID_CHARACTERS, MAX_TEXT_CHARACTERS } from './rule-file-bounds.ts'

/** Members that many answers share, each with the most that it contains. */

/** Data subjects of one decision; no record has room for more, whatever the version that decided. */
export const MAX_DECIDED_SUBJECTS = 100
/** Rules that one decision names: its record has them all, and a record has 4096 bytes. */
export const MAX_RULES = 1000
/** Duties of one decision: one per kind and bearer. */
export const MAX_DUTIES = 100
/**
 * Characters of a text that the gateway composes: a plan for every data subject, with the label of every circumstance, assessment and
 * field, is the longest.
 */
export const MAX_COMPOSED_CHARACTERS = 8 * 1024 * 1024

/** An id of the rule files, or two of them joined: a word, a party, a client id, a rule. */
export const MAX_WORD_CHARACTERS = Math.max(200, 2 * MAX_ID_CHARACTERS + 1)
export const word = z.string().max(MAX_WORD_CHARACTERS)
/** A text that one person wrote in a rule file or a setting. */
export const text = z.string().max(MAX_TEXT_CHARACTERS)
/** A text that the gateway composes from others. */
export const composed = z.string().max(MAX_COMPOSED_CHARACTERS)
/** An instant, RFC 3339 in UTC. */
export const instant = z.iso.datetime().max(40)
/** SHA-256 as hexadecimal digits. */
export const hash = z.string().max(64)
