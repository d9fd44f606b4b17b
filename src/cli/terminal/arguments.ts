import { type ParseArgsConfig, parseArgs } from 'node:util'
import { findNearestWord } from '../../encoding/nearest-word.ts'
import type { LocalisedText } from '../../model/language.ts'
import { UsageError } from './failure.ts'

type OptionsConfig = NonNullable<ParseArgsConfig['options']>

/**
 * Options and operands of a command.
 * @throws UsageError that names the wrong option, and the nearest right one; also for a value given twice, of which one would not count
 */
export function parseArguments<Options extends OptionsConfig>(
  args: readonly string[],
  { name, options }: { readonly name: string; readonly options: Options },
) {
  const parsed = parse(args, name, options)
  const given = new Set<string>()
  for (const token of parsed.tokens) {
    if (token.kind !== 'option' || token.value === undefined || options[token.name]?.multiple) continue
    if (given.has(token.name))
      throw new UsageError({ nl: `geef --${token.name} één keer`, en: `give --${token.name} once` })
    given.add(token.name)
  }
  return parsed
}

function parse<Options extends OptionsConfig>(args: readonly string[], name: string, options: Options) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true, tokens: true })
  } catch (error) {
    throw new UsageError(describeFault(error, name, options))
  }
}

// The option in the message of `parseArgs`: Unknown option '--fast', Option '--as <value>' argument missing.
const OPTION_IN_MESSAGE = /[oO]ption '(?:-\w, )?(-[^ '=]+)/

function describeFault(error: unknown, command: string, options: OptionsConfig): LocalisedText {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  const option = OPTION_IN_MESSAGE.exec(String(message))?.[1]
  const see = { nl: `zie \`sluis help ${command}\``, en: `see \`sluis help ${command}\`` }
  if (option === undefined) return { nl: `de opties passen niet; ${see.nl}`, en: `the options do not fit; ${see.en}` }
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const nearest = findNearestWord(option.replace(/^-+/, ''), Object.keys(options))
    const mend =
      nearest === undefined ? see : { nl: `bedoelde u \`--${nearest}\`?`, en: `did you mean \`--${nearest}\`?` }
    return {
      nl: `${option} is geen optie van \`sluis ${command}\`; ${mend.nl}`,
      en: `${option} is not an option of \`sluis ${command}\`; ${mend.en}`,
    }
  }
  return options[option.slice(2)]?.type === 'boolean'
    ? { nl: `${option} heeft geen waarde; geef het alleen`, en: `${option} takes no value; give it alone` }
    : {
        nl: `${option} heeft een waarde nodig; schrijf ${option}=VALUE als die met een streepje begint`,
        en: `${option} needs a value; give it as ${option}=VALUE when it starts with a hyphen`,
      }
}
