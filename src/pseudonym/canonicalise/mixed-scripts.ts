/**
 * Lower-case letters that look like a Latin one in lower case or as a capital: keyboards and scanners swap them unnoticed. Where
 * several look like one Latin letter, the first is used.
 */
const LOOK_ALIKES = {
  Cyrillic: new Map(
    Object.entries({
      ...{ а: 'a', в: 'b', е: 'e', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', с: 'c', т: 't', у: 'y', х: 'x' },
      ...{ і: 'i', ј: 'j', ѕ: 's', һ: 'h', ԁ: 'd', ԛ: 'q', ԝ: 'w', ӏ: 'l' },
    }),
  ),
  Greek: new Map(
    Object.entries({
      ...{ α: 'a', β: 'b', ε: 'e', ζ: 'z', η: 'h', ι: 'i', κ: 'k', μ: 'm', ν: 'n', ο: 'o', ρ: 'p', τ: 't' },
      ...{ υ: 'y', χ: 'x' },
    }),
  ),
}

type Script = 'Latin' | keyof typeof LOOK_ALIKES

const SCRIPTS: readonly Script[] = ['Latin', 'Cyrillic', 'Greek']

const LETTERS: Readonly<Record<Script, RegExp>> = {
  Latin: /\p{Script=Latin}/u,
  Cyrillic: /\p{Script=Cyrillic}/u,
  Greek: /\p{Script=Greek}/u,
}

/**
 * A word is never really written in two of Latin, Cyrillic and Greek; where it seems so, some letters are look-alikes. Such a word is
 * converted to the script of most of its letters (Latin first in a tie), or else to another in which every letter has a look-alike.
 * A word that fits no script is unchanged, and so is a word of one script.
 *
 * @param word in lower case, without optional marks
 * @see Unicode Technical Standard #39 (mixed-script confusables), of which this is a part
 */
export function readInOneScript(word: string): string {
  const letters = [...word]
  const counts = SCRIPTS.map((script) => ({
    script,
    count: letters.filter((letter) => LETTERS[script].test(letter)).length,
  }))
  const present = counts.filter(({ count }) => count > 0)
  if (present.length < 2) return word
  for (const { script } of present.toSorted((a, b) => b.count - a.count)) {
    const read = letters.map((letter) => readAs(script, letter))
    if (!read.includes(undefined)) return read.join('')
  }
  return word
}

/** The letter, or its look-alike in the script; a letter of any other script is unchanged. */
function readAs(target: Script, letter: string): string | undefined {
  const own = SCRIPTS.find((script) => LETTERS[script].test(letter))
  if (own === undefined || own === target) return letter
  const latin = own === 'Latin' ? letter : LOOK_ALIKES[own].get(letter)
  if (latin === undefined || target === 'Latin') return latin
  return [...LOOK_ALIKES[target]].find(([, look]) => look === latin)?.[0]
}
