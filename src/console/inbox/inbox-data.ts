import { keepDelivery } from '../../delivery/pulled.ts'
import type { Json } from '../../encoding/json.ts'
import { ApiProblemError } from '../call-api.ts'
import type { ConsolePage } from '../page.ts'

/**
 * What the script of the inbox fetches: sealed deliveries, and the answers to what its buttons do. Always JSON, also when it
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
]

async function answerData(find: () => Promise<unknown>): Promise<Response> {
  try {
    return Response.json(await find())
  } catch (error) {
    if (!(error instanceof ApiProblemError)) throw error
    const { status, title, detail } = error.problem
    return Response.json({ title, detail }, { status })
  }
}
