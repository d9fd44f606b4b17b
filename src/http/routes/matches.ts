import { sluisError } from '../../errors.ts'
import { cursorUnknown } from '../../exchange/inbox/inbox-page.ts'
import { type Answer, answerMatch, COUNTED_MATCHES, countMatches } from '../../exchange/linking/matches.ts'
import { recordMatchesRead, showMatch, showMatches } from '../../exchange/linking/show-matches.ts'
import { MATCH_STATUSES, type MatchStatus } from '../../ports/mentions.ts'
import { cursorParameter, readCursor } from '../cursor.ts'
import { PAGE_SIZE } from '../page-size.ts'
import { callingClient, callingParty, idParameter, json, notFound, type Parameter, type Route } from '../route.ts'

const STATUS: Parameter = {
  name: 'status',
  in: 'query',
  description:
    'Only matches with this status: `possible` waits for your answer, `automatic` was linked on strong evidence',
  required: false,
  schema: { type: 'string', enum: [...MATCH_STATUSES] },
}

const SEEN: Parameter = {
  name: 'seen',
  in: 'query',
  description: 'The status that you saw: when the match has another by now, your answer is refused (`match-changed`)',
  required: false,
  schema: { type: 'string', enum: [...MATCH_STATUSES] },
}

/** For recipients: list pairs of pseudonyms that may be one person, and confirm or reject them. */
export const matchRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/v1/matches',
    operationId: 'listMatches',
    tag: 'matches',
    summary: 'Pairs of your pseudonyms that may be one person, or were linked, oldest first',
    description:
      'Your own pseudonyms, where you received them, and the fields that both sides have. The evidence is not shown: it would reveal what others know about a person.',
    scope: 'match:review',
    budget: 'matches',
    parameters: [STATUS, cursorParameter('id')],
    answer: { status: 200, description: `At most ${PAGE_SIZE} matches`, schema: 'MatchPage' },
    problems: ['query-invalid', 'cursor-unknown', 'log-unavailable'],
    async perform(visit) {
      const cursor = readCursor(visit.query, 'id') ?? ''
      const status = readStatus(visit.query, 'status')
      const found = await showMatches(visit.gateway, callingClient(visit), status, cursor, PAGE_SIZE + 1)
      // After the read was recorded: whether a match exists is an outcome too.
      if (cursor !== '' && !(await visit.gateway.store.findMatch(callingParty(visit), cursor))) throw cursorUnknown()
      const matches = found.slice(0, PAGE_SIZE)
      const last = matches.at(-1)?.id ?? cursor
      return json({ matches, ...(last !== '' && { cursor: last }), hasMore: found.length > PAGE_SIZE })
    },
  },
  {
    method: 'get',
    path: '/v1/matches/_count',
    operationId: 'countMatches',
    tag: 'matches',
    summary: 'How many matches wait for your answer',
    description: `Counts the oldest ${COUNTED_MATCHES}. No match is shown, so nothing is recorded.`,
    scope: 'match:review',
    answer: { status: 200, description: 'The count', schema: 'MatchCounts' },
    async perform(visit) {
      return json({ ...(await countMatches(visit.gateway, callingParty(visit))) })
    },
  },
  {
    method: 'get',
    path: '/v1/matches/{id}',
    operationId: 'getMatch',
    tag: 'matches',
    summary: 'One match, with its latest answer',
    scope: 'match:review',
    budget: 'matches',
    parameters: [idParameter('match')],
    answer: { status: 200, description: 'The match', schema: 'Match' },
    problems: ['not-found', 'log-unavailable'],
    async perform(visit) {
      const match = await showMatch(visit.gateway, callingClient(visit), visit.parameters.id ?? '')
      if (!match) throw notFound()
      return json(match)
    },
  },
  answerRoute('confirmed', {
    path: '/v1/matches/{id}/_confirm',
    operationId: 'confirmMatch',
    summary: 'Confirm that both are one person',
    description:
      'Both continue under the older pseudonym; a notice in your inbox states it. A later rejection undoes it.',
  }),
  answerRoute('rejected', {
    path: '/v1/matches/{id}/_reject',
    operationId: 'rejectMatch',
    summary: 'Reject the match: they are two persons',
    description:
      'If they had been joined, a notice in your inbox states which pseudonym is whose from now on. They are joined again only if you confirm it.',
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
    budget: 'matches',
    parameters: [idParameter('match'), SEEN],
    answer: {
      status: 200,
      description: 'Answered and recorded; repeating the same answer changes nothing',
      schema: 'MatchAnswer',
    },
    problems: ['query-invalid', 'not-found', 'match-changed', 'recipient-without-key', 'log-unavailable'],
    async perform(visit) {
      const { gateway, parameters, query } = visit
      const client = callingClient(visit)
      const seen = readStatus(query, 'seen')
      const answered = await answerMatch(gateway, callingParty(visit), client, parameters.id ?? '', answer, seen)
      if (!answered?.receipt) await recordMatchesRead(gateway, client, answered ? 1 : 0)
      if (!answered) throw notFound()
      if (answered.status !== answer) throw matchChanged()
      return json(answered)
    },
  }
}

const matchChanged = () =>
  sluisError('match-changed', {
    nl: 'een ander beantwoordde dit paar intussen; vraag het paar opnieuw op en beoordeel het opnieuw',
    en: 'somebody else answered this match meanwhile; fetch the match again and judge it again',
  })

function readStatus(query: URLSearchParams, name: 'status' | 'seen'): MatchStatus | undefined {
  const status = query.get(name)
  const known = MATCH_STATUSES.find((word) => word === status)
  if (status === null || known !== undefined) return known
  const words = MATCH_STATUSES.map((word) => `\`${word}\``).join(', ')
  throw sluisError('query-invalid', {
    nl: `\`${name}\` is een van ${words}, of ontbreekt`,
    en: `\`${name}\` is one of ${words}, or absent`,
  })
}
