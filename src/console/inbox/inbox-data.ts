import { keepDelivery } from '../../delivery/pulled.ts'
import type { Json } from '../../encoding/json.ts'
import { sluisError } from '../../errors.ts'
import type { LocalisedText } from '../../model/language.ts'
import { ApiProblemError } from '../call-api.ts'
import type { ConsolePage } from '../page.ts'

/**
 * What the script of the inbox fetches: sealed deliveries, matches, and the answers to what its buttons do. Always JSON, also when it
 * is a problem. Content that the browser opened never comes back here.
 */
export const inboxData: readonly ConsolePage[] = [
  {
    // Not a GET: the hand-over is recorded, and a link from elsewhere must not cause that.
    method: 'post',
    path: '/inbox/deliveries/{id}',
    access: 'inbox:read',
    perform: ({ api, parameters }) =>
      answerData(async () => {
        const answer = await api<unknown>({
          method: 'GET',
          path: `/v1/deliveries/${encodeURIComponent(parameters.id!)}`,
        })
        return { ...keepDelivery(answer)! }
      }),
  },
  {
    method: 'post',
    path: '/inbox/deliveries/{id}/acknowledge',
    access: 'inbox:read',
    perform: ({ api, parameters }) =>
      answerData(() =>
        api<Json>({ method: 'POST', path: `/v1/deliveries/${encodeURIComponent(parameters.id!)}/_acknowledge` }),
      ),
  },
  {
    method: 'get',
    path: '/inbox/matches',
    access: 'match:review',
    perform: ({ api, query }) =>
      answerData(async () => {
        const status = encodeURIComponent(query.get('status') ?? '')
        return (await api<{ matches: Json }>({ method: 'GET', path: `/v1/matches?status=${status}` })).matches
      }),
  },
  {
    method: 'post',
    path: '/inbox/matches/{id}',
    access: 'match:review',
    perform: ({ api, parameters, form }) =>
      answerData(() => {
        const answer = form.get('answer')
        if (answer !== 'confirm' && answer !== 'reject') throw sluisError('value-invalid', ANSWER_INVALID)
        return api<Json>({ method: 'POST', path: `/v1/matches/${encodeURIComponent(parameters.id!)}/_${answer}` })
      }),
  },
]

const ANSWER_INVALID: LocalisedText = {
  nl: '`answer` is `confirm` of `reject`; antwoord met de knoppen van de postbus',
  en: '`answer` is `confirm` or `reject`; answer with the buttons of the inbox',
}

async function answerData(find: () => Promise<unknown>): Promise<Response> {
  try {
    return Response.json(await find())
  } catch (error) {
    if (!(error instanceof ApiProblemError)) throw error
    const { status, title, detail } = error.problem
    return Response.json({ title, detail }, { status })
  }
}
