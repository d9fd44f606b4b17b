import type { Limit, LogUse } from '../../audit/record/access.ts'
import type { EpochReason } from '../../audit/record/epoch.ts'
import type { ErasureRecord } from '../../audit/record/erasure.ts'
import type { RecallGround } from '../../audit/record/follow-up.ts'
import type { KeyCommand } from '../../audit/record/key.ts'
import type { AuditRecord } from '../../audit/record/record.ts'
import { LIMIT_WORDS } from '../../exchange/budgets/limits.ts'
import type { Language } from '../../model/language.ts'
import { DUTCH } from './dutch-words.ts'
import { ENGLISH } from './english-words.ts'
import type { RecordWords } from './record-words.ts'

type Named<Word extends string> = Readonly<Record<Word, string>>

/** What a record says happened, as short labels for reports and tables; `RecordWords` has the same in sentences. */
export interface EventWords
  extends Pick<RecordWords, 'matchStep' | 'partyStep' | 'policyStep' | 'keySteps' | 'occasion'> {
  readonly recordType: Named<AuditRecord['type']>
  readonly recallGround: Named<RecallGround>
  readonly erasureGround: Named<ErasureRecord['ground']>
  readonly use: Named<LogUse>
  /** Before the label of a limit. */
  readonly limitOf: string
  readonly limit: Named<Limit>
  /** Access that is not a use of the log and not a limit. */
  readonly access: Named<'subject-request' | 'matches'>
  readonly keyCommand: Named<KeyCommand>
  readonly epochReason: Named<EpochReason>
  readonly operator: string
}

const limitsIn = (language: Language) =>
  Object.fromEntries(Object.entries(LIMIT_WORDS).map(([limit, text]) => [limit, text[language]])) as Named<Limit>

export const EVENT_WORDS: Readonly<Record<Language, EventWords>> = {
  nl: {
    matchStep: DUTCH.matchStep,
    partyStep: DUTCH.partyStep,
    policyStep: DUTCH.policyStep,
    keySteps: DUTCH.keySteps,
    occasion: DUTCH.occasion,
    recordType: {
      exchange: 'uitwisseling',
      check: 'controle vooraf',
      approved: 'goedkeuring',
      refused: 'tegengehouden',
      expired: 'verlopen',
      delivered: 'opgehaald',
      acknowledged: 'ontvangst bevestigd',
      feedback: 'terugkoppeling',
      recalled: 'intrekking',
      erased: 'vernietiging',
      match: 'mogelijke overeenkomst',
      access: 'inzage',
      policy: 'regelset',
      key: 'sleutels',
      party: 'organisatie',
      heartbeat: 'levensteken',
      epoch: 'nieuwe oorsprong',
    },
    recallGround: {
      onjuist: 'gegevens waren onjuist',
      'ten-onrechte-verstrekt': 'gegevens zijn ten onrechte verstrekt',
      'toestemming-ingetrokken': 'toestemming is ingetrokken',
    },
    erasureGround: { bewaartermijn: 'bewaartermijn was om', 'verzoek-betrokkene': 'verzoek van de betrokkene' },
    use: {
      show: 'records bekeken',
      search: 'gezocht',
      export: 'geëxporteerd',
      entries: 'records opgehaald',
      verify: 'gecontroleerd',
      rederive: 'beslissingen nagerekend',
      report: 'maandrapport gemaakt',
      policies: 'oude regelset gelezen',
      gaps: 'overzicht van leemten bekeken',
    },
    limitOf: 'grens bereikt:',
    limit: limitsIn('nl'),
    access: { 'subject-request': 'verzoek van een betrokkene', matches: 'mogelijke overeenkomsten bekeken' },
    keyCommand: {
      init: 'opdracht: sleutels gemaakt',
      list: 'opdracht: sleutels opgesomd',
      rotate: 'opdracht: nieuwe sleutels in gebruik genomen',
      retire: 'opdracht: sleutels buiten gebruik gesteld',
      'export-public': 'opdracht: openbare sleutel uitgegeven',
      backup: 'opdracht: reservekopie gemaakt',
      restore: 'opdracht: reservekopie teruggezet',
    },
    epochReason: {
      'rolled-back': 'logboek teruggedraaid',
      forked: 'logboek wijkt af van een eerder ondertekende stand',
      'anchor-lost': 'anker verloren',
      'key-lost': 'sleutel verloren',
      moved: 'ander openbaar adres',
    },
    operator: 'de beheerder, op de server zelf',
  },
  en: {
    matchStep: ENGLISH.matchStep,
    partyStep: ENGLISH.partyStep,
    policyStep: ENGLISH.policyStep,
    keySteps: ENGLISH.keySteps,
    occasion: ENGLISH.occasion,
    recordType: {
      exchange: 'exchange',
      check: 'check',
      approved: 'approval',
      refused: 'stopped',
      expired: 'expired',
      delivered: 'fetched',
      acknowledged: 'receipt acknowledged',
      feedback: 'feedback',
      recalled: 'recall',
      erased: 'erasure',
      match: 'possible match',
      access: 'access',
      policy: 'rule set',
      key: 'keys',
      party: 'organisation',
      heartbeat: 'heartbeat',
      epoch: 'new origin',
    },
    recallGround: {
      onjuist: 'data were incorrect',
      'ten-onrechte-verstrekt': 'data should not have been released',
      'toestemming-ingetrokken': 'consent was withdrawn',
    },
    erasureGround: { bewaartermijn: 'retention period was over', 'verzoek-betrokkene': 'request of the person' },
    use: {
      show: 'records viewed',
      search: 'searched',
      export: 'exported',
      entries: 'records fetched',
      verify: 'verified',
      rederive: 'decisions re-derived',
      report: 'monthly report made',
      policies: 'archived rule set read',
      gaps: 'gap report viewed',
    },
    limitOf: 'limit reached:',
    limit: limitsIn('en'),
    access: { 'subject-request': 'request of a data subject', matches: 'possible matches read' },
    keyCommand: {
      init: 'command: keys made',
      list: 'command: keys listed',
      rotate: 'command: new keys taken into use',
      retire: 'command: keys retired',
      'export-public': 'command: public key exported',
      backup: 'command: backup made',
      restore: 'command: backup restored',
    },
    epochReason: {
      'rolled-back': 'log rolled back',
      forked: 'log differs from an earlier signed state',
      'anchor-lost': 'anchor lost',
      'key-lost': 'key lost',
      moved: 'another public address',
    },
    operator: 'the operator, on the server itself',
  },
}

/** The label of an event of the keys: a step, or `command` with the command after a space or a colon. */
export function nameKeyEvent(event: string, { keyCommand, keySteps }: EventWords): string {
  const [step = '', command = ''] = event.split(/[ :]/)
  const names: Readonly<Record<string, string>> = step === 'command' ? keyCommand : keySteps
  return names[step === 'command' ? command : step] ?? event
}
