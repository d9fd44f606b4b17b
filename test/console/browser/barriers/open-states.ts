import type { PageState } from './page-states.ts'

/** Pages for everybody, signing in and out, and what is refused. */
export const openStates: readonly PageState[] = [
  { page: 'get /', state: 'for nobody yet', see: '.cards .doors', reach: () => '/' },
  { page: 'get /', state: 'for a caseworker', as: 'fier.medewerker-1', see: '.doors .quiet', reach: () => '/' },
  { page: 'get /', state: 'for an auditor', as: 'toezichthouder.auditor-1', see: '.doors', reach: () => '/' },
  { page: 'get /', state: 'that is not there', see: 'a[href^="/problems"]', reach: () => '/nothing' },
  { page: 'get /sign-in', state: 'for nobody yet', see: '.doors', reach: () => '/sign-in' },
  {
    page: 'get /sign-in',
    state: 'for somebody who has signed in',
    as: 'politie.functionaris-1',
    see: 'form[action="/sign-out-everywhere"]',
    reach: () => '/sign-in',
  },
  {
    page: 'get /sign-in/callback/{provider}',
    state: 'without a sign-in under way',
    see: 'a[href="/sign-in"]',
    reach: () => '/sign-in/callback/demo',
  },
  { page: 'get /signed-in', state: 'in a new tab', see: 'h1', as: 'fier.medewerker-1', reach: () => '/signed-in' },
  {
    page: 'get /signed-out',
    state: 'after signing out',
    see: 'a[href="/sign-in"]',
    reach: () => '/signed-out?organisation=fier',
  },
  {
    page: 'get /approvals',
    state: 'without the right',
    as: 'fier.medewerker-1',
    see: 'main code',
    reach: () => '/approvals',
  },
]
