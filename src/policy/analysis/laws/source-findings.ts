import type { Source } from '../../../model/rule.ts'
import { quote } from '../../files/fault.ts'
import type { PolicyFile, PolicySet } from '../../policy-set.ts'
import type { Finding } from '../finding.ts'

/**
 * Sources that do not show the law of their rules: older than the version of the same act in another file (`geldend`) without the
 * newer text of the article beside it, linked to another version than stated or to none, or all of them older than the rules.
 */
export function sourceFindings(set: PolicySet): readonly Finding[] {
  return [...staleVersions(set), ...set.files.flatMap((file) => [...undatedLinks(file), ...olderThanRules(file)])]
}

/** A register of laws shows the text of today at an address without a date, whatever the rules were written from. */
const undatedLinks = ({ id, sources }: PolicyFile): readonly Finding[] =>
  sources
    .filter(({ url }) => actOf(url) !== undefined && !isFixed(url))
    .map(({ citation }) => ({
      kind: 'bron-ongedateerd',
      file: id,
      others: [],
      message: {
        nl: `de link van bron ${quote(citation)} noemt geen datum en leidt dus naar de tekst van vandaag`,
        en: `the link of source ${quote(citation)} has no date, so it leads to the text of today`,
      },
      mend: {
        nl: 'zet de datum van `geldend` in het adres',
        en: 'put the date of `geldend` into the address',
      },
    }))

/** A rule starts because a law does: then one of its sources is of that day or later. Others may have been in force for years. */
function olderThanRules({ id, sources, validity }: PolicyFile): readonly Finding[] {
  const newest = sources.map(({ version }) => version).reduce((a, b) => (a > b ? a : b), '')
  if (sources.length === 0 || newest >= validity.from) return []
  return [
    {
      kind: 'bron-verouderd',
      file: id,
      others: [],
      message: {
        nl: `het bestand geldt vanaf ${validity.from}, maar de nieuwste bron is de versie van ${newest}`,
        en: `the file is valid from ${validity.from}, but its newest source is the version of ${newest}`,
      },
      mend: {
        nl: `lees na welke tekst op ${validity.from} geldt, en werk \`geldend\` en \`url\` of \`geldig\` bij`,
        en: `read which text is in force on ${validity.from}, and update \`geldend\` and \`url\`, or \`geldig\``,
      },
    },
  ]
}

function staleVersions(set: PolicySet): readonly Finding[] {
  const sources = set.files.flatMap((file) =>
    file.sources.map((source) => ({ file: file.id, source, act: actOf(source.url) })),
  )
  const newest = new Map<string, { version: string; file: string }>()
  for (const { file, source, act } of sources) {
    if (act === undefined) continue
    const known = newest.get(act)
    if (known === undefined || source.version > known.version) newest.set(act, { version: source.version, file })
  }
  return sources.flatMap(({ file, source, act }): readonly Finding[] => {
    const linked = dateOf(source.url)
    const latest = act === undefined ? undefined : newest.get(act)
    const found = { kind: 'bron-verouderd' as const, file, others: [] }
    const mismatch: readonly Finding[] =
      linked === undefined || linked === source.version
        ? []
        : [
            {
              ...found,
              message: {
                nl: `bron ${quote(source.citation)} is geldend ${source.version}, maar de link wijst naar ${linked}`,
                en: `source ${quote(source.citation)} is of ${source.version}, but the link leads to ${linked}`,
              },
              mend: { nl: 'maak `geldend` en `url` gelijk', en: 'make `geldend` and `url` agree' },
            },
          ]
    const isNewestToo = sources.some(
      (other) => other.file === file && other.source.version === latest?.version && isSameArticle(other.source, source),
    )
    if (latest === undefined || latest.version <= source.version || isNewestToo) return mismatch
    return [
      ...mismatch,
      {
        ...found,
        message: {
          nl: `bron ${quote(source.citation)} is de versie van ${source.version}; ${quote(latest.file)} gebruikt die van ${latest.version}`,
          en: `source ${quote(source.citation)} is the version of ${source.version}; ${quote(latest.file)} uses that of ${latest.version}`,
        },
        mend: {
          nl: 'lees de nieuwere versie na, en werk `geldend` en `url` bij',
          en: 'read the newer version, and update `geldend` and `url`',
        },
      },
    ]
  })
}

/** Whether two sources differ at most in the version: a file that keeps rules of an older text cites both. */
const isSameArticle = (a: Source, b: Source): boolean => undatedUrl(a) === undatedUrl(b)

const undatedUrl = ({ url }: Source): string => url.replace(/\/\d{4}-\d{2}-\d{2}(?=[/#?]|$)/, '')

/** The act that a link leads to: a BWB id (wetten.overheid.nl), a European act (ELI) or a CELEX number. */
function actOf(url: string): string | undefined {
  return /\b(BWB[RVW]\d{7}|CVDR\d+|CELEX:[0-9A-Z]+|eli\/[a-z_]+\/\d{4}\/\d+)/.exec(url)?.[1]
}

/** The version that a link leads to. */
const dateOf = (url: string): string | undefined => /\/(\d{4}-\d{2}-\d{2})(?:[/#?]|$)/.exec(url)?.[1]

/** Whether a link always leads to the same text: a dated version, or what a journal or register published once. */
const isFixed = (url: string): boolean => dateOf(url) !== undefined || /\/oj(?:[/#?]|$)|CELEX:|CVDR\d+\/\d+/.test(url)
