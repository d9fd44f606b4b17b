import { answerSubjectRequest } from '../../exchange/subject-requests.ts'
import { readJson } from '../body.ts'
import { subjectRequestExample } from '../examples.ts'
import { callingClient, json, type Route } from '../route.ts'

/** What a party does when a person asks what was shared about them, or asks that it goes. */
export const subjectRequestRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/v1/subject-requests',
    operationId: 'makeSubjectRequest',
    tag: 'rights',
    summary: 'Find, or erase, what you shared about a person',
    description:
      'Searches your own exchanges, in every pseudonym domain, by what the person can be recognised by (AVG art. 15 and 17, Wpg art. 25 and 28). ' +
      'The identifiers serve for the search and are kept nowhere; that you asked is recorded before you are answered, and how often you may ask is limited. ' +
      'Erasure destroys sealed content, salts and match tokens of what is `certain`, or of the `exchanges` you name; the log stays valid. ' +
      'What went when its retention was over is not found any more; your own file says that it was shared. ' +
      'What a recipient has opened already is the recipient’s to erase: tell it (AVG art. 19).',
    scope: 'subject:request',
    body: 'SubjectRequest',
    bodyExample: subjectRequestExample,
    answer: { status: 200, description: 'What was found, or what was erased', schema: 'SubjectRequestAnswer' },
    problems: ['identifier-invalid', 'log-unavailable'],
    async perform(visit) {
      const { gateway, request } = visit
      const body = await readJson(request, gateway.schemas.memberNames)
      return json(await answerSubjectRequest(gateway, callingClient(visit), gateway.schemas.parseSubjectRequest(body)))
    },
  },
]
