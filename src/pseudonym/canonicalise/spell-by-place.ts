/**
 * Letters whose Latin form depends on their place in the word, applied in this order. The replacement is written in either script: Latin
 * letters stay what they are.
 *
 * Arabic and Hebrew write no short vowels. Where two of their letters in a row would read as one consonant of Latin (`sh`, `ts`, a
 * double letter), the vowel between them is written, so that Siham (سهام) does not become sham and Mamdouh (ممدوح) not mdouh.
 */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/([تثجچخدذزژسشصضطظغكکگپ])(?=[هحةہ])/gu, '$1ا'],
  [/([بتثجچحخدذرزژسشصضطظغفقكکگمنهپ])(?=\1)/gu, '$1ا'],
  [/([تطد])(?=[زسشصظذ])/gu, '$1ا'],
  [/([جچزژسشص])(?=[جچزژسشص])/gu, '$1ا'],
  [/ن(?=[گغ]\p{L})/gu, 'نا'],
  [/([דזטכסצתש])(?=ח|ה\p{L})/gu, '$1א'],
  [/([בגדהזחטכלמנסעפצקרשת])(?=\1)/gu, '$1א'],
  [/כ(?=ך)|מ(?=ם)|נ(?=ן)|פ(?=ף)|צ(?=ץ)/gu, '$&א'],
  [/([טתד])(?=[זסצש])/gu, '$1א'],
  // Academy of the Hebrew Language (2006): bet and pe are stops at the start of a word.
  [/^ב/u, 'b'],
  [/^פ/u, 'p'],
  // ELOT 743 (resolution V/19 of the UN conference on geographical names).
  [/ου/gu, 'ou'],
  [/([αεη])υ(?=[αεηιουωβγδζλμνρ])/gu, '$1v'],
  [/([αεη])υ/gu, '$1f'],
  [/γ(?=[γξχ])/gu, 'n'],
  [/^μπ/u, 'b'],
  // Bulgarian Transliteration Act (2009). Before these vowels it is the Russian hard sign.
  [/ъ(?![еёюя])/gu, 'a'],
  // Ethiopic writes no vowel behind these.
  [/(ን)(?=[ገ-ጎ])|([ስሥትድክግዝችሽ])(?=[ሀ-ሇሐ-ሗኀ-ኈ])/gu, '$1$2i'],
  // BGN/PCGN romanisation of Armenian.
  [/ու/gu, 'u'],
]

/** A word with the letters spelt out whose Latin form depends on their place in it. */
export const spellByPlace = (word: string): string =>
  SPELLINGS.reduce((text, [letters, spelling]) => text.replace(letters, spelling), word)
