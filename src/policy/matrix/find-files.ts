import { findWord, nameFiles } from '../find-word.ts'
import type { PolicyFile, PolicySet } from '../policy-set.ts'

/**
 * The rule file with this id, title, file name or path, or else those that name this article as their ground (`grond`): `Bpg 4:2` finds
 * `Bpg art. 4:2 lid 1 onder n`. Capitals and the word for article do not matter.
 */
export function findFiles({ files }: PolicySet, text: string): readonly PolicyFile[] {
  const id = text.replace(/\.ya?ml$/, '').replace(/^.*\//, '')
  const named = findWord(id, nameFiles(files))
  if (named !== undefined) return files.filter((file) => file.id === named)
  const asked = articlesOf(text)[0]
  return asked === undefined ? [] : files.filter((file) => groundsOf(file).some((article) => isPartOf(article, asked)))
}

/** The articles that a file names as its ground. */
function groundsOf({ citation, sources }: PolicyFile): readonly string[] {
  const cited = sources.flatMap((source) => articlesOf(source.citation))
  return articlesOf(citation, (article) => cited.some((other) => isPartOf(other, article)))
}

/**
 * Each article of a citation with its law before it: `UAVG art. 5 en 7` gives `uavg 5` and `uavg 7`.
 *
 * @param isArticle whether what follows a paragraph, as 15 in `Wpg art. 8 lid 2 en 15`, is an article and no second paragraph
 */
function articlesOf(citation: string, isArticle: (article: string) => boolean = () => false): readonly string[] {
  let law = ''
  return citation
    .toLowerCase()
    .split(/,| en | and /)
    .flatMap((part, index, parts) => {
      const [before, after] = part.split(/\bart(?:\.|ikel|icle)?\s+/)
      const next = words(`${law} ${part}`)
      const mayBeParagraph = index > 0 && /\b(?:lid|onder)\b/.test(parts[index - 1]!)
      if (after === undefined) return mayBeParagraph && !isArticle(next) ? [] : [next]
      if (before!.trim() !== '') law = before!.trim()
      return [words(`${law} ${after}`)]
    })
}

const words = (text: string): string => text.trim().replaceAll(/\s+/g, ' ')

const isPartOf = (article: string, asked: string): boolean => article === asked || article.startsWith(`${asked} `)
