import { checkStates } from './check-states.ts'
import { PAGE_STATES } from './page-states.ts'

checkStates(PAGE_STATES.share, 'nl-NL')
