import type { Route } from '../route.ts'
import { approvalRoutes } from './approvals.ts'
import { authzenRoutes } from './authzen.ts'
import { exchangeRoutes } from './exchanges.ts'
import { identityRoutes } from './identity.ts'
import { inboxRoutes } from './inbox.ts'
import { auditRoutes } from './log-records.ts'
import { reviewRoutes } from './log-review.ts'
import { logStatusRoutes } from './log-status.ts'
import { logRoutes } from './log-tiles.ts'
import { matchRoutes } from './matches.ts'
import { policyRoutes } from './policies.ts'
import { proposalRoutes } from './proposals.ts'
import { recallRoutes } from './recall.ts'
import { receiptRoutes } from './receipts.ts'
import { serviceRoutes } from './service.ts'
import { statisticsRoutes } from './statistics.ts'
import { subjectRequestRoutes } from './subject-requests.ts'

/** Every route of the API: served by the application, shown in the OpenAPI document, guarded by its scope. */
export const ROUTES: readonly Route[] = [
  ...exchangeRoutes,
  ...receiptRoutes,
  ...identityRoutes,
  ...approvalRoutes,
  ...recallRoutes,
  ...inboxRoutes,
  ...matchRoutes,
  ...subjectRequestRoutes,
  ...authzenRoutes,
  ...policyRoutes,
  ...proposalRoutes,
  ...statisticsRoutes,
  ...logRoutes,
  ...auditRoutes,
  ...reviewRoutes,
  ...logStatusRoutes,
  ...serviceRoutes,
]
