import { showGapReport } from '../../review/gap-report.ts'
import { callingClient, json, type Route } from '../route.ts'

/** Counts for legislators and supervisors. */
export const statisticsRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/v1/gap-report',
    operationId: 'getGapReport',
    tag: 'statistics',
    summary: 'Gap report: what was refused because no rule provides a legal basis',
    description:
      'Counted by group of the sender, recipient, purpose, role, fields and month, from the records of the log. Words and counts only.',
    scope: 'statistics:read',
    budget: 'log-uses',
    answer: { status: 200, description: 'The gaps that reports and checks met', schema: 'GapReport' },
    problems: ['log-unavailable'],
    async perform(visit) {
      return json(await showGapReport(visit.gateway, callingClient(visit)))
    },
  },
]
