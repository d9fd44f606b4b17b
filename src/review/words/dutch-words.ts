import { clockIn, many, type RecordWords, short } from './record-words.ts'

/** Records in Dutch. */
export const DUTCH: RecordWords = {
  moment: clockIn('nl-NL'),
  exchange: (id, { sender, recipient }) => `uitwisseling ${id} van ${sender} aan ${recipient}.`,
  check: ({ sender, recipient }) =>
    `${sender} controleerde vooraf wat met ${recipient} gedeeld mag worden; er is niets verzonden.`,
  purpose: 'Doel',
  basis: 'Grondslag',
  outcomeOf: 'Uitkomst',
  submittedBy: 'Ingediend door',
  inReplyTo: (id) => `Antwoord op uitwisseling ${id}.`,
  duty: 'Plicht',
  rulesOf: (policyHash) => `Beslist met regelset ${policyHash}.`,
  person: (number) => `Betrokkene ${number}`,
  not: 'niet het geval:',
  known: 'opgegeven',
  declared: 'verklaard',
  fired: 'toegestaan door',
  barred: 'beperkt door',
  sealed: (hash) => `Verzegeld voor de ontvanger; SHA-256 van de verzegelde inhoud: ${hash}.`,
  nothingSealed: 'Er is niets verzegeld en niets verzonden.',
  approved: (by, id, remaining) =>
    `${by} keurde uitwisseling ${id} goed; ${remaining === 0 ? 'zij is bezorgd' : `nog nodige goedkeuringen: ${remaining}`}.`,
  stopped: (by, id) =>
    `uitwisseling ${id} is tegengehouden${by === undefined ? '' : ` door ${by}`}; de inhoud is vernietigd.`,
  expired: (id) => `uitwisseling ${id} is verlopen omdat zij niet op tijd is goedgekeurd; de inhoud is vernietigd.`,
  delivered: (recipient, id) =>
    id === undefined
      ? `${recipient} haalde een kennisgeving van Sluis op.`
      : `${recipient} haalde uitwisseling ${id} op.`,
  acknowledged: (recipient, id) =>
    id === undefined
      ? `${recipient} bevestigde de ontvangst van een kennisgeving van Sluis.`
      : `${recipient} bevestigde de ontvangst van uitwisseling ${id}.`,
  feedback: (sender, recipient, id, feedbackId) =>
    `${sender} gaf ${recipient} terugkoppeling over uitwisseling ${id} (in uitwisseling ${feedbackId}).`,
  recalled: (sender, recipient, id, ground) =>
    `${sender} trok uitwisseling ${id} aan ${recipient} terug, omdat zij ${ground}.`,
  ground: {
    onjuist: 'onjuist was',
    'ten-onrechte-verstrekt': 'ten onrechte was verstrekt',
    'toestemming-ingetrokken': 'rustte op een toestemming die is ingetrokken',
  },
  erased: (recipient, id, ground) => `de inhoud van uitwisseling ${id} voor ${recipient} is vernietigd, ${ground}.`,
  erasure: {
    bewaartermijn: 'omdat de bewaartermijn om was',
    'verzoek-betrokkene': 'op verzoek van de betrokkene',
  },
  match: (recipient, step, by) =>
    `mogelijke overeenkomst van twee personen bij ${recipient}: ${step}${by === '' ? '' : ` door ${by}`}.`,
  matchStep: { proposed: 'voorgelegd', confirmed: 'bevestigd', rejected: 'verworpen' },
  subjectRequest: (by, request, found) =>
    `${by} zocht namens een betrokkene (${request === 'access' ? 'inzage' : 'wissing'}); gevonden: ${found}.`,
  matches: (by, found) => `${by} bekeek ${many(found, 'mogelijke gelijkheid', 'mogelijke gelijkheden')} van personen.`,
  limit: (by, limit) => `${by} bereikte de grens van het aantal ${limit} in een uur.`,
  log: (by, use, range, filter, found) =>
    `${by} ${use} (${range}${filter === '' ? '' : `; gezocht op ${filter}`}); gegeven: ${many(found, 'record', 'records')}.`,
  use: {
    show: 'bekeek het logboek',
    search: 'doorzocht het logboek',
    export: 'exporteerde uit het logboek',
    entries: 'las records van het logboek',
    verify: 'controleerde het logboek',
    rederive: 'rekende beslissingen uit het logboek na',
    report: 'maakte een maandrapport uit het logboek',
    policies: 'las een gearchiveerde regelset',
    gaps: 'bekeek het overzicht van leemten',
  },
  range: (first, last) => (first === last ? `record ${first}` : `records ${first} tot en met ${last}`),
  nothing: 'geen records',
  filterMember: {
    sender: 'afzender',
    attempt: 'poging',
    recipient: 'ontvanger',
    field: 'gegeven',
    fieldClass: 'klasse',
    treatment: 'behandeling',
    file: 'regelbestand',
    party: 'partij',
    purpose: 'doel',
    legalBasis: 'grondslag',
    rule: 'regel',
    outcome: 'uitkomst',
    reason: 'reden',
    duty: 'plicht',
    recordType: 'soort',
    since: 'vanaf',
    until: 'tot',
    exchangeId: 'uitwisseling',
  },
  operator: 'de beheerder, op de server zelf,',
  policy: (step, policyHash, by) =>
    `regelset ${short(policyHash)}… ${step}${by.length === 0 ? '' : `; betrokken: ${by.join(', ')}`}.`,
  policyStep: {
    files: 'in werking gesteld vanuit de bestanden, zonder goedkeuring',
    proposed: 'voorgesteld',
    refused: 'geweigerd, omdat de bestanden fouten hebben of gevallen niet kloppen',
    approved: 'goedgekeurd',
    withdrawn: 'ingetrokken',
    activated: 'in werking gesteld',
  },
  keyCommand: (command, epoch) =>
    `de beheerder voerde een opdracht op de sleutels uit: ${command}${epoch === undefined ? '' : `, epoche ${epoch}`}.`,
  keyStep: (step, epoch) => `sleutels van epoche ${epoch}: ${step}.`,
  keySteps: {
    known: 'voor het eerst gezien',
    retired: 'ingetrokken voor een of meer toepassingen',
    renewing: 'pseudoniemen worden vernieuwd',
    renewed: 'pseudoniemen zijn vernieuwd',
    replaced: 'de lijst van vervangen pseudoniemen is bij de ontvanger bezorgd',
  },
  party: (party, step) => `partij ${party}: ${step}.`,
  partyStep: {
    known: 'voor het eerst gezien',
    changed: 'toegang of sleutels veranderden',
    removed: 'neemt niet meer deel',
  },
  heartbeat: (occasion, records, failed) =>
    `levensteken (${occasion}): ${many(records, 'record', 'records')} geschreven, ${failed} mislukt.`,
  occasion: {
    start: 'start',
    time: 'op tijd',
    clock: 'de klok versprong',
    recovery: 'weer te schrijven',
    stop: 'gestopt',
  },
  epoch: (origin, previous, reason, inherited) =>
    `het logboek gaat verder als ${origin}, na ${previous}, omdat ${reason}; ${many(inherited, 'record', 'records')} overgenomen.`,
  epochReason: {
    'rolled-back': 'het is teruggedraaid',
    forked: 'het afwijkt van een eerder ondertekende stand',
    'anchor-lost': 'het anker verloren is',
    'key-lost': 'de sleutel verloren is',
    moved: 'de gateway een ander openbaar adres heeft',
  },
}
