import { sluisError } from '../../errors.ts'
import { type Answer, answerMatch, findMatch, listMatches } from '../../exchange/linking/matches.ts'
import { MATCH_STATUSES, type MatchStatus } from '../../ports/mentions.ts'
import { callingClient, callingParty, idParameter, json, notFound, type Parameter, type Route } from '../route.ts'

const PAGE_SIZE = 100

const STATUS: Parameter = {
  name: 'status',
  in: 'query',
  description: 'Only matches that stand like this: `possible` waits for you, `automatic` was linked on strong evidence',
  required: false,
  schema: { type: 'string', enum: [...MATCH_STATUSES] },
}
const CURSOR: Parameter = {
  name: 'cursor',
  in: 'query',
  description: 'Where the previous page ended; leave it out to start at the oldest',
  required: false,
  schema: { type: 'string', pattern: '^[0-9a-f-]{1,36}$' },
}

/** What a recipient does with persons who may be one: see them, and say whether they are. */
export const matchRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/v1/matches',
    operationId: 'listMatches',
    tag: 'matches',
    summary: 'Persons who may be one or were made one, oldest first',
    description:
      'Pseudonyms of your own and where you received them. What the match rests on is not said: it would tell what others know of a person.',
    scope: 'match:review',
    parameters: [STATUS, CURSOR],
    answer: { status: 200, description: `At most ${PAGE_SIZE} matches`, schema: 'MatchPage' },
    problems: ['query-invalid'],
    async perform(visit) {
      const cursor = readCursor(visit.query.get('cursor'))
      const status = readStatus(visit.query.get('status'))
      const found = await listMatches(visit.gateway, callingParty(visit), status, cursor, PAGE_SIZE + 1)
      const matches = found.slice(0, PAGE_SIZE)
      return json({ matches, cursor: matches.at(-1)?.id ?? cursor, hasMore: found.length > PAGE_SIZE })
    },
  },
  {
    method: 'get',
    path: '/v1/matches/{id}',
    operationId: 'getMatch',
    tag: 'matches',
    summary: 'One match and who answered it last',
    scope: 'match:review',
    parameters: [idParameter('match')],
    answer: { status: 200, description: 'The match', schema: 'Match' },
    problems: ['not-found'],
    async perform(visit) {
      const match = await findMatch(visit.gateway, callingParty(visit), visit.parameters.id ?? '')
      if (!match) throw notFound()
      return json(match)
    },
  },
  answerRoute('confirmed', {
    path: '/v1/matches/{id}/_confirm',
    operationId: 'confirmMatch',
    summary: 'Say that both are one person',
    description:
      'They go on under the pseudonym that was there first; a notice in your inbox says so. Rejecting later takes it back.',
  }),
  answerRoute('rejected', {
    path: '/v1/matches/{id}/_reject',
    operationId: 'rejectMatch',
    summary: 'Say that they are two persons',
    description:
      'If they were one, a notice in your inbox says who is who from now on. They are not joined again unless you confirm it.',
  }),
]

function answerRoute(
  answer: Answer,
  words: Pick<Route, 'path' | 'operationId' | 'summary'> & { readonly description: string },
): Route {
  return {
    ...words,
    method: 'post',
    tag: 'matches',
    scope: 'match:review',
    parameters: [idParameter('match')],
    answer: {
      status: 200,
      description: 'Answered and recorded; the same answer again changes nothing',
      schema: 'MatchAnswer',
    },
    problems: ['not-found', 'recipient-without-key', 'log-unavailable'],
    async perform(visit) {
      const { gateway, parameters } = visit
      const client = callingClient(visit)
      const answered = await answerMatch(gateway, callingParty(visit), client, parameters.id ?? '', answer)
      if (!answered) throw notFound()
      return json(answered)
    },
  }
}

function readCursor(cursor: string | null): string {
  if (cursor === null || /^[0-9a-f-]{1,36}$/.test(cursor)) return cursor ?? ''
  throw sluisError('query-invalid', {
    nl: '`cursor` is de waarde uit het vorige antwoord, of ontbreekt',
    en: '`cursor` is the value of the previous answer, or absent',
  })
}

function readStatus(status: string | null): MatchStatus | undefined {
  const known = MATCH_STATUSES.find((word) => word === status)
  if (status === null || known !== undefined) return known
  const words = MATCH_STATUSES.map((word) => `\`${word}\``).join(', ')
  throw sluisError('query-invalid', {
    nl: `\`status\` is een van ${words}, of ontbreekt`,
    en: `\`status\` is one of ${words}, or absent`,
  })
}
