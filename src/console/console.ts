import type { RulesInForce } from '../exchange/rule-sets/rules-in-force.ts'
import { notFound } from '../http/route.ts'
import type { CallAs, ServedPages } from '../http/served-pages.ts'
import type { Clock } from '../ports/keys.ts'
import { type Assets, serveAsset } from './assets.ts'
import { createCallApi } from './call-api.ts'
import { showError } from './error-page.ts'
import { FORM_OWNER, isOfAnother } from './form-owner.ts'
import { readForm } from './form-values.ts'
import { setPageHeaders } from './headers.ts'
import { chosenLanguage } from './language-choice.ts'
import { type Access, type ConsolePage, mayOpen, scopeOf, type Visit } from './page.ts'
import { formOfAnother, noRight, signInAgain } from './refusals.ts'
import { refuseCrossSite } from './same-origin.ts'
import type { CountVisit } from './share/minute-limit.ts'
import type { SignIn } from './sign-in/sign-in.ts'

export interface ConsoleOptions {
  /** The page table. */
  readonly pages: readonly ConsolePage[]
  readonly rules: RulesInForce
  /** Public address of the gateway, without a trailing slash. */
  readonly issuer: string
  readonly callAs: CallAs
  readonly signIn: SignIn
  /** Whether everybody may open "Mag ik dit delen?". */
  readonly isCheckOpen: boolean
  /** Counts each visit of the open check. */
  readonly countOpenCheck: CountVisit
  readonly assets: Assets
  readonly clock: Clock
  /** Receives every fault of the console itself; errors hold no personal data. */
  readonly reportFault: (error: unknown) => void
}

/** How recent a sign-in must be for sensitive work. */
const FRESH_SIGN_IN_MS = 5 * 60_000

/** The console: pages for people, in Dutch and English, on the same process as the API. */
export function createConsole(options: ConsoleOptions): ServedPages {
  return {
    pages: [
      {
        method: 'get',
        path: '/assets/{name}',
        perform: (request, { name }) => serveAsset(options.assets, request, name),
      },
      ...options.pages.map(({ method, path, ...page }) => ({
        method,
        path,
        perform: (request: Request, parameters: Readonly<Record<string, string>>) =>
          visitPage({ method, path, ...page }, request, parameters, options),
      })),
    ],
    notFound: async (request) => {
      const visit = await startVisit(request, {}, options)
      return finish(await showError(visit, notFound()))
    },
  }
}

/**
 * Performs one page for one request. Reads in the order in which a request passes: who, whether it came from our own page, whether this
 * person may, then the page itself. Never rejects.
 */
async function visitPage(
  page: ConsolePage,
  request: Request,
  parameters: Readonly<Record<string, string>>,
  options: ConsoleOptions,
): Promise<Response> {
  let visit: Visit | undefined
  try {
    if (page.method === 'post') refuseCrossSite(request, options.issuer)
    const form = page.method === 'post' ? await readForm(request) : new URLSearchParams()
    visit = { ...(await startVisit(request, parameters, options)), form }
    const refused = refuse(page, visit)
    if (refused) return finish(await refused)
    form.delete(FORM_OWNER)
    if (page.access === 'open-check') options.countOpenCheck(visit.person, visit.now)
    return finish(await page.perform(visit))
  } catch (error) {
    // Who sends it is looked up again only when that was not what failed.
    const nobody = { ...options, signIn: { ...options.signIn, identify: async () => undefined } }
    const known = visit ?? (await startVisit(request, parameters, nobody))
    return finish(await showError(known, error, options.reportFault))
  }
}

async function startVisit(
  request: Request,
  parameters: Readonly<Record<string, string>>,
  { rules, callAs, issuer, signIn, isCheckOpen, clock }: ConsoleOptions,
): Promise<Visit> {
  const { pathname, searchParams } = new URL(request.url)
  const language = chosenLanguage(request)
  const person = await signIn.identify(request)
  return {
    request,
    path: pathname,
    parameters,
    query: searchParams,
    form: new URLSearchParams(),
    language,
    person,
    isCheckOpen,
    gateway: rules.now(),
    signIn,
    api: createCallApi(callAs, issuer, person, language),
    now: clock(),
  }
}

/** The answer to a visitor who may not open a page, or not yet; undefined to one who may. */
function refuse(page: ConsolePage, visit: Visit): Promise<Response> | undefined {
  const { person } = visit
  if (!mayOpen(visit, page.access))
    return person
      ? noRight(visit, scopeOf(page.access as Exclude<Access, 'open' | 'signed-in'>))
      : signInAgain(visit, page)
  // Before a fresh sign-in is asked for, because that page shows the form once more, now for this person.
  if (page.access !== 'open' && isOfAnother(visit)) return formOfAnother(visit)
  const isStale = person !== undefined && visit.now.getTime() - person.signedInAt.getTime() > FRESH_SIGN_IN_MS
  if (page.needsFreshSignIn && isStale) return signInAgain(visit, page)
  return undefined
}

function finish(response: Response): Response {
  setPageHeaders(response.headers)
  return response
}
