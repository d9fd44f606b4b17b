import type { z } from 'zod'
import type { Client } from '../../auth/client.ts'
import { check } from '../../http/wire/exchange.ts'
import { policyWire } from '../../http/wire/policy.ts'
import type { Language } from '../../model/language.ts'
import { callApi } from '../party/call-api.ts'
import { readAnswer } from '../party/read-answer.ts'
import { CommandError } from '../terminal/failure.ts'

export type CheckAnswer = z.infer<typeof check>
export type Words = z.infer<typeof policyWire.Vocabulary>
export type PolicyList = z.infer<typeof policyWire.PolicyList>

/** What `sluis check` asks of a gateway, about one person. Each call rejects with the problem that the gateway reports. */
export interface CheckApi {
  vocabulary(): Promise<Words>
  policies(): Promise<PolicyList>
  check(body: object): Promise<CheckAnswer>
}

const CHECK_PATH = '/v1/exchanges/_check'

/** Reads the answers of a gateway strictly: an answer in another form is an error, never half an advice. */
export function openCheckApi(client: Client, language: Language): CheckApi {
  async function read<S extends z.ZodType>(
    schema: S,
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ): Promise<z.infer<S>> {
    const response = await callApi(client, method, path, body, language)
    const parsed = schema.safeParse(await readAnswer(response, path))
    if (parsed.success) return parsed.data
    throw foreignAnswer(path)
  }
  return {
    vocabulary: () => read(policyWire.Vocabulary, 'GET', '/v1/vocabulary'),
    policies: () => read(policyWire.PolicyList, 'GET', '/v1/policies'),
    async check(body) {
      const answer = await read(check, 'POST', CHECK_PATH, body)
      const decisions = [answer.decision, ...(answer.options ?? []).map(({ decision }) => decision)]
      if (decisions.some(({ dataSubjects }) => dataSubjects.length !== 1)) throw foreignAnswer(CHECK_PATH)
      return answer
    },
  }
}

/** @param path of what was asked */
export const foreignAnswer = (path: string): CommandError =>
  new CommandError({
    nl: `${path}: dit is geen antwoord van een gateway van deze versie; controleer het adres (SLUIS_ISSUER) en de versie`,
    en: `${path}: the answer is not that of a gateway of this version; check the address (SLUIS_ISSUER) and the version`,
  })
