import type { LocalisedText } from './language.ts'
import type { Knower } from './vocabulary.ts'

/** Who can know an answer, as the end of a sentence. */
export const KNOWER_WORDS: Readonly<Record<Knower, LocalisedText>> = {
  afzender: { nl: 'uw organisatie', en: 'your organisation' },
  betrokkene: { nl: 'de persoon om wie het gaat', en: 'the person concerned' },
  vertegenwoordiger: { nl: 'de wettelijk vertegenwoordiger', en: 'the legal representative' },
  hulpverlener: { nl: 'de hulpverlener', en: 'the care provider' },
  ontvanger: { nl: 'de ontvanger', en: 'the recipient' },
  'functionaris-gegevensbescherming': {
    nl: 'uw functionaris gegevensbescherming',
    en: 'your data protection officer',
  },
  'bevoegde-functionaris': { nl: 'de bevoegde functionaris', en: 'the competent officer' },
  'bevoegd-gezag': { nl: 'het bevoegd gezag', en: 'the competent authority' },
  'officier-van-justitie': { nl: 'de officier van justitie', en: 'the public prosecutor' },
  bestuursorgaan: { nl: 'het bestuursorgaan dat erover gaat', en: 'the administrative authority in charge' },
  minister: { nl: 'de minister', en: 'the minister' },
  'europese-commissie': { nl: 'de Europese Commissie', en: 'the European Commission' },
  sluis: { nl: 'Sluis zelf', en: 'Sluis itself' },
}
