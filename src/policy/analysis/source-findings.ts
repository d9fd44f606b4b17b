import { quote } from '../files/fault.ts'
import type { PolicySet } from '../policy-set.ts'
import type { Finding } from './finding.ts'

/** Sources older than the version of the same act in another file (`geldend`), and links to another version than stated. */
export function sourceFindings(set: PolicySet): readonly Finding[] {
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
    const linked = /\/(\d{4}-\d{2}-\d{2})(?:[/#?]|$)/.exec(source.url)?.[1]
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
    if (latest === undefined || latest.version <= source.version) return mismatch
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

/** The act that a link leads to: a BWB id (wetten.overheid.nl), a European act (ELI) or a CELEX number. */
function actOf(url: string): string | undefined {
  return /\b(BWB[RVW]\d{7}|CVDR\d+|CELEX:[0-9A-Z]+|eli\/[a-z_]+\/\d{4}\/\d+)/.exec(url)?.[1]
}
