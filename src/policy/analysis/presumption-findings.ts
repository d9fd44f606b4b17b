import { quote } from '../files/fault.ts'
import type { PolicySet } from '../policy-set.ts'
import { narrowingsOf } from './clauses.ts'
import { type Finding, listReferences } from './finding.ts'

/**
 * The files with a rule that presumes an answer (`als_gezegd`, `als_niet_ontkend`), with every such rule. Only there can more pass
 * because somebody does not say what they know, so each file explains what the law presumes.
 */
export function presumptionFindings(set: PolicySet): readonly Finding[] {
  const presuming = [
    ...set.rules.map((rule) => ({ rule, words: rule.unlessDenied })),
    ...narrowingsOf(set).map((rule) => ({ rule, words: rule.whenStated })),
  ].flatMap(({ rule, words }) => (words === undefined ? [] : [{ rule, words }]))
  return [...Map.groupBy(presuming, ({ rule }) => rule.file)].map(([file, own]) => {
    const rules = own.map(({ rule }) => quote(rule.id)).join(', ')
    const words = [...new Set(own.flatMap((one) => one.words))].map(quote).join(', ')
    return {
      kind: 'veronderstelling',
      file,
      others: listReferences(own.map(({ rule }) => rule)),
      message: {
        nl: `zolang niemand iets zegt over ${words}, telt het gewone geval; zo in ${rules}`,
        en: `as long as nobody states anything about ${words}, the ordinary case counts; so in ${rules}`,
      },
      mend: {
        nl: 'leg uit welke bepaling het gewone geval veronderstelt, of vraag het antwoord met `als` of `als_niet`',
        en: 'explain which provision presumes the ordinary case, or ask for the answer with `als` or `als_niet`',
      },
    }
  })
}
