import { z } from 'zod'
import { UsageError } from '../terminal/failure.ts'
import { readTextFile } from '../terminal/read-text-file.ts'

/** The part of the answer to a subject request that an auditor needs. */
const ANSWER = z.object({ exchanges: z.array(z.object({ id: z.uuid() })).max(1000) })

/**
 * The ids of exchanges in a file, each once: the answer to a subject request, or a list with one id on each line.
 * @throws UsageError when the file cannot be read or contains neither
 */
export function readExchangeIds(path: string): readonly string[] {
  const text = readTextFile(path)
  const ids = text.trimStart().startsWith('{') ? idsOfAnswer(text) : text.split(/\r?\n/).map((line) => line.trim())
  const listed = [...new Set(ids.filter((id) => id !== ''))]
  if (listed.length === 0)
    throw new UsageError({
      nl: 'het bestand van --subject-answer noemt geen uitwisseling',
      en: 'the file of --subject-answer names no exchange',
    })
  return listed
}

function idsOfAnswer(text: string): readonly string[] {
  const answer = ANSWER.safeParse(parseJson(text))
  if (answer.success) return answer.data.exchanges.map(({ id }) => id)
  throw new UsageError({
    nl: '--subject-answer is het antwoord op een inzageverzoek, of een lijst met één id op elke regel',
    en: '--subject-answer is the answer to a subject request, or a list of ids with one on each line',
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
