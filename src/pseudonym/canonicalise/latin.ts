/**
 * Latin letters, lower case, that Unicode does not decompose into a plain letter and a mark. As ICAO Doc 9303-3 §6.A writes
 * them in a machine-readable zone, except ø: one letter, to agree with ö, which loses its mark here. The West African
 * letters of the last lines become the letter that is typed where the keyboard lacks them.
 */
const PLAIN_LETTERS: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ø: 'o', ð: 'd', đ: 'd', ħ: 'h', ı: 'i' }),
  ...Object.entries({ ĸ: 'q', ł: 'l', ŋ: 'n', ŧ: 't', ə: 'e' }),
  ...Object.entries({ ɓ: 'b', ɖ: 'd', ɗ: 'd', ɛ: 'e', ǝ: 'e', ɣ: 'g', ɨ: 'i' }),
  ...Object.entries({ ƙ: 'k', ɲ: 'n', ɔ: 'o', ʉ: 'u', ʋ: 'v', ƴ: 'y' }),
])

/** Replaces letters that decomposition leaves alone; takes lower case and gives lower case. */
export const transliterateLatin = (text: string): string =>
  text.replace(/\p{Script=Latin}/gu, (letter) => PLAIN_LETTERS.get(letter) ?? letter)
