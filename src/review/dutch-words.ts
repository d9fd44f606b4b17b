import { clockIn, many, type RecordWords, short } from './record-words.ts'

/** Records in Dutch. */
export const DUTCH: RecordWords = {
  moment: clockIn('nl-NL'),
  exchange: (id, { sender, recipient }) => `uitwisseling ${id} van ${sender} aan ${recipient}.`,
  check: ({ sender, recipient }) => `${sender} vroeg vooraf wat naar ${recipient} mag; er is niets verstuurd.`,
  purpose: 'Doel',
  basis: 'Grondslag',
  outcomeOf: 'Uitkomst',
  submittedBy: 'Ingediend door',
  inReplyTo: (id) => `Antwoord op uitwisseling ${id}.`,
  duty: 'Plicht',
  rulesOf: (policyHash) => `Beslist met regelset ${policyHash}.`,
  person: (number) => `Betrokkene ${number}`,
  not: 'niet zo:',
  known: 'opgegeven',
  declared: 'verklaard',
  fired: 'op grond van',
  barred: 'beperkt door',
  sealed: (hash) => `Verzegeld voor de ontvanger; SHA-256 van de verzegelde inhoud: ${hash}.`,
  nothingSealed: 'Er is niets verzegeld en niets verzonden.',
  approved: (by, id, remaining) =>
    `${by} keurde uitwisseling ${id} goed; ${remaining === 0 ? 'zij is vrijgegeven' : `nog ${remaining} te gaan`}.`,
  stopped: (by, id) =>
    `uitwisseling ${id} is tegengehouden${by === undefined ? '' : ` door ${by}`}; de inhoud is vernietigd.`,
  expired: (id) => `uitwisseling ${id} is vervallen omdat niemand op tijd goedkeurde; de inhoud is vernietigd.`,
  delivered: (recipient, id) =>
    id === undefined ? `${recipient} haalde een bericht van Sluis op.` : `${recipient} haalde uitwisseling ${id} op.`,
  acknowledged: (recipient, id) =>
    id === undefined
      ? `${recipient} bevestigde de ontvangst van een bericht van Sluis.`
      : `${recipient} bevestigde de ontvangst van uitwisseling ${id}.`,
  feedback: (sender, recipient, id, feedbackId) =>
    `${sender} koppelde over uitwisseling ${id} terug aan ${recipient} (uitwisseling ${feedbackId}).`,
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
    `mogelijke gelijkheid van twee personen bij ${recipient}: ${step}${by === '' ? '' : ` door ${by}`}.`,
  matchStep: { proposed: 'voorgelegd', confirmed: 'bevestigd', rejected: 'verworpen' },
  subjectRequest: (by, request, found) =>
    `${by} zocht namens een betrokkene (${request === 'access' ? 'inzage' : 'wissing'}); gevonden: ${found}.`,
  limit: (by, limit) => `${by} bereikte de grens van het aantal ${limit} in een uur.`,
  limited: { reports: 'meldingen', 'subject-requests': 'verzoeken over betrokkenen' },
  log: (by, use, range, filter, found) =>
    `${by} ${use} (${range}${filter === '' ? '' : `; gezocht op ${filter}`}); gegeven: ${many(found, 'logregel', 'logregels')}.`,
  use: {
    show: 'bekeek het logboek',
    search: 'doorzocht het logboek',
    export: 'exporteerde uit het logboek',
    entries: 'las regels van het logboek',
    verify: 'controleerde het logboek',
    rederive: 'rekende beslissingen uit het logboek na',
    report: 'maakte een overzicht uit het logboek',
    policies: 'las een gearchiveerde regelset',
  },
  range: (first, last) => (first === last ? `logregel ${first}` : `logregels ${first} tot en met ${last}`),
  nothing: 'geen logregels',
  filterMember: {
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
  operator: 'de beheerder, op de machine zelf,',
  policy: (step, policyHash, by) =>
    `regelset ${short(policyHash)}… ${step}${by.length === 0 ? '' : `; betrokken: ${by.join(', ')}`}.`,
  policyStep: {
    files: 'in werking gesteld vanuit de bestanden, zonder goedkeuring',
    proposed: 'voorgesteld',
    approved: 'goedgekeurd',
    withdrawn: 'ingetrokken',
    activated: 'in werking gesteld',
  },
  keyCommand: (command, epoch) =>
    `de beheerder gaf een opdracht over de sleutels: ${command}${epoch === undefined ? '' : `, epoche ${epoch}`}.`,
  keyStep: (step, epoch) => `sleutels van epoche ${epoch}: ${step}.`,
  keySteps: {
    known: 'voor het eerst gezien',
    retired: 'buiten gebruik voor een of meer doelen',
    renewing: 'pseudoniemen worden vernieuwd',
    renewed: 'pseudoniemen zijn vernieuwd',
    replaced: 'de lijst van vervangen pseudoniemen is aangeboden',
  },
  party: (party, step) => `deelnemer ${party}: ${step}.`,
  partyStep: {
    known: 'voor het eerst gezien',
    changed: 'rechten of sleutels veranderden',
    removed: 'neemt niet meer deel',
  },
  heartbeat: (occasion, records, failed) =>
    `teken van leven (${occasion}): ${many(records, 'logregel', 'logregels')} geschreven, ${failed} mislukt.`,
  occasion: { start: 'start', time: 'op tijd', clock: 'de klok versprong', stop: 'gestopt' },
  epoch: (origin, previous, reason, inherited) =>
    `het logboek gaat verder als ${origin}, na ${previous}, omdat ${reason}; ${many(inherited, 'logregel', 'logregels')} overgenomen.`,
  epochReason: {
    'rolled-back': 'het terugliep',
    forked: 'het van een eerder ondertekende stand afweek',
    'anchor-lost': 'het anker weg was',
    'key-lost': 'de sleutel weg was',
  },
}
