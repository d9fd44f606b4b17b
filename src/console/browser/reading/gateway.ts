import type { PulledDelivery } from '../../../delivery/pulled.ts'
import { keepDelivery } from '../../../delivery/pulled.ts'
import type { ReaderWords } from './words.ts'

/** What the gateway answered, or a sentence for people about why not. */
export type Answered<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly text: string }

/** Calls the pages of the console that answer data. Nothing that was opened is ever sent. */
export interface ConsoleCalls {
  fetchDelivery(id: string): Promise<Answered<PulledDelivery>>
  acknowledge(id: string): Promise<Answered<unknown>>
}

export function createConsoleCalls(words: ReaderWords): ConsoleCalls {
  async function call<Value>(path: string, form?: Record<string, string>): Promise<Answered<Value>> {
    try {
      const response = await fetch(path, {
        redirect: 'manual',
        headers: { accept: 'application/json' },
        ...(form && { method: 'POST', body: new URLSearchParams(form) }),
      })
      // To sign in again; a form that needs it is answered with 401.
      if (response.type === 'opaqueredirect' || response.status === 401) return { ok: false, text: words.signInAgain }
      const isData = response.headers.get('content-type')?.startsWith('application/json') ?? false
      if (!isData) return { ok: false, text: words.notDone }
      const answer = (await response.json()) as Value & { detail?: string }
      return response.ok ? { ok: true, value: answer } : { ok: false, text: answer.detail ?? words.notDone }
    } catch {
      return { ok: false, text: words.noConnection }
    }
  }
  return {
    async fetchDelivery(id) {
      const answer = await call<unknown>(`/inbox/deliveries/${id}`, {})
      const delivery = answer.ok ? keepDelivery(answer.value) : undefined
      if (delivery) return { ok: true, value: delivery }
      return answer.ok ? { ok: false, text: words.notDelivery } : answer
    },
    acknowledge: (id) => call(`/inbox/deliveries/${id}/acknowledge`, {}),
  }
}
