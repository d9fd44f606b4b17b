import { existsSync, readFileSync } from 'node:fs'
import type { Language } from '../../model/language.ts'
import type { OptionTable } from './command.ts'
import { UsageError } from './failure.ts'

/** Options that several commands take, and how their values are read. */

export const JSON_OPTION = {
  json: {
    type: 'boolean',
    what: { nl: 'één JSON-object tonen in plaats van tekst', en: 'print one JSON object instead of text' },
  },
} as const satisfies OptionTable

/** For commands that print JSON anyway, so that a script may always add it. */
export const JSON_ALWAYS_OPTION = {
  json: {
    type: 'boolean',
    what: { nl: 'verandert niets: de uitvoer is al JSON', en: 'changes nothing: the output is JSON already' },
  },
} as const satisfies OptionTable

/** English unless asked otherwise, in every command, as the help and the errors of a command line are. */
export const LANGUAGE_OPTION = {
  lang: {
    type: 'string',
    value: 'nl|en',
    default: 'en',
    what: { nl: 'taal van de uitvoer', en: 'language of the output' },
  },
} as const satisfies OptionTable

export const PARTY_OPTION = {
  as: {
    type: 'string',
    value: 'PARTY',
    what: {
      nl: 'de partij om namens te handelen; haar sleutels komen uit de map SLUIS_PARTIES',
      en: 'the party to act as; its keys are read from the folder SLUIS_PARTIES',
    },
  },
} as const satisfies OptionTable

export const DATA_OPTION = {
  data: {
    type: 'string',
    value: 'FOLDER',
    what: { nl: 'datamap van de gateway', en: 'data folder of the gateway' },
    otherwise: 'SLUIS_DATA',
  },
} as const satisfies OptionTable

/** Verifier keys on the command line: one, or one for each origin that the log had. */
export const LOG_KEY_OPTION = {
  'log-key': {
    type: 'string',
    multiple: true,
    default: [] as string[],
    value: 'KEY|FILE',
    what: {
      nl: 'controlesleutel van het logboek, of het bestand waar die in staat; herhaal dit voor een logboek met meer oorsprongen',
      en: 'verifier key of the log, or the file that holds it; repeat it for a log that had several origins',
    },
  },
} as const satisfies OptionTable

export const WITNESS_POLICY_OPTION = {
  'witness-policy': {
    type: 'string',
    value: 'FILE',
    what: {
      nl: 'getuigenbeleid (C2SP tlog-policy): vereis ook de meetekeningen waar het om vraagt',
      en: 'witness policy (C2SP tlog-policy): also require the cosignatures that it asks for',
    },
  },
} as const satisfies OptionTable

/** Verifier keys (C2SP signed-note), each given as text or as the file that holds it; a file may hold several, one a line. */
export const readVerifierKeys = (keysOrFiles: readonly string[]): readonly string[] =>
  keysOrFiles.flatMap((keyOrFile) =>
    (existsSync(keyOrFile) ? readFileSync(keyOrFile, 'utf8') : keyOrFile).trim().split('\n'),
  )

/** @throws UsageError for anything but `nl` and `en` */
export function parseLanguage(text: string): Language {
  if (text !== 'nl' && text !== 'en') throw new UsageError({ nl: '--lang is nl of en', en: '--lang is nl or en' })
  return text
}

/** A whole number from 0 to `max`; undefined for an option that was not given. @throws UsageError that names the option */
export function parseCount(text: string | undefined, option: string, max: number): number | undefined {
  if (text === undefined) return undefined
  const count = Number(text)
  if (!/^\d{1,16}$/.test(text) || count > max)
    throw new UsageError({ nl: `${option} is een getal tot ${max}`, en: `${option} is a number up to ${max}` })
  return count
}
