import { reportGaps } from '../../review/gap-report.ts'
import { json, type Route } from '../route.ts'

/** Counts for people who write the law and for people who watch how it works. */
export const statisticsRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/v1/gap-report',
    operationId: 'getGapReport',
    tag: 'statistics',
    summary: 'What was refused for want of a legal basis',
    description:
      'By group of the sender, recipient, purpose, role and fields, over time, from the records of the log. Words and counts only.',
    scope: 'statistics:read',
    answer: { status: 200, description: 'The gaps that reports really ran into', schema: 'GapReport' },
    async perform({ gateway }) {
      return json(await reportGaps(gateway.store.log, gateway.policySet))
    },
  },
]
