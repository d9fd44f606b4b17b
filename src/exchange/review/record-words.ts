import type { LogUse } from '../../audit/record/access.ts'
import type { EpochReason } from '../../audit/record/epoch.ts'
import type { RecallGround } from '../../audit/record/follow-up.ts'
import type { Language, Outcome, Reason, Release } from '../../types.ts'

type Named<Word extends string> = Readonly<Record<Word, string>>

/** How the records of the log are told, in one language. */
interface RecordWords {
  moment(at: string): string
  exchange(id: string, parties: { readonly sender: string; readonly recipient: string }): string
  check(parties: { readonly sender: string; readonly recipient: string }): string
  readonly purpose: string
  readonly basis: string
  readonly outcomeOf: string
  readonly submittedBy: string
  inReplyTo(id: string): string
  readonly duty: string
  rulesOf(policyHash: string): string
  person(number: number, role: string): string
  readonly not: string
  readonly known: string
  readonly declared: string
  readonly only: string
  readonly fired: string
  readonly barred: string
  readonly release: Named<Release>
  readonly outcome: Named<Outcome>
  readonly reason: Named<Reason>
  approved(by: string, id: string, remaining: number): string
  stopped(by: string | undefined, id: string): string
  expired(id: string): string
  delivered(recipient: string, id: string | undefined): string
  acknowledged(recipient: string, id: string | undefined): string
  feedback(sender: string, recipient: string, id: string, feedbackId: string): string
  recalled(sender: string, recipient: string, id: string, ground: string): string
  readonly ground: Named<RecallGround>
  erased(recipient: string, id: string, ground: string): string
  readonly erasure: Named<'bewaartermijn' | 'verzoek-betrokkene'>
  match(recipient: string, step: string, by: string): string
  readonly matchStep: Named<'proposed' | 'confirmed' | 'rejected'>
  subjectRequest(by: string, request: 'access' | 'erasure', found: number): string
  limit(by: string, limit: string): string
  readonly limited: Named<'reports' | 'subject-requests'>
  log(by: string, use: string, range: string, filter: string, found: number): string
  readonly use: Named<LogUse>
  range(first: number, last: number): string
  readonly nothing: string
  policy(step: string, policyHash: string, by: readonly string[]): string
  readonly policyStep: Named<'files' | 'proposed' | 'approved' | 'withdrawn' | 'activated'>
  keyCommand(command: string, epoch: number | undefined): string
  keyStep(step: string, epoch: number): string
  readonly keySteps: Named<'known' | 'retired' | 'renewing' | 'renewed' | 'replaced'>
  party(party: string, step: string): string
  readonly partyStep: Named<'known' | 'changed' | 'removed'>
  heartbeat(occasion: string, records: number, failed: number): string
  readonly occasion: Named<'start' | 'time' | 'clock' | 'stop'>
  epoch(origin: string, previous: string, reason: string, inherited: number): string
  readonly epochReason: Named<EpochReason>
}

/** A moment as the clocks in the Netherlands showed it; the record itself keeps it in UTC. */
const clockIn = (locale: string) => {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: 'Europe/Amsterdam',
    dateStyle: 'long',
    timeStyle: 'medium',
  })
  return (at: string) => format.format(new Date(at))
}
const short = (hash: string) => hash.slice(0, 12)
const many = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`

export const WORDS: Readonly<Record<Language, RecordWords>> = {
  nl: {
    moment: clockIn('nl-NL'),
    exchange: (id, { sender, recipient }) => `uitwisseling ${id} van ${sender} aan ${recipient}.`,
    check: ({ sender, recipient }) => `${sender} vroeg vooraf wat naar ${recipient} mag; er is niets verstuurd.`,
    purpose: 'Doel',
    basis: 'Grondslag',
    outcomeOf: 'Uitkomst',
    submittedBy: 'Ingediend door',
    inReplyTo: (id) => `Antwoord op uitwisseling ${id}.`,
    duty: 'Plicht',
    rulesOf: (policyHash) => `Beslist met regelset ${short(policyHash)}….`,
    person: (number, role) => `Betrokkene ${number} (${role})`,
    not: 'niet:',
    known: 'opgegeven',
    declared: 'verklaard',
    only: 'alleen',
    fired: 'op grond van',
    barred: 'beperkt door',
    release: {
      verstrekken: 'verstrekt',
      generaliseren: 'grover verstrekt',
      weglaten: 'achtergehouden',
      weigeren: 'hield de uitwisseling tegen',
    },
    outcome: {
      verstrekt: 'alles verstrekt',
      gedeeltelijk: 'gedeeltelijk verstrekt',
      'in-afwachting': 'wacht op goedkeuring',
      geweigerd: 'geweigerd',
    },
    reason: {
      verbod: 'want een verbod staat in de weg',
      'beoordeling-ontbreekt': 'want een beoordeling ontbreekt',
      'geen-grondslag': 'want er is geen grondslag',
    },
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
      `${by} ${use} (${range}${filter === '' ? '' : `; gezocht op ${filter}`}); gegeven: ${many(found, 'regel', 'regels')}.`,
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
    range: (first, last) => (first === last ? `regel ${first}` : `regels ${first} tot en met ${last}`),
    nothing: 'geen regels',
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
      `teken van leven (${occasion}): ${many(records, 'regel', 'regels')} geschreven, ${failed} mislukt.`,
    occasion: { start: 'start', time: 'op tijd', clock: 'de klok versprong', stop: 'gestopt' },
    epoch: (origin, previous, reason, inherited) =>
      `het logboek gaat verder als ${origin}, na ${previous}, omdat ${reason}; ${many(inherited, 'regel', 'regels')} overgenomen.`,
    epochReason: {
      'rolled-back': 'het terugliep',
      forked: 'het van een eerder ondertekende stand afweek',
      'anchor-lost': 'het anker weg was',
      'key-lost': 'de sleutel weg was',
    },
  },
  en: {
    moment: clockIn('en-GB'),
    exchange: (id, { sender, recipient }) => `exchange ${id} from ${sender} to ${recipient}.`,
    check: ({ sender, recipient }) => `${sender} asked beforehand what may go to ${recipient}; nothing was sent.`,
    purpose: 'Purpose',
    basis: 'Legal basis',
    outcomeOf: 'Outcome',
    submittedBy: 'Submitted by',
    inReplyTo: (id) => `Answers exchange ${id}.`,
    duty: 'Duty',
    rulesOf: (policyHash) => `Decided with rule set ${short(policyHash)}….`,
    person: (number, role) => `Data subject ${number} (${role})`,
    not: 'not:',
    known: 'stated',
    declared: 'declared',
    only: 'only',
    fired: 'on the strength of',
    barred: 'narrowed by',
    release: {
      verstrekken: 'shared',
      generaliseren: 'shared more coarsely',
      weglaten: 'withheld',
      weigeren: 'stopped the exchange',
    },
    outcome: {
      verstrekt: 'all of it shared',
      gedeeltelijk: 'shared in part',
      'in-afwachting': 'waits for approval',
      geweigerd: 'refused',
    },
    reason: {
      verbod: 'because a prohibition stands in the way',
      'beoordeling-ontbreekt': 'because an assessment is missing',
      'geen-grondslag': 'because there is no legal basis',
    },
    approved: (by, id, remaining) =>
      `${by} approved exchange ${id}; ${remaining === 0 ? 'it was let through' : `${remaining} to go`}.`,
    stopped: (by, id) => `exchange ${id} was stopped${by === undefined ? '' : ` by ${by}`}; its content was destroyed.`,
    expired: (id) => `exchange ${id} lapsed because nobody approved it in time; its content was destroyed.`,
    delivered: (recipient, id) =>
      id === undefined ? `${recipient} fetched a notice of Sluis.` : `${recipient} fetched exchange ${id}.`,
    acknowledged: (recipient, id) =>
      id === undefined ? `${recipient} acknowledged a notice of Sluis.` : `${recipient} acknowledged exchange ${id}.`,
    feedback: (sender, recipient, id, feedbackId) =>
      `${sender} fed back on exchange ${id} to ${recipient} (exchange ${feedbackId}).`,
    recalled: (sender, recipient, id, ground) =>
      `${sender} recalled exchange ${id} to ${recipient}, because it ${ground}.`,
    ground: {
      onjuist: 'was wrong',
      'ten-onrechte-verstrekt': 'should not have been shared',
      'toestemming-ingetrokken': 'rested on a consent that was withdrawn',
    },
    erased: (recipient, id, ground) => `the content of exchange ${id} for ${recipient} was destroyed, ${ground}.`,
    erasure: {
      bewaartermijn: 'because its retention period was over',
      'verzoek-betrokkene': 'at the request of the person',
    },
    match: (recipient, step, by) =>
      `two persons of ${recipient} who may be one: ${step}${by === '' ? '' : ` by ${by}`}.`,
    matchStep: { proposed: 'proposed', confirmed: 'confirmed', rejected: 'rejected' },
    subjectRequest: (by, request, found) => `${by} searched on behalf of a person (${request}); found: ${found}.`,
    limit: (by, limit) => `${by} reached the limit of ${limit} in an hour.`,
    limited: { reports: 'reports', 'subject-requests': 'requests about persons' },
    log: (by, use, range, filter, found) =>
      `${by} ${use} (${range}${filter === '' ? '' : `; asked for ${filter}`}); given: ${many(found, 'record', 'records')}.`,
    use: {
      show: 'looked at the log',
      search: 'searched the log',
      export: 'exported from the log',
      entries: 'read records of the log',
      verify: 'verified the log',
      rederive: 'derived decisions of the log again',
      report: 'made a report from the log',
      policies: 'read an archived rule set',
    },
    range: (first, last) => (first === last ? `record ${first}` : `records ${first} to ${last}`),
    nothing: 'no records',
    policy: (step, policyHash, by) =>
      `rule set ${short(policyHash)}… ${step}${by.length === 0 ? '' : `; involved: ${by.join(', ')}`}.`,
    policyStep: {
      files: 'put in force from the files, approved by nobody',
      proposed: 'proposed',
      approved: 'approved',
      withdrawn: 'withdrawn',
      activated: 'put in force',
    },
    keyCommand: (command, epoch) =>
      `the operator gave a command about the keys: ${command}${epoch === undefined ? '' : `, epoch ${epoch}`}.`,
    keyStep: (step, epoch) => `keys of epoch ${epoch}: ${step}.`,
    keySteps: {
      known: 'seen for the first time',
      retired: 'out of use for one or more purposes',
      renewing: 'pseudonyms are being renewed',
      renewed: 'pseudonyms were renewed',
      replaced: 'the list of replaced pseudonyms was offered',
    },
    party: (party, step) => `party ${party}: ${step}.`,
    partyStep: {
      known: 'seen for the first time',
      changed: 'its rights or keys changed',
      removed: 'no longer takes part',
    },
    heartbeat: (occasion, records, failed) =>
      `sign of life (${occasion}): ${many(records, 'record', 'records')} written, ${failed} failed.`,
    occasion: { start: 'start', time: 'on time', clock: 'the clock jumped', stop: 'stopped' },
    epoch: (origin, previous, reason, inherited) =>
      `the log goes on as ${origin}, after ${previous}, because ${reason}; ${many(inherited, 'record', 'records')} inherited.`,
    epochReason: {
      'rolled-back': 'it was set back',
      forked: 'it differs from what was signed before',
      'anchor-lost': 'its anchor was lost',
      'key-lost': 'its key was lost',
    },
  },
}
