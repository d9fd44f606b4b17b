/**
 * The most that rule files contain. The schemas for editors state the same numbers, and answers that show rule files rely on them.
 * Each is several times what the shipped rules need, so that only a file that nobody could review meets it.
 */

/** Files of one rule set. */
export const MAX_FILES = 500
/** Bytes of one file, UTF-8. */
export const MAX_FILE_BYTES = 1024 * 1024
/** Members of a map: words of one kind, parties, people of a party. */
export const MAX_MEMBERS = 500
/** Items of a list: rules of a file, cases, words. */
export const MAX_ITEMS = 500
/** Circumstances of the vocabulary: a request can state every one of them. */
export const MAX_CIRCUMSTANCES = 200
/** Assessments of the vocabulary: a request can declare every one of them. */
export const MAX_ASSESSMENT_WORDS = 32
/** Fields of the vocabulary. */
export const MAX_FIELDS = 200
/** Ids: letters, digits and hyphens. */
export const MAX_ID_CHARACTERS = 80
/** Characters of a text, where nothing else is said. */
export const MAX_TEXT_CHARACTERS = 4000
/** Characters of a label: forms and decisions repeat it. */
export const MAX_LABEL_CHARACTERS = 1000
/** Characters of `toelichting`, which can be pages long. */
export const MAX_EXPLANATION_CHARACTERS = 20_000
