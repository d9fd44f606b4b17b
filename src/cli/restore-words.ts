import type { Language } from '../model/language.ts'

/** What `restore` prints. Places are numbers of records, the first 0. */
interface RestoreWords {
  readonly unchanged: string
  readonly damaged: string
  keptAside(path: string): string
  anchorLost(anchorPath: string): string
  complete(size: number): string
  forked(size: number, next: string): string
  behind(first: number, last: number, next: string): string
  /** What to do when the gateway will not start. */
  newOrigin(reason: string): string
}

export const RESTORE_WORDS: Readonly<Record<Language, RestoreWords>> = {
  nl: {
    unchanged: 'sluis: er is niets veranderd',
    damaged: 'het bestand is geen hele database van Sluis; geef een andere reservekopie',
    keptAside: (path) =>
      `de vervangen database is bewaard als ${path}; die heeft de persoonsgegevens nog, dus vernietig die op tijd`,
    anchorLost: (anchorPath) =>
      `het anker van het logboek ontbreekt of is niet te lezen, dus het is niet bekend wat de reservekopie mist; zet \`${anchorPath}\` terug, anders start de gateway pas na \`sluis log new-origin --reason anchor-lost\``,
    complete: (size) =>
      `de reservekopie heeft alles wat het logboek ondertekende (${size} records); de gateway kan starten`,
    forked: (size, next) =>
      `de reservekopie heeft een andere boom dan de ${size} records die het logboek het laatst ondertekende: zij komt van een kopie die ergens anders verderging; ${next}`,
    behind: (first, last, next) =>
      `records ${first} tot en met ${last} staan niet in de reservekopie: wat daarin staat is wel gebeurd, en de ontvangstbewijzen ervan blijven geldig; ${next}`,
    newOrigin: (reason) =>
      `de gateway start niet vóór \`sluis log new-origin --reason ${reason}\`; doe dat alleen als er geen nieuwere database te vinden is`,
  },
  en: {
    unchanged: 'sluis: nothing was changed',
    damaged: 'the file is not an intact database of Sluis; give another backup',
    keptAside: (path) =>
      `the replaced database is kept as ${path}; it still holds its personal data, so destroy it in time`,
    anchorLost: (anchorPath) =>
      `the anchor of the log is absent or cannot be read, so it is unknown what the backup lacks; restore \`${anchorPath}\`, or else the gateway starts only after \`sluis log new-origin --reason anchor-lost\``,
    complete: (size) => `the backup holds everything that the log signed (${size} entries); the gateway can start`,
    forked: (size, next) =>
      `the backup has a different tree than the ${size} entries that the log signed last: it is from a copy that continued elsewhere; ${next}`,
    behind: (first, last, next) =>
      `entries ${first} up to and including ${last} are not in the backup: what they record did happen, and their receipts stay valid; ${next}`,
    newOrigin: (reason) =>
      `the gateway will not start before \`sluis log new-origin --reason ${reason}\`; run that only when no newer database can be found`,
  },
}
