import type { PageState } from './page-states.ts'
import { goOn } from './world.ts'

const asked = 'comensha.medewerker-1'
const leader = 'fier.teamleider-1'

/** Questions who somebody is, and the queue of the second person. */
export const questionStates: readonly PageState[] = [
  {
    page: 'get /exchanges/{id}/ask',
    state: 'empty',
    as: asked,
    see: '[name=field]',
    reach: ({ exchanges }) => `/exchanges/${exchanges.shared}/ask`,
  },
  {
    page: 'post /exchanges/{id}/ask',
    state: 'with a fault',
    as: asked,
    see: '.faults',
    async reach({ issuer, exchanges }, page) {
      await page.goto(`${issuer}/exchanges/${exchanges.shared}/ask`)
      await goOn(page)
    },
  },
  { page: 'get /approvals', state: 'full', as: leader, see: '.replies', reach: () => '/approvals' },
  {
    page: 'get /approvals',
    state: 'empty, after the last approval',
    as: 'comensha.teamleider-1',
    see: '[role=status]',
    reach: () => '/approvals?done=approve',
  },
  {
    page: 'post /approvals/{id}',
    state: 'of something that waits no more',
    as: leader,
    see: '[role=alert]',
    async reach({ issuer, exchanges }, page) {
      await page.goto(`${issuer}/approvals`)
      // As if it was still shown in a tab that somebody left open.
      await page.evaluate(
        `document.querySelector('form[action^="/approvals/"]').action = '/approvals/${exchanges.stopped}'`,
      )
      await goOn(page)
    },
  },
]
