import { ERROR_CODES, type ErrorCode, type Fault, SluisError } from '../errors.ts'
import type { Reason } from '../model/decision.ts'
import type { Language } from '../model/language.ts'
import { MAX_FAULTS } from '../report/body-bounds.ts'

/** A problem as it goes over the wire (RFC 9457), in the reader's language. It never holds a value that was sent. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  /** Every fault of the body: where it is, what is wrong and how to fix it. */
  readonly errors?: readonly { readonly code: string; readonly pointer: string; readonly detail: string }[]
  readonly [extension: string]: unknown
}

/** Path of the page that explains a code; also the problem's `type`, relative to the gateway. */
export const problemPath = (code: ErrorCode): string => `/problems/${code}`

/** Codes of earlier versions, half Dutch, with the code that replaced them. Their pages keep leading to the new one. */
export const FORMER_CODES: ReadonlyMap<string, ErrorCode> = new Map([
  ['refused-verbod', 'refused-prohibition'],
  ['refused-beoordeling-ontbreekt', 'refused-assessment-missing'],
  ['refused-geen-grondslag', 'refused-no-legal-basis'],
])

/** The problem of a refusal, by the reason that the decision states. */
export const REFUSAL_CODES = {
  verbod: 'refused-prohibition',
  'beoordeling-ontbreekt': 'refused-assessment-missing',
  'geen-grondslag': 'refused-no-legal-basis',
} as const satisfies Record<Reason, ErrorCode>

/** The problem for an error. Any error but a SluisError is a fault of the gateway, and shows no detail of its own. */
export function formatProblem(error: unknown, language: Language, extensions: Record<string, unknown> = {}): Problem {
  const known = error instanceof SluisError ? error : undefined
  const code = known?.code ?? 'internal'
  const { status, title } = ERROR_CODES[code]
  const detail = known?.faults[0]?.detail ?? {
    nl: 'er ging iets mis in Sluis zelf; er is niets verzonden; probeer het opnieuw of meld het aan de beheerder',
    en: 'something went wrong in Sluis itself; nothing was sent; try again, or report it to the operator',
  }
  const located = known?.faults.filter(hasPointer) ?? []
  // Whether there are more is unknown: searching stops here.
  const isCutOff = located.length >= MAX_FAULTS
  return {
    type: problemPath(code),
    title: title[language],
    status,
    detail: isCutOff ? `${detail[language]}; ${CUT_OFF[language]}` : detail[language],
    ...(located.length > 0 && {
      errors: located.map((fault) => ({ code: fault.code, pointer: fault.pointer, detail: fault.detail[language] })),
    }),
    ...extensions,
  }
}

const CUT_OFF = {
  nl: `er staan ten hoogste ${MAX_FAULTS} fouten in dit antwoord; herstel ze en stuur het bericht opnieuw om de overige te zien`,
  en: `this answer lists at most ${MAX_FAULTS} faults; fix them and send the body again to see the others`,
}

/** A problem as a response, with the headers that belong to its error. */
export function problemResponse(problem: Problem, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  })
}

const hasPointer = (fault: Fault): fault is Fault & { pointer: string } => fault.pointer !== undefined
