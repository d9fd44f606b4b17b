import type { PageState } from './page-states.ts'

const as = 'fier.medewerker-1'

/** The exchanges of an organisation, and their recall. */
export const exchangeStates: readonly PageState[] = [
  { page: 'get /exchanges', state: 'full', as, see: 'tbody tr', reach: () => '/exchanges' },
  {
    page: 'get /exchanges',
    state: 'empty',
    as: 'politie.teamleider-1',
    see: '.filters',
    reach: () => '/exchanges?recipient=fier',
  },
  { page: 'get /exchanges', state: 'with a fault', as, see: '.faults', reach: () => '/exchanges?since=2026-02-30' },
  {
    page: 'get /exchanges/{id}',
    state: 'just sent',
    as,
    see: '.notice',
    reach: ({ exchanges }) => `/exchanges/${exchanges.shared}?sent=yes`,
  },
  {
    page: 'get /exchanges/{id}',
    state: 'refused',
    as,
    see: '.notice.warn',
    reach: ({ exchanges }) => `/exchanges/${exchanges.refused}`,
  },
  {
    page: 'get /exchanges/{id}',
    state: 'waiting for a second person',
    as,
    see: '.notice',
    reach: ({ exchanges }) => `/exchanges/${exchanges.held}`,
  },
  {
    page: 'get /exchanges/{id}',
    state: 'recalled',
    as,
    see: '.notice',
    reach: ({ exchanges }) => `/exchanges/${exchanges.recalled}`,
  },
  {
    page: 'get /exchanges/{id}/statement',
    state: 'full',
    as,
    see: 'h1',
    reach: ({ exchanges }) => `/exchanges/${exchanges.shared}/statement`,
  },
  {
    page: 'get /exchanges/{id}/recall',
    state: 'empty',
    as,
    see: '[name=ground]',
    reach: ({ exchanges }) => `/exchanges/${exchanges.shared}/recall`,
  },
  {
    page: 'post /exchanges/{id}/recall',
    state: 'without a ground',
    as,
    see: '.faults',
    async reach({ issuer, exchanges }, page) {
      await page.goto(`${issuer}/exchanges/${exchanges.shared}/recall`)
      await page.click('button.danger')
    },
  },
]
