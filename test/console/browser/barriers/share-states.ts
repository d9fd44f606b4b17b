import type { PageState } from './page-states.ts'

const CHOSEN = 'from=fier&to=comensha&purpose=coordinatie-opvang-verzorging&about=slachtoffer'
const FILLED = `${CHOSEN}&field=voornaam&field=verblijfadres&field=bsn&is.jonger-dan-16=no&is.toestemming=unknown`

/** "Mag ik dit delen?". */
export const shareStates: readonly PageState[] = [
  { page: 'get /may-i-share', state: 'empty', see: '#choices[open]', reach: () => '/may-i-share' },
  { page: 'get /may-i-share', state: 'filled in', see: '.answered', reach: () => `/may-i-share?${FILLED}` },
  {
    page: 'get /may-i-share',
    state: 'with faults',
    see: '.faults',
    reach: () => `/may-i-share?${FILLED}&is.jonger-dan-12=yes&field=none&to=none`,
  },
  {
    page: 'get /may-i-share/result',
    state: 'filled in',
    see: 'form[action="/may-i-share/record"]',
    reach: () => `/may-i-share/result?${FILLED}`,
  },
]
