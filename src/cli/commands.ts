import { auditExport } from './audit/export.ts'
import { auditPolicies } from './audit/policies.ts'
import { auditReconcile } from './audit/reconcile.ts'
import { auditRederive } from './audit/rederive.ts'
import { auditReport } from './audit/report.ts'
import { auditSearch } from './audit/search.ts'
import { auditShow } from './audit/show.ts'
import { auditVerify } from './audit/verify.ts'
import { backup } from './backup.ts'
import { check } from './check/check.ts'
import { demo } from './demo/demo.ts'
import { keysExportPublic } from './keys/export-public.ts'
import { keysInit } from './keys/init.ts'
import { keysList } from './keys/list.ts'
import { keysRetire } from './keys/retire.ts'
import { keysRotate } from './keys/rotate.ts'
import { linkageEvaluate } from './linkage/evaluate.ts'
import { linkageGenerate } from './linkage/generate.ts'
import { logNewOrigin } from './log-new-origin.ts'
import { partyAdd } from './party/add.ts'
import { inboxOpen } from './party/inbox-open.ts'
import { inboxPull } from './party/inbox-pull.ts'
import { partyKeys } from './party/keys.ts'
import { reader } from './party/reader.ts'
import { request } from './party/request.ts'
import { partyTest } from './party/test.ts'
import { policyApprove, policyPropose, policyWithdraw } from './policy/activation.ts'
import { policyAnalyse } from './policy/analyse.ts'
import { policyBundle } from './policy/bundle.ts'
import { policyCheck } from './policy/check.ts'
import { policyDecide } from './policy/decide.ts'
import { policyDiff } from './policy/diff.ts'
import { policyDocs } from './policy/docs.ts'
import { policyExplain } from './policy/explain.ts'
import { policyExport } from './policy/export.ts'
import { policyGaps } from './policy/gaps.ts'
import { policyMatrix } from './policy/matrix.ts'
import { policyReplay } from './policy/replay.ts'
import { policySchema } from './policy/schema.ts'
import { policyTest } from './policy/test.ts'
import { receiptExport } from './receipt/export.ts'
import { receiptSave } from './receipt/save.ts'
import { receiptVerify } from './receipt/verify.ts'
import { restore } from './restore.ts'
import { serve } from './serve.ts'
import type { Command } from './terminal/command.ts'
import type { CommandGroup } from './terminal/help.ts'
import { witness } from './witness.ts'
import { workerSecrets } from './worker-secrets.ts'

/** Every command of `sluis`, under the people who use it, in the order of the help. */
export const COMMAND_GROUPS: readonly CommandGroup<Command>[] = [
  { title: { nl: 'Zien hoe het werkt', en: 'See it work' }, commands: [demo] },
  {
    title: { nl: 'Partnerorganisaties', en: 'Partner organisations' },
    commands: [
      check,
      partyKeys,
      partyTest,
      request,
      inboxPull,
      inboxOpen,
      reader,
      receiptSave,
      receiptVerify,
      receiptExport,
    ],
  },
  {
    title: { nl: 'Privacyfunctionarissen', en: 'Privacy officers' },
    commands: [
      policyCheck,
      policyTest,
      policyAnalyse,
      policyMatrix,
      policyDecide,
      policyExplain,
      policyDiff,
      policyReplay,
      policyGaps,
      policySchema,
      policyDocs,
      policyPropose,
      policyApprove,
      policyWithdraw,
      policyExport,
    ],
  },
  {
    title: { nl: 'Toezichthouders', en: 'Auditors' },
    commands: [
      auditSearch,
      auditShow,
      auditExport,
      auditVerify,
      auditPolicies,
      auditRederive,
      auditReport,
      auditReconcile,
    ],
  },
  {
    title: { nl: 'Beheerders', en: 'Operators' },
    commands: [
      serve,
      witness,
      partyAdd,
      keysInit,
      keysList,
      keysRotate,
      keysRetire,
      keysExportPublic,
      backup,
      restore,
      logNewOrigin,
      policyBundle,
      workerSecrets,
    ],
  },
  {
    title: { nl: 'Meten hoe goed records gekoppeld worden', en: 'Measuring how well records are linked' },
    commands: [linkageGenerate, linkageEvaluate],
  },
]

export const COMMANDS: readonly Command[] = COMMAND_GROUPS.flatMap(({ commands }) => commands)
