import type { Contradiction, OneSided, Reconciliation } from '../../audit/verify/reconcile.ts'
import type { Language } from '../../model/language.ts'

/** What `audit reconcile` prints after the places of its findings. */
interface ReconcileWords {
  /** Between two places. */
  readonly and: string
  contradiction(contradiction: Contradiction): string
  oneSided(exchange: OneSided): string
  count(receipts: number, joined: number, oneSided: number): string
  explained(explained: Reconciliation['explained']): string
}

export const RECONCILE_WORDS: Readonly<Record<Language, ReconcileWords>> = {
  nl: {
    and: ' en ',
    contradiction({ kind, exchangeId, origin, treeSize, leafIndex }) {
      const report = 'bewaar beide bestanden en meld het aan de toezichthouder'
      switch (kind) {
        case 'two-records':
          return `uitwisseling ${exchangeId} heeft twee verschillende records; ${report}`
        case 'two-roots':
          return `het logboek ${origin} ondertekende twee bomen van ${treeSize} records, en toont partijen dus verschillende logboeken; ${report}`
        case 'two-leaves':
          return `het logboek ${origin} heeft twee verschillende records als record ${leafIndex}, en toont partijen dus verschillende logboeken; ${report}`
      }
    },
    oneSided({ exchangeId, leafIndex, sender, recipient, missingFrom }) {
      const where =
        missingFrom === 'recipient'
          ? `is gestuurd door ${sender} en staat niet in de postbus van ${recipient}`
          : `staat in de postbus van ${recipient} en niet bij wat ${sender} stuurde`
      return `uitwisseling ${exchangeId} (record ${leafIndex}) ${where}; exporteer beide kanten opnieuw en vraag het de beheerder als het zo blijft`
    },
    count: (receipts, joined, oneSided) =>
      `${receipts} ontvangstbewijzen kloppen, ${joined} uitwisselingen aan beide kanten, ${oneSided} aan maar één kant`,
    explained: ({ refused, held, later, elsewhere }) =>
      `met een goede reden aan één kant: ${refused} geweigerd, ${held} aangehouden, ${later} van na de andere export, ${elsewhere} met een partij waarvan de export hier niet is`,
  },
  en: {
    and: ' and ',
    contradiction({ kind, exchangeId, origin, treeSize, leafIndex }) {
      const report = 'keep both files and report it to the supervisor'
      switch (kind) {
        case 'two-records':
          return `exchange ${exchangeId} has two different records; ${report}`
        case 'two-roots':
          return `the log ${origin} signed two trees of ${treeSize} entries, so it shows parties different logs; ${report}`
        case 'two-leaves':
          return `the log ${origin} has two different records as entry ${leafIndex}, so it shows parties different logs; ${report}`
      }
    },
    oneSided({ exchangeId, leafIndex, sender, recipient, missingFrom }) {
      const where =
        missingFrom === 'recipient'
          ? `sent by ${sender} and not in the inbox of ${recipient}`
          : `in the inbox of ${recipient} and not among what ${sender} sent`
      return `exchange ${exchangeId} (entry ${leafIndex}) is ${where}; export both sides again and, if it stays, ask the operator`
    },
    count: (receipts, joined, oneSided) =>
      `${receipts} receipts verified, ${joined} exchanges on both sides, ${oneSided} on one side only`,
    explained: ({ refused, held, later, elsewhere }) =>
      `on one side for a good reason: ${refused} refused, ${held} held, ${later} later than the other export, ${elsewhere} with a party whose export is not here`,
  },
}
