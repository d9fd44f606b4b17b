import { join, relative } from 'node:path'
import type { Settings } from '../../boot/settings.ts'
import { openClient } from '../party/open-client.ts'
import { defineCommand, EXIT, type ExitCode, type OptionTable, type Terminal } from '../terminal/command.ts'
import { UsageError } from '../terminal/failure.ts'
import { JSON_OPTION, LANGUAGE_OPTION } from '../terminal/options.ts'
import { parseWrittenMoment } from '../terminal/written-date.ts'
import { readRuleFiles } from './open-set.ts'

/** For privacy officers: two of them together put rule files in force. The gateway must be running. */

interface Answer {
  readonly sourceHash?: string
  readonly policyHash?: string
  readonly status?: string
  readonly detail?: string
  readonly faults?: readonly { file: string; line: number; column: number; message: string; mend: string }[]
}

const OPTIONS = {
  as: {
    type: 'string',
    value: 'PARTY.PERSON',
    what: {
      nl: 'de functionaris om namens te handelen; de sleutels komen uit SLUIS_PARTIES',
      en: 'the officer to act as; the keys are read from SLUIS_PARTIES',
    },
  },
  ...LANGUAGE_OPTION,
  ...JSON_OPTION,
} as const satisfies OptionTable
const HASH_OPERAND = {
  HASH: { nl: 'hash die `sluis policy propose` toonde', en: 'hash that `sluis policy propose` printed' },
} as const
const EXITS = {
  refused: { nl: 'deze functionaris mag dit niet (HTTP 403)', en: 'this officer may not do this (HTTP 403)' },
  invalidPolicy: { nl: 'een regelbestand heeft een fout', en: 'a rule file has a fault' },
} as const

export const policyPropose = defineCommand({
  name: 'policy propose',
  summary: {
    nl: 'de regelbestanden van een map voorstellen aan de draaiende gateway',
    en: 'propose the rule files of a folder to the running gateway',
  },
  usage: 'FOLDER --as PARTY.PERSON',
  operands: { FOLDER: { nl: 'map met de regelbestanden', en: 'folder of the rule files' } },
  options: OPTIONS,
  exits: EXITS,
  examples: ['policy propose policies --as politie.functionaris-1'],
  async run({ values, positionals, settings }, terminal) {
    const [folder] = positionals
    if (!folder || positionals.length > 1)
      throw new UsageError({ nl: 'geef de map met de regelbestanden', en: 'give the folder of the rule files' })
    // Where the folder lies is nobody else's business; printed faults get it back, so that an editor can open them.
    const files = readRuleFiles(folder).map(({ path, text }) => ({ path: relative(folder, path), text }))
    return send(settings(), terminal, values, '/v1/policy-proposals', { files }, folder)
  },
})

export const policyApprove = defineCommand({
  name: 'policy approve',
  summary: {
    nl: 'regelbestanden goedkeuren die een ander voorstelde; ze gelden meteen of vanaf een moment',
    en: 'approve rule files that another officer proposed; in force at once or from a given moment',
  },
  usage: 'HASH --as PARTY.PERSON',
  operands: HASH_OPERAND,
  options: {
    from: {
      type: 'string',
      value: 'MOMENT',
      what: {
        nl: 'geldt vanaf het begin van deze dag, zoals "1 januari 2027", of vanaf dit moment (RFC 3339)',
        en: 'in force from the start of this day, such as "1 January 2027", or from this instant (RFC 3339)',
      },
      otherwise: { nl: 'meteen', en: 'at once' },
    },
    ...OPTIONS,
  },
  exits: EXITS,
  examples: [
    'policy approve HASH --as comensha.functionaris-1',
    'policy approve HASH --as comensha.functionaris-1 --from 2027-01-01',
  ],
  async run({ values, positionals, settings }, terminal) {
    const path = `/v1/policy-proposals/${parseHash(positionals)}/_approve`
    const body = values.from === undefined ? {} : { activeFrom: parseWrittenMoment(values.from, '--from') }
    return send(settings(), terminal, values, path, body)
  },
})

export const policyWithdraw = defineCommand({
  name: 'policy withdraw',
  summary: { nl: 'een voorstel intrekken dat nog niet geldt', en: 'withdraw a proposal that is not in force yet' },
  usage: 'HASH --as PARTY.PERSON',
  operands: HASH_OPERAND,
  options: OPTIONS,
  exits: EXITS,
  examples: ['policy withdraw HASH --as politie.functionaris-1'],
  async run({ values, positionals, settings }, terminal) {
    return send(settings(), terminal, values, `/v1/policy-proposals/${parseHash(positionals)}/_withdraw`)
  },
})

function parseHash([hash, ...others]: readonly string[]): string {
  if (hash === undefined || others.length > 0 || !/^[0-9a-f]{64}$/.test(hash))
    throw new UsageError({
      nl: 'geef de hash die `sluis policy propose` toonde',
      en: 'give the hash that `sluis policy propose` printed',
    })
  return hash
}

async function send(
  settings: Settings,
  terminal: Terminal,
  { as: officer, json: isJson, lang }: { readonly as?: string; readonly json?: boolean; readonly lang: string },
  path: string,
  body?: object,
  folder = '',
): Promise<ExitCode> {
  if (!officer?.includes('.'))
    throw new UsageError({
      nl: 'geef de functionaris met --as PARTY.PERSON',
      en: 'give the officer with --as PARTY.PERSON',
    })
  const client = await openClient(settings, officer)
  const response = await client.request('POST', path, {
    headers: { 'accept-language': lang, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const answer = (await response.json()) as Answer
  if (isJson) terminal.out(JSON.stringify(answer))
  else if (response.ok) terminal.out(`${answer.status} ${answer.sourceHash}`)
  else {
    for (const { file, line, column, message, mend } of answer.faults ?? [])
      terminal.out(`${join(folder, file)}:${line}:${column}: ${message}; ${mend}`)
    terminal.err(`sluis: ${answer.detail}`)
  }
  if (response.ok) return EXIT.done
  return response.status === 422 ? EXIT.invalidPolicy : response.status === 403 ? EXIT.refused : EXIT.failed
}
