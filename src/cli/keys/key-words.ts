import { EXPIRES_SOON_DAYS } from '../../boot/party-keys.ts'
import type { Language } from '../../model/language.ts'
import type { Rotation } from '../../pseudonym/key-rotation.ts'
import type { ServedUse } from '../../pseudonym/keyring.ts'

/** What the commands on keys print, in both languages. */
interface KeyWords {
  readonly uses: Readonly<Record<ServedUse, string>>
  readonly recordedLater: string
  readonly init: { readonly backUp: string }
  readonly list: {
    readonly epochs: readonly string[]
    readonly unknownDate: string
    readonly retired: string
    readonly noneExpires: string
    readonly expiring: readonly string[]
    readonly expired: string
    readonly expiresSoon: string
  }
  readonly rotate: {
    readonly serves: (epoch: number, uses: string, consequence: string) => string
    readonly consequences: Readonly<Record<Rotation, string>>
    readonly backUp: string
  }
  readonly retire: {
    readonly final: (epoch: number) => string
    readonly consequences: Readonly<Record<ServedUse, string>>
    readonly destroyed: string
    readonly noDatabase: string
    readonly unchanged: string
    readonly done: (epoch: number, uses: string) => string
  }
}

export const KEY_WORDS: Readonly<Record<Language, KeyWords>> = {
  nl: {
    uses: { match: 'match', pseudonym: 'pseudoniem', reference: 'kenmerk', idempotency: 'herhaling' },
    recordedLater:
      'de gateway legt deze opdracht vast in zijn logboek: binnen een minuut als hij draait, en anders als hij start',
    init: {
      backUp: 'maak er nu een reservekopie van, los van de database: het een is niet te gebruiken zonder het ander',
    },
    list: {
      epochs: ['epoch', 'gemaakt', 'controlewaarde', 'dient voor'],
      unknownDate: 'onbekend',
      retired: 'niets (buiten gebruik)',
      noneExpires: `geen sleutel van een partij verloopt binnen ${EXPIRES_SOON_DAYS} dagen`,
      expiring: ['partij', 'laatste dag', 'toestand', 'sleutel'],
      expired: 'verlopen: vraag om een nieuwe',
      expiresSoon: 'verloopt binnenkort',
    },
    rotate: {
      serves: (epoch, uses, consequence) =>
        `epoch ${epoch} dient voor ${uses} zodra de gateway opnieuw start; ${consequence}`,
      consequences: {
        match: 'personen worden herkend met oude en nieuwe sleutels, totdat u de oude epoch buiten gebruik stelt',
        pseudonym:
          'elke persoon krijgt een nieuw pseudoniem, en elke ontvanger krijgt bericht welk pseudoniem welk vervangt',
        lookup:
          'een melding die opnieuw komt wordt herkend met oude en nieuwe sleutels, totdat u de oude epoch buiten gebruik stelt',
      },
      backUp: 'maak vóór die start een reservekopie van de sleutelbos: alles van de nieuwe epoch heeft die nodig',
    },
    retire: {
      final: (epoch) => `epoch ${epoch} buiten gebruik stellen kan niet ongedaan worden gemaakt:`,
      consequences: {
        match:
          'personen die voor het laatst met deze epoch zijn gemeld, worden niet meer herkend: de volgende melding maakt een nieuwe persoon met een nieuw pseudoniem',
        pseudonym:
          'de pseudoniemen ervan zijn niet meer te berekenen: alleen ontvangers die hun lijsten bewaarden, weten welk pseudoniem welk verving',
        idempotency: 'een melding die al eens gestuurd is en opnieuw komt, telt als een nieuwe',
        reference: 'een ouder kenmerk van een afzender is niet meer te herkennen in het logboek',
      },
      destroyed: 'het geheim wordt vernietigd; reservekopieën van de sleutelbos hebben het nog',
      noDatabase: 'deze map heeft geen database om na te gaan; zorg dat de gateway met de nieuwere epoch is gestart',
      unchanged: 'er is niets veranderd; voeg --yes toe om de epoch buiten gebruik te stellen',
      done: (epoch, uses) => `epoch ${epoch} dient niet meer voor ${uses} zodra de gateway opnieuw start`,
    },
  },
  en: {
    uses: { match: 'match', pseudonym: 'pseudonym', reference: 'reference', idempotency: 'idempotency' },
    recordedLater: 'the gateway will record this command in its log: within a minute when it runs, else when it starts',
    init: { backUp: 'back them up now, separately from the database: neither is usable without the other' },
    list: {
      epochs: ['epoch', 'created', 'check value', 'serves'],
      unknownDate: 'unknown',
      retired: 'nothing (retired)',
      noneExpires: `no key of a party expires within ${EXPIRES_SOON_DAYS} days`,
      expiring: ['party', 'last day', 'state', 'key'],
      expired: 'expired: ask for a new one',
      expiresSoon: 'expires soon',
    },
    rotate: {
      serves: (epoch, uses, consequence) =>
        `epoch ${epoch} serves ${uses} once the gateway starts again; ${consequence}`,
      consequences: {
        match: 'persons are matched under both old and new keys until you retire the old epoch',
        pseudonym:
          'every person gets a new pseudonym, and each recipient gets a notice of which pseudonym replaces which',
        lookup: 'a report that is sent again is recognised under both old and new keys until you retire the old epoch',
      },
      backUp: 'back up the keyring before that start: everything made under the new epoch needs it',
    },
    retire: {
      final: (epoch) => `retiring epoch ${epoch} cannot be undone:`,
      consequences: {
        match:
          'persons who were last reported under it can no longer be matched: the next report makes a new person with a new pseudonym',
        pseudonym:
          'its pseudonyms can no longer be computed: only recipients that kept their lists know which pseudonym replaced which',
        idempotency: 'a report that was sent before and is sent again now counts as a new one',
        reference: 'an older reference of a sender can no longer be recognised in the log',
      },
      destroyed: 'its secret is destroyed; backups of the keyring still hold it',
      noDatabase: 'this folder has no database to check: make sure that the gateway has started with the newer epoch',
      unchanged: 'nothing was changed; add --yes to retire the epoch',
      done: (epoch, uses) => `epoch ${epoch} no longer serves ${uses} once the gateway starts again`,
    },
  },
}

/** The uses of an epoch, as a list in a sentence. */
export const nameUses = (uses: readonly ServedUse[], language: Language): string =>
  uses.map((use) => KEY_WORDS[language].uses[use]).join(', ')
