/**
 * Removes invisible characters: zero-width characters, direction marks, soft hyphens, variation selectors, fillers.
 * Two values that look the same must not differ by one of these.
 *
 * @see Unicode Standard Annex #44, `Default_Ignorable_Code_Point`
 */
export const removeInvisible = (text: string): string => text.replace(/\p{Default_Ignorable_Code_Point}/gu, '')
