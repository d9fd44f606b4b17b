import { auditVerify } from './audit-verify.ts'
import type { Command } from './command.ts'
import { demo } from './demo.ts'
import { inboxOpen, inboxPull } from './inbox.ts'
import { policyCheck, policyTest } from './policy.ts'
import { request } from './request.ts'
import { serve } from './serve.ts'

/** Every command of `sluis`, in the order of the help. */
export const COMMANDS: readonly Command[] = [demo, serve, request, inboxPull, inboxOpen, policyCheck, policyTest, auditVerify]
