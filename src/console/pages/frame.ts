import { parseReturnPath, redirectTo } from '../answers.ts'
import { formatLanguageCookie } from '../language-choice.ts'
import type { ConsolePage } from '../page.ts'

/** What the frame around every page does. */
export const framePages: readonly ConsolePage[] = [
  {
    method: 'post',
    path: '/language',
    access: 'open',
    async perform({ form }) {
      return redirectTo(parseReturnPath(form.get('to')), {
        'set-cookie': formatLanguageCookie(form.get('language') === 'en' ? 'en' : 'nl'),
      })
    },
  },
]
