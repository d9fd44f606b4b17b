import type { Language, LocalisedText } from '../model/language.ts'
import type { BasisRule, Prohibition, Safeguard } from '../model/rule.ts'
import type { FailedCondition } from './conditions.ts'
import type { PolicySet } from './policy-set.ts'

/** Why a field is withheld when no rule covers it. */
export const NO_RULE: LocalisedText = {
  nl: 'Mag niet: geen regel van de opgegeven grondslag dekt dit gegeven in deze situatie.',
  en: 'Not allowed: no rule of the declared legal basis covers this item in this situation.',
}
/** The same when no basis was declared. */
export const NO_RULE_AT_ALL: LocalisedText = {
  nl: 'Mag niet: geen enkele regel dekt dit gegeven in deze situatie.',
  en: 'Not allowed: no rule at all covers this item in this situation.',
}

/** Why a field that only feeds the pseudonym is not released. */
export function linkOnlySentence(rule: BasisRule): LocalisedText {
  return {
    nl: `Wordt niet verstrekt: dient alleen om binnen Sluis de persoon te herkennen (${rule.citation}).`,
    en: `Not released: serves only to recognise the person inside Sluis (${rule.citation}).`,
  }
}

/** Which change would make a rule permit more. */
export function permitMissSentence(rule: BasisRule, failed: FailedCondition, set: PolicySet): LocalisedText {
  const { nl, en } = conditionPhrase(failed, set)
  return { nl: `${rule.citation} staat meer toe als ${nl}.`, en: `${rule.citation} permits more if ${en}.` }
}

/** Which change would lift a prohibition or a safeguard. */
export function liftSentence(
  narrowing: Prohibition | Safeguard,
  failed: FailedCondition,
  set: PolicySet,
): LocalisedText {
  const { nl, en } = conditionPhrase(failed, set)
  const isSafeguard = 'duties' in narrowing
  return {
    nl: `${isSafeguard ? 'De waarborg' : 'Het verbod'} van ${narrowing.citation} geldt niet als ${nl}.`,
    en: `The ${isSafeguard ? 'safeguard' : 'prohibition'} of ${narrowing.citation} does not apply if ${en}.`,
  }
}

function conditionPhrase({ condition, words }: FailedCondition, set: PolicySet): LocalisedText {
  const { vocabulary, parties } = set
  const labels = (known: ReadonlyMap<string, { readonly label: LocalisedText }>) => ({
    either: join(words, known, OR),
    all: join(words, known, AND),
  })
  switch (condition) {
    case 'sender': {
      const { either } = labels(parties)
      return { nl: `de afzender ${either.nl} is`, en: `the sender is ${either.en}` }
    }
    case 'recipient': {
      const { either } = labels(parties)
      return { nl: `de ontvanger ${either.nl} is`, en: `the recipient is ${either.en}` }
    }
    case 'purpose': {
      const { either } = labels(vocabulary.purposes)
      return { nl: `het doel ${either.nl} is`, en: `the purpose is ${either.en}` }
    }
    case 'role': {
      const { either } = labels(vocabulary.roles)
      return { nl: `de rol van de betrokkene ${either.nl} is`, en: `the role of the data subject is ${either.en}` }
    }
    case 'when': {
      const { all } = labels(vocabulary.circumstances)
      return { nl: `vaststaat: ${all.nl}`, en: `it is certain: ${all.en}` }
    }
    case 'when-not': {
      const { all } = labels(vocabulary.circumstances)
      return { nl: `vaststaat dat dit niet zo is: ${all.nl}`, en: `it is certain that this is not so: ${all.en}` }
    }
    case 'any-of': {
      const { either } = labels(vocabulary.circumstances)
      return {
        nl: `ten minste één hiervan vaststaat: ${either.nl}`,
        en: `at least one of these is certain: ${either.en}`,
      }
    }
    case 'assessment': {
      const { all } = labels(vocabulary.assessments)
      return {
        nl: `een persoon deze beoordeling verklaart: ${all.nl}`,
        en: `a person declares this assessment: ${all.en}`,
      }
    }
    case 'legal-basis': {
      const titles = new Map(set.files.map(({ id, title }) => [id, { label: { nl: title, en: title } }]))
      const { either } = labels(titles)
      return { nl: `de grondslag ${either.nl} wordt opgegeven`, en: `the legal basis ${either.en} is declared` }
    }
    case 'validity': {
      const [from, until] = words
      return {
        nl: `het plaatsvindt vanaf ${from}${until === undefined ? '' : ` en vóór ${until}`}`,
        en: `it takes place from ${from}${until === undefined ? '' : ` and before ${until}`}`,
      }
    }
  }
}

const AND: LocalisedText = { nl: 'en', en: 'and' }
const OR: LocalisedText = { nl: 'of', en: 'or' }

function join(
  words: readonly string[],
  known: ReadonlyMap<string, { readonly label: LocalisedText }>,
  conjunction: LocalisedText,
): LocalisedText {
  const inLanguage = (language: Language) => {
    // Labels of circumstances are whole sentences; inside another sentence they lose their full stop.
    const labels = words.map((word) => `‘${(known.get(word)?.label[language] ?? word).replace(/\.$/, '')}’`)
    const last = labels.pop()
    return labels.length === 0 ? `${last}` : `${labels.join(', ')} ${conjunction[language]} ${last}`
  }
  return { nl: inLanguage('nl'), en: inLanguage('en') }
}
