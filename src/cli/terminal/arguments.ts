import { type ParseArgsConfig, parseArgs } from 'node:util'
import { findNearestWord } from '../../encoding/nearest-word.ts'
import { UsageError } from './failure.ts'

type OptionsConfig = NonNullable<ParseArgsConfig['options']>

/** Options and operands of a command. @throws UsageError that names the wrong option, and the nearest right one */
export function parseArguments<Options extends OptionsConfig>(
  args: readonly string[],
  { name, options }: { readonly name: string; readonly options: Options },
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(describeFault(error, name, options))
  }
}

// The option in the message of `parseArgs`: Unknown option '--fast', Option '--as <value>' argument missing.
const OPTION_IN_MESSAGE = /[oO]ption '(?:-\w, )?(-[^ '=]+)/

function describeFault(error: unknown, command: string, options: OptionsConfig): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  const option = OPTION_IN_MESSAGE.exec(String(message))?.[1]
  if (option === undefined) return `the options do not fit; see \`sluis help ${command}\``
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const nearest = findNearestWord(option.replace(/^-+/, ''), Object.keys(options))
    const mend = nearest === undefined ? `see \`sluis help ${command}\`` : `did you mean \`--${nearest}\`?`
    return `${option} is not an option of \`sluis ${command}\`; ${mend}`
  }
  return options[option.slice(2)]?.type === 'boolean'
    ? `${option} takes no value; give it alone`
    : `${option} needs a value; give it as ${option}=VALUE when it starts with a hyphen`
}
