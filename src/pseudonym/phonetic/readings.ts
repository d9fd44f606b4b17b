/** A spelling and its readings, the most common first. */
export type Reading = readonly [spelling: RegExp, ...readings: [string, ...string[]]]

/**
 * How the languages of reports write consonants in the letters a to z, and how each is read. Applied in this order; what is in
 * capitals is a class of consonants, which no later line changes. The classes are P (b f p v w), T (d t), S (every sibilant, and a first
 * y), K (c g h k q), L, M, N and R; A is a first vowel.
 *
 * | letters | written | source |
 * |---|---|---|
 * | Arabic خ غ ش ج | `kh` `gh` `sh` `j`; in French `kh` `gh` `ch` `dj`, in Dutch `ch` `g` `sj` `dj` | UNGEGN (resolution XI/3, 2017); usage in the Maghreb |
 * | Arabic ث ذ ض ظ | `th` `dh` `d` `z`; in Persian `s` and three times `z` | UNGEGN; ALA-LC Persian |
 * | Arabic و | `w` `ou` `u`; in Persian `v` | UNGEGN; ALA-LC Persian |
 * | Arabic ح, Cyrillic х, Hebrew ח | `h` `kh` `ch`; in Somali and Azeri `x` | UNGEGN; ICAO Doc 9303-3 §6.B; Academy of the Hebrew Language (2006) |
 * | Ukrainian г | `h`, in Russian `g` | Cabinet of Ministers of Ukraine, resolution 55 (2010); ICAO Doc 9303-3 |
 * | Cyrillic ж ц ч ш | `zh` `ts` `ch` `sh`; in French and German `j` `tz` `tch` `ch`, `sch` `z` `tsch` `sch` | the same |
 * | Cyrillic щ | `shch`, in Bulgarian `sht` | the same; Bulgarian Transliteration Act (2009) |
 * | Cyrillic є ю я й | `ye` `yu` `ya` `y`, or `ie` `iu` `ia` `i`, or with `j` | the same; ISO 9 |
 * | Greek γ χ ξ | `g` or `y`, `ch` or `h`, `x` or `ks` | ELOT 743 (UN resolution V/19); usage |
 * | Hebrew ב ו פ צ ש | `b` or `v`, `v` or a vowel, `p` or `f`, `ts` `tz` `z`, `sh` or `s` | Academy of the Hebrew Language (2006); usage |
 * | Ethiopic | `ts` `ch` `sh` `gh` `ny`, without the marks | BGN/PCGN Amharic (1967) and Tigrinya (2007) |
 * | Han | pinyin `zh` `x` `q` `c`, Wade-Giles `ch` `hs` `ch` `ts` | ISO 7098; usage |
 * | Latin with marks | Turkish ç ş, Romanian ș, Polish and Serbian č š ž, Yoruba ṣ: without the mark or as `ch` `sh` `zh` | alphabets of the languages |
 * | Latin pairs | Polish `cz` `sz`, Hungarian `cs` `zs`, Albanian `xh` `gj`, Vietnamese `ph` `qu` `ng`, Igbo and Yoruba `gb` `kw` | alphabets of the languages |
 */
export const READINGS: readonly Reading[] = [
  // Abdul, Abdel and Abder: the l of the article is not always heard. It stays where God is named.
  [/^abd[aeou]+l(?!a?h?$)/, 'abd'],
  [/jj/g, 'dj'],
  [/gg/g, 'g', 'ng'],
  [/ck|cq|gk/g, 'k'],
  [/([a-z])\1+/g, '$1'],
  // The last letter of one syllable: 林 is Lin and Lam.
  [/(?<=^(?:[^aeiouy]|[cgknpst]h|ng|tr)?[aeiouy]{1,3})m$/, 'n'],
  [/^nt/, 'nt', 't'],
  [/szcz|sch?ts?ch|sjtsj|shch/g, 'S', 'ST'],
  [/tsch|tsj|tch|tsh|dzh|dsch|dsj|dj|gj|xh/g, 'S'],
  [/^hs(?=[iu])|sch|sh|sj|zj|zh|zs|cs|cz|sz|ts|tz|dz|sc(?=[ei])/g, 'S'],
  [/dt/g, 't'],
  [/ch/g, 'S', 'K'],
  [/th|dh/g, 'T', 'S'],
  [/ph|vb/g, 'P'],
  [/^x/, 'S', 'K', 'KS'],
  [/x/g, 'KS', 'K'],
  // Huang and Wong, Quang and Kwang, Guo and Kwok, Khwaja and Khajeh.
  [/^h[uw](?=a)/, 'P'],
  [/^(?:gu|[kq]u)(?=[aeo])|qu(?=[aeio])/g, 'K'],
  [/kh?w(?=[aeiou])|[gq]w(?=[aeiou])/g, 'K', 'KP'],
  [/gb/g, 'KP', 'P'],
  [/^nw(?=[aeiou])/, 'NP', 'P'],
  [/kh|gh/g, 'K'],
  [/^ng|ng(?![aeiouy])/g, 'N'],
  [/c(?=[eivy])|(?<=vi)c$/g, 'S'],
  [/^c(?=[aou])|(?<=i)c(?=a)/g, 'K', 'S'],
  [/^[gq](?=[eiy])/, 'K', 'S'],
  // Elena is also Yelena and Jelena. Before a consonant y is a vowel in Yvonne and the first letter of יוסף.
  [/^(?:[ijy](?=e)|y(?![aou]))/, 'S', 'A'],
  [/^[jy]|^i(?=[aou])/, 'S'],
  [/(?<=[e-uy])j$/, ''],
  [/j/g, '', 'S'],
  [/SS+/g, 'S'],
  [/h$/, '', 'K'],
  // Oualid and Alaoui.
  [/(?<=^|a)ou(?=[aeiy])/g, 'P'],
  [/ou(?=[aeiy])/g, '', 'P'],
  [/(?<=...[eo])w$/, 'P'],
  // The letter waw or vav between consonants is a vowel more often than not.
  [/(?<=[aeiouy])w(?![aeiouy])/g, '', 'P'],
  [/(?<=[aeiouy])v(?![aeiouy]|$)/g, 'P', ''],
  [/(?<=[^aeiouy])[vw](?![aeiouy])/g, '', 'P'],
  [/(?<=[aeiou])h/g, 'K', ''],
  [/^h(?=[aeiou])/, 'K', 'A'],
  [/[bfpvw]/g, 'P'],
  [/[dt]/g, 'T'],
  [/[sz]/g, 'S'],
  [/[cghkq]/g, 'K'],
]

/**
 * Cantonese and Hokkien spellings of Chinese family names whose consonants are not those of pinyin, each with the pinyin. Only of the
 * hundred most common names.
 */
export const DIALECT_SPELLINGS: ReadonlyMap<string, string> = new Map(
  `
  ng wu, goh wu, ong wang, woo hu, yip ye, yap ye, ngai wei, jen ren, yam ren, kam jin, kim jin, shek shi, kwok guo, keung jiang, kong jiang,
  pak bai, sit xue, wan yin, luk lu, ka jia, ha xia, hui xu, tan chen, teo zhang, tay zheng, ooi huang, kwan guan, shum shen, sham shen`
    .split(',')
    .map((pair) => pair.trim().split(' ') as [string, string]),
)
