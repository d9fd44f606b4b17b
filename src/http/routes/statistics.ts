import { showGapReport } from '../../review/gaps/gap-report.ts'
import { callingClient, json, type Route } from '../route.ts'

/** Counts for legislators and supervisors. */
export const statisticsRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/v1/gap-report',
    operationId: 'getGapReport',
    tag: 'statistics',
    summary: 'Gap report: reports that stayed refused and that no rule could have let through',
    description:
      'Counted by group of the sender, recipient, purpose, role, fields and month, from the records of the log, under the rules of each moment. Refusals that another statement, legal basis or purpose could have prevented, tries, checks and what passed within an hour are counted apart. Words and counts only.',
    scope: 'statistics:read',
    budget: 'log-uses',
    answer: { status: 200, description: 'The gaps that reports met', schema: 'GapReport' },
    problems: ['log-unavailable'],
    async perform(visit) {
      return json(await showGapReport(visit.gateway, callingClient(visit)))
    },
  },
]
