import type { Position } from '../fault.ts'
import type { Law } from '../sources.ts'
import type { YamlNode } from '../yaml.ts'
import { articleNumber } from './conditions.ts'

/** An article that a rule file cites, and where. */
export interface CitedArticle {
  /** Id of the law in `bronnen.yaml`. */
  readonly law: string
  readonly article: string
  readonly position: Position
}

/** The articles that `bronnen` of a rule file cites from laws of `bronnen.yaml`. Faults are for `readSources`. */
export function readCitedArticles(node: YamlNode, laws: ReadonlyMap<string, Law>): readonly CitedArticle[] {
  return (node.kind === 'list' ? node.items : []).flatMap((item) => {
    const entries = item.kind === 'map' ? item.entries : undefined
    const textOf = (key: string): string | undefined => {
      const value = entries?.get(key)?.value
      return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined
    }
    const law = laws.get(textOf('bron') ?? '')
    if (law === undefined) return []
    const { position } = (entries?.get('artikel') ?? entries?.get('citeer'))?.value ?? item
    const wording = textOf('citeer') ?? `${law.citation} art. ${textOf('artikel')}`
    return articlesOf(wording, [...laws.values()]).map((named) => ({ ...named, position }))
  })
}

/**
 * `Wpg art. 7 lid 2, 14 lid 2 en 32a` names three articles. After `lid` or `onder` a bare number belongs to the same article, unless
 * `art.` comes before it: `7 lid 1, art. 14`.
 */
function articlesOf(wording: string, laws: readonly Law[]): readonly Omit<CitedArticle, 'position'>[] {
  let law: string | undefined
  let isInArticle = false
  return wording.split(/,? en |, /).flatMap((part) => {
    const named = laws.find(({ citation }) => part.startsWith(`${citation} `))
    law = named?.id ?? law
    const [, marker, text = ''] = /^(art\. )?(.*)$/.exec(named ? part.slice(named.citation.length + 1) : part)!
    const article = articleNumber(text)
    const hasParagraph = /\b(?:lid|onder)\b/.test(text)
    const isParagraph = isInArticle && marker === undefined && !hasParagraph && /^\d+$/.test(article ?? '')
    isInArticle = hasParagraph || (isInArticle && (isParagraph || article === undefined))
    return law === undefined || article === undefined || isParagraph ? [] : [{ law, article }]
  })
}
