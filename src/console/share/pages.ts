import type { ConsolePage } from '../page.ts'
import { SHARE_PATH } from './choice-form.ts'
import { showResult } from './result-page.ts'
import { saveRecord } from './save-record.ts'
import { RECORD_PATH, RESULT_PATH, showShare } from './share-page.ts'

/** "Mag ik dit delen?": what the law allows, for whoever hesitates. */
export const sharePages: readonly ConsolePage[] = [
  { method: 'get', path: SHARE_PATH, access: 'open-check', perform: showShare },
  { method: 'get', path: RESULT_PATH, access: 'open-check', perform: showResult },
  { method: 'post', path: RECORD_PATH, access: 'open-check', perform: saveRecord },
]
