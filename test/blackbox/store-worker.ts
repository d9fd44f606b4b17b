import type { DurableObjectState } from '@cloudflare/workers-types'
import { SluisError } from '../../src/errors.ts'
import type { Store } from '../../src/ports/store.ts'
import { openDurableObjectStore } from '../../src/storage/durable-object.ts'
import { createCheckpointSigner } from '../../src/storage/log/checkpoint-signer.ts'
import gateway, { type Environment } from '../../src/worker.ts'
import { TEST_LOG_KEY } from '../storage/commits.ts'
import { formatValue, parseValue, type StoreAnswer, type StoreCall } from './store-wire.ts'

export { GatewayObject } from '../../src/worker.ts'

/**
 * A Worker for tests only: the store of a Durable Object, open to whoever calls it, so that the contract suite of stores can
 * run against it from outside. Every name is another object. What is not for a store goes to the real Worker, without secrets.
 */
export default {
  async fetch(
    request: Request,
    environment: Environment & { readonly STORE: Environment['GATEWAY'] },
  ): Promise<Response> {
    const { STORE, ...rest } = environment
    const name = /^\/store\/([a-z0-9-]+)$/.exec(new URL(request.url).pathname)?.[1]
    return name === undefined ? gateway.fetch(request, rest) : STORE.get(STORE.idFromName(name)).fetch(request)
  },
}

export class StoreObject {
  readonly #opening: Promise<Store>

  constructor(state: DurableObjectState) {
    const signer = createCheckpointSigner({ privateKey: TEST_LOG_KEY })
    this.#opening = state.blockConcurrencyWhile(() => openDurableObjectStore(state.storage, { signer }))
  }

  async fetch(request: Request): Promise<Response> {
    return new Response(formatValue(await this.#answer(parseValue(await request.text()) as StoreCall)))
  }

  async #answer({ method, parameters }: StoreCall): Promise<StoreAnswer> {
    const store = await this.#opening
    const [part, name] = method.includes('.')
      ? (method.split('.') as ['log' | 'sessions' | 'mailMarks', string])
      : [undefined, method]
    const owner: object = part ? store[part] : store
    try {
      const call: unknown = Reflect.get(owner, name)
      if (typeof call !== 'function') throw new Error('a store has no such method')
      return { value: await Reflect.apply(call, owner, parameters) }
    } catch (error) {
      return { code: error instanceof SluisError ? error.code : 'internal' }
    }
  }
}
