import { answerSubjectRequest } from '../../exchange/subject-requests.ts'
import { readJson } from '../body.ts'
import { subjectRequestExample } from '../examples.ts'
import { callingClient, json, type Route } from '../route.ts'

/** For a party whose data subject asks what was shared, or asks for its erasure. */
export const subjectRequestRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/v1/subject-requests',
    operationId: 'makeSubjectRequest',
    isPaced: true,
    tag: 'rights',
    summary: 'Find, or erase, what you shared about a person',
    description:
      'Searches your own exchanges, in every pseudonym domain, by the identifiers of the person (AVG art. 15 and 17, Wpg art. 25 and 28). ' +
      'What you reported finds your report, however little it is; where that is too little to be sure of, the exchange is `possible`. ' +
      'The identifiers are used for the search and stored nowhere. The request is recorded before you are answered, and the number of requests is limited. ' +
      'Erasure destroys the sealed content, salts, match tokens and own codes of exchanges that are `certain`, or of the `exchanges` you name; the log stays valid. ' +
      'Exchanges whose retention period is over are no longer found; your own file shows that they were shared. ' +
      'A recipient must erase its own copy of what it opened: inform it (AVG art. 19).',
    scope: 'subject:request',
    budget: 'subject-requests',
    isPricedByWork: true,
    body: 'SubjectRequest',
    bodyExample: subjectRequestExample,
    answer: { status: 200, description: 'What was found, or what was erased', schema: 'SubjectRequestAnswer' },
    problems: ['identifier-invalid', 'report-contradictory', 'log-unavailable'],
    async perform(visit) {
      const { gateway, request } = visit
      const body = await readJson(request, gateway.schemas.memberNames)
      return json(await answerSubjectRequest(gateway, callingClient(visit), gateway.schemas.parseSubjectRequest(body)))
    },
  },
]
