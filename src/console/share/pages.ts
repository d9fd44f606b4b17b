import type { ConsolePage } from '../page.ts'
import { SHARE_PATH } from './choice-form.ts'
import { showShare } from './share-page.ts'

/** "Mag ik dit delen?": what the law allows, for whoever hesitates. */
export const sharePages: readonly ConsolePage[] = [
  { method: 'get', path: SHARE_PATH, access: 'open-check', perform: showShare },
]
