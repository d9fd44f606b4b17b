import { readPolicyFolder } from '../../boot/policy-folder.ts'
import { openClient } from '../party/open-client.ts'
import { type Command, EXIT, type ExitCode, parseArguments, type Terminal, UsageError } from '../terminal/command.ts'

/** For privacy officers: put rule files in force, two people together. The gateway must be running. */

interface Answer {
  readonly sourceHash?: string
  readonly policyHash?: string
  readonly status?: string
  readonly detail?: string
  readonly faults?: readonly { file: string; line: number; column: number; message: string; mend: string }[]
}

export const policyPropose: Command = {
  name: 'policy propose',
  usage: 'FOLDER --as PARTY.PERSON [--json] [--lang nl|en]',
  summary: 'propose the rule files of a folder to the gateway',
  async run(args, terminal) {
    const { values, positionals } = parseArguments(args, OPTIONS)
    const [folder] = positionals
    if (!folder) throw new UsageError('give the folder of the rule files')
    return send(terminal, values, '/v1/policy-proposals', { files: readPolicyFolder(folder) })
  },
}

export const policyApprove: Command = {
  name: 'policy approve',
  usage: 'HASH --as PARTY.PERSON [--from MOMENT] [--json] [--lang nl|en]',
  summary: 'approve what another officer proposed; in force at once or from a moment',
  async run(args, terminal) {
    const { values, positionals } = parseArguments(args, { ...OPTIONS, from: { type: 'string' } })
    const path = `/v1/policy-proposals/${parseHash(positionals)}/_approve`
    return send(terminal, values, path, values.from === undefined ? {} : { activeFrom: values.from })
  },
}

export const policyWithdraw: Command = {
  name: 'policy withdraw',
  usage: 'HASH --as PARTY.PERSON [--json] [--lang nl|en]',
  summary: 'take back a proposal that is not in force yet',
  async run(args, terminal) {
    const { values, positionals } = parseArguments(args, OPTIONS)
    return send(terminal, values, `/v1/policy-proposals/${parseHash(positionals)}/_withdraw`)
  },
}

const OPTIONS = { as: { type: 'string' }, json: { type: 'boolean' }, lang: { type: 'string', default: 'nl' } } as const

function parseHash([hash]: readonly string[]): string {
  if (hash === undefined || !/^[0-9a-f]{64}$/.test(hash))
    throw new UsageError('give the hash that `policy propose` printed')
  return hash
}

async function send(
  terminal: Terminal,
  { as: officer, json: isJson, lang }: { readonly as?: string; readonly json?: boolean; readonly lang: string },
  path: string,
  body?: object,
): Promise<ExitCode> {
  if (!officer?.includes('.')) throw new UsageError('say who you are with --as PARTY.PERSON')
  const client = await openClient(terminal, officer)
  const response = await client.request('POST', path, {
    headers: { 'accept-language': lang, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const answer = (await response.json()) as Answer
  if (isJson) terminal.out(JSON.stringify(answer))
  else if (response.ok) terminal.out(`${answer.status} ${answer.sourceHash}`)
  else {
    for (const { file, line, column, message, mend } of answer.faults ?? [])
      terminal.out(`${file}:${line}:${column}: ${message}; ${mend}`)
    terminal.err(`sluis: ${answer.detail}`)
  }
  if (response.ok) return EXIT.done
  return response.status === 422 ? EXIT.invalidPolicy : response.status === 403 ? EXIT.refused : EXIT.failed
}
