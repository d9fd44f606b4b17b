import type { LocalisedText } from '../../model/language.ts'

/** Every reason, except a rollback, not to continue a log: what is wrong and how to fix it. */
export const HEAD_FAULTS = {
  'entries-missing': {
    nl: 'auditlog: het aantal records is niet wat het laatste checkpoint dekt; zet een volledige reservekopie terug',
    en: 'audit log: the number of records is not what the newest checkpoint covers; restore a complete backup',
  },
  'tree-differs': {
    nl: 'auditlog: de boom is niet die van het laatste checkpoint; zet een volledige reservekopie terug',
    en: 'audit log: the tree is not the one that the newest checkpoint was signed for; restore a complete backup',
  },
  'key-differs': {
    nl: 'auditlog: het laatste checkpoint is niet met deze logsleutel getekend; geef de sleutel en de origin waarmee het log begon',
    en: 'audit log: the newest checkpoint was not signed with this log key; give the key and the origin that the log started with',
  },
  'key-of-other-log': {
    nl: 'auditlog: de logsleutel is die van een ander log, database en anker horen bij elkaar; zet `log.key` en `log.pub` van dit log terug of, als die sleutel verloren is, ga verder onder een nieuwe origin met `sluis log new-origin --reason key-lost`',
    en: 'audit log: the log key is that of another log, while database and anchor belong together; put `log.key` and `log.pub` of this log back or, when that key is lost, continue under a new origin with `sluis log new-origin --reason key-lost`',
  },
  'key-of-earlier-origin': {
    nl: 'auditlog: de logsleutel is die van een origin die is beëindigd; zet de nieuwste `log.key` terug of, als die verloren is, ga verder onder een nieuwe origin met `sluis log new-origin --reason key-lost`',
    en: 'audit log: the log key is that of an origin that ended; put the newest `log.key` back or, when it is lost, continue under a new origin with `sluis log new-origin --reason key-lost`',
  },
  'origin-cut-off': {
    nl: 'auditlog: een nieuwe origin is begonnen en afgebroken; voer `sluis log new-origin` nog eens uit met dezelfde reden, dan wordt hij afgemaakt',
    en: 'audit log: a new origin was begun and cut off; run `sluis log new-origin` again with the same reason, and it is completed',
  },
  'database-of-other-log': {
    nl: 'auditlog: de database is die van een ander log, logsleutel en anker horen bij elkaar; zet de database terug die bij deze map hoort, een nieuwe origin helpt hier niet',
    en: 'audit log: the database is that of another log, while log key and anchor belong together; put the database back that belongs to this folder; a new origin does not fix this',
  },
  'database-of-earlier-origin': {
    nl: 'auditlog: teruggedraaid; de database is van voor de origin waaronder dit log verder ging, dus records ontbreken die wel gebeurd zijn; zet de nieuwste database terug of, als die verloren is, ga verder onder een nieuwe origin met `sluis log new-origin --reason rolled-back`',
    en: 'audit log: rolled back; the database is older than the current origin of this log, so records of events that happened are missing; put the newest database back or, when it is lost, continue under a new origin with `sluis log new-origin --reason rolled-back`',
  },
  'anchor-absent': {
    nl: 'auditlog: het anker is weg, zodat niet te zien is of de database de nieuwste is; zet `log.anchor` terug (of SLUIS_ANCHOR goed) of, als het verloren is, ga verder onder een nieuwe origin met `sluis log new-origin --reason anchor-lost`',
    en: 'audit log: the anchor is missing, so nothing shows whether the database is the newest; put `log.anchor` back, correct SLUIS_ANCHOR or, when the anchor is lost, continue under a new origin with `sluis log new-origin --reason anchor-lost`',
  },
  'anchor-unreadable': {
    nl: 'auditlog: het anker is afgebroken of veranderd, zodat niet te zien is of de database de nieuwste is; zet `log.anchor` terug of, als het verloren is, ga verder onder een nieuwe origin met `sluis log new-origin --reason anchor-lost`',
    en: 'audit log: the anchor is cut off or was changed, so nothing shows whether the database is the newest; put `log.anchor` back or, when it is lost, continue under a new origin with `sluis log new-origin --reason anchor-lost`',
  },
  'anchor-foreign': {
    nl: 'auditlog: het anker is dat van een ander log; zet `log.anchor` van dit log terug (of SLUIS_ANCHOR goed) of, als het verloren is, ga verder onder een nieuwe origin met `sluis log new-origin --reason anchor-lost`',
    en: 'audit log: the anchor is that of another log; put `log.anchor` of this log back, correct SLUIS_ANCHOR or, when the anchor is lost, continue under a new origin with `sluis log new-origin --reason anchor-lost`',
  },
  'anchor-earlier': {
    nl: 'auditlog: het anker is van een origin die is beëindigd; zet het nieuwste `log.anchor` terug of, als het verloren is, ga verder onder een nieuwe origin met `sluis log new-origin --reason anchor-lost`',
    en: 'audit log: the anchor is of an origin that ended; put the newest `log.anchor` back or, when it is lost, continue under a new origin with `sluis log new-origin --reason anchor-lost`',
  },
  'anchor-unwritable': {
    nl: 'auditlog: het anker kan niet worden geschreven; zorg dat de map van `log.anchor` (of SLUIS_ANCHOR) bestaat, beschrijfbaar is en ruimte heeft',
    en: 'audit log: the anchor cannot be written; see that the folder of `log.anchor` (or SLUIS_ANCHOR) exists, can be written to and has room',
  },
} as const satisfies Record<string, LocalisedText>

export type HeadFault = keyof typeof HEAD_FAULTS
