import type { Attempt, ClassWord, TREATMENTS } from '../../audit/export/record-filter.ts'
import type { Language } from '../../model/language.ts'
import type { Labels } from '../../policy/labels.ts'
import type { ReportFilter } from '../select-exchanges.ts'

/** Labels of the words of a filter, by member. */
export function filterNames(
  language: Language,
  labels: Labels,
): Readonly<Record<keyof ReportFilter, (word: string) => string>> {
  const from = (known: Readonly<Record<string, string>>) => (word: string) => known[word] ?? word
  return {
    sender: labels.party,
    recipient: labels.party,
    field: labels.field,
    fieldClass: from(CLASS_NAMES[language]),
    treatment: from(TREATED_AS[language]),
    file: labels.file,
    attempt: from(ATTEMPT_NAMES[language]),
  }
}

type Named<Word extends string> = Readonly<Record<Language, Readonly<Record<Word, string>>>>

const CLASS_NAMES: Named<ClassWord> = {
  nl: {
    gewoon: 'gewone gegevens',
    identificerend: 'identificerende gegevens',
    bsn: 'BSN',
    gezondheid: 'gezondheid',
    seksueel: 'seksueel gedrag of seksuele gerichtheid',
    etniciteit: 'etniciteit',
    overtuiging: 'geloof of levensovertuiging',
    strafrechtelijk: 'strafrechtelijke gegevens',
    'avg-9': 'bijzondere gegevens (AVG art. 9)',
    'avg-10': 'strafrechtelijke gegevens (AVG art. 10)',
  },
  en: {
    gewoon: 'ordinary data',
    identificerend: 'identifying data',
    bsn: 'BSN',
    gezondheid: 'health',
    seksueel: 'sex life or sexual orientation',
    etniciteit: 'ethnicity',
    overtuiging: 'religion or philosophical belief',
    strafrechtelijk: 'criminal data',
    'avg-9': 'special categories (GDPR art. 9)',
    'avg-10': 'criminal data (GDPR art. 10)',
  },
}

const TREATED_AS: Named<(typeof TREATMENTS)[number]> = {
  nl: { shared: 'verstrekt', linked: 'gekoppeld', withheld: 'achtergehouden' },
  en: { shared: 'released', linked: 'linked', withheld: 'withheld' },
}

const ATTEMPT_NAMES: Named<Attempt> = {
  nl: {
    check: 'controle vooraf',
    stayed: 'geweigerd gebleven',
    retried: 'opnieuw geweigerd binnen een uur',
    repaired: 'hersteld binnen een uur',
    repair: 'herstel van een weigering',
  },
  en: {
    check: 'check',
    stayed: 'stayed refused',
    retried: 'refused again within the hour',
    repaired: 'repaired within the hour',
    repair: 'repair of a refusal',
  },
}
