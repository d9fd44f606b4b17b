import { auditVerify } from './audit-verify.ts'
import type { Command } from './command.ts'
import { demo } from './demo.ts'
import { inboxOpen, inboxPull } from './inbox.ts'
import { policyCheck, policyTest } from './policy.ts'
import { policyBundle } from './policy-bundle.ts'
import { request } from './request.ts'
import { serve } from './serve.ts'
import { workerSecrets } from './worker-secrets.ts'

/** Every command of `sluis`, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  demo,
  serve,
  request,
  inboxPull,
  inboxOpen,
  policyCheck,
  policyTest,
  policyBundle,
  auditVerify,
  workerSecrets,
]
