import type { Language } from '../../model/language.ts'

/** What `audit verify` prints. Instants are RFC 3339. */
interface VerifyWords {
  verified(treeSize: number, root: string): string
  part(count: number, treeSize: number, root: string): string
  hashesOnly(treeSize: number, root: string): string
  epoch(leafIndex: number, origin: string, reason: string): string
  lost(count: number): string
  badEntry(leafIndex: number, reason: string): string
  badRange(first: number, last: number, reason: string): string
  notVerified(reason: string): string
  /** @param treeSize undefined for all entries */
  witnessed(treeSize: number | undefined, witnesses: string): string
  notWitnessed(reason: string): string
  readonly noSign: string
  fresh(at: string, minutes: number): string
  notFresh(at: string, minutes: number, maxAgeMinutes: number): string
}

export const VERIFY_WORDS: Readonly<Record<Language, VerifyWords>> = {
  nl: {
    verified: (treeSize, root) => `klopt: ${treeSize} records, wortel ${root}`,
    part: (count, treeSize, root) =>
      `klopt: ${count} records, en van elk is bewezen dat het in het logboek van ${treeSize} records met wortel ${root} staat; een deel laat niet zien of een filter records wegliet`,
    hashesOnly: (treeSize, root) =>
      `NIET gecontroleerd: de ${treeSize} records zijn niet gelezen, dus hun inhoud is niet gecontroleerd; het checkpoint is ondertekend, en de hashes geven zijn wortel ${root}; geef ook --as PARTY om de records te lezen`,
    epoch: (leafIndex, origin, reason) =>
      `record ${leafIndex} zet het logboek voort onder de oorsprong ${origin} (${reason})`,
    lost: (count) => `; ${count} records van de vorige oorsprong staan niet in dit logboek`,
    badEntry: (leafIndex, reason) => `KLOPT NIET: eerste foute record ${leafIndex}: ${reason}`,
    badRange: (first, last, reason) => `KLOPT NIET: fout record tussen ${first} en ${last}: ${reason}`,
    notVerified: (reason) => `KLOPT NIET: ${reason}`,
    witnessed: (treeSize, witnesses) =>
      `meegetekend: ${treeSize === undefined ? 'alle records' : `de eerste ${treeSize} records`}, door ${witnesses}`,
    notWitnessed: (reason) => `NIET meegetekend: ${reason}`,
    noSign:
      'NIET vers: geen hartslag en geen meetekening laat zien wanneer het logboek voor het laatst leefde; vraag het de beheerder, of geef --witness-policy',
    fresh: (at, minutes) => `vers: laatste teken van leven ${at}, ${minutes} minuten geleden`,
    notFresh: (at, minutes, maxAgeMinutes) =>
      `NIET vers: laatste teken van leven ${at}, ${minutes} minuten geleden, meer dan de ${maxAgeMinutes} die mogen; vraag de beheerder waarom, of haal een nieuwere kopie`,
  },
  en: {
    verified: (treeSize, root) => `verified: ${treeSize} entries, root ${root}`,
    part: (count, treeSize, root) =>
      `verified: ${count} entries, each proven to be in the log of ${treeSize} entries with root ${root}; a part cannot show whether a filter left any out`,
    hashesOnly: (treeSize, root) =>
      `NOT verified: the records of the ${treeSize} entries were not read, so their content was not checked; the checkpoint is signed, and the hashes give its root ${root}; add --as PARTY to read the records`,
    epoch: (leafIndex, origin, reason) => `entry ${leafIndex} continues the log under the origin ${origin} (${reason})`,
    lost: (count) => `; ${count} entries of the previous origin are not in this log`,
    badEntry: (leafIndex, reason) => `NOT verified: first bad entry ${leafIndex}: ${reason}`,
    badRange: (first, last, reason) => `NOT verified: bad entry between ${first} and ${last}: ${reason}`,
    notVerified: (reason) => `NOT verified: ${reason}`,
    witnessed: (treeSize, witnesses) =>
      `witnessed: ${treeSize === undefined ? 'all entries' : `the first ${treeSize} entries`}, by ${witnesses}`,
    notWitnessed: (reason) => `NOT witnessed: ${reason}`,
    noSign:
      'NOT fresh: no heartbeat and no cosignature shows when the log was last alive; ask its operator, or give --witness-policy',
    fresh: (at, minutes) => `fresh: last sign of life ${at}, ${minutes} minutes ago`,
    notFresh: (at, minutes, maxAgeMinutes) =>
      `NOT fresh: last sign of life ${at}, ${minutes} minutes ago, more than the ${maxAgeMinutes} allowed; ask the operator why, or fetch a newer copy`,
  },
}
