import type { Language, LocalisedText } from '../../model/language.ts'
import { type CommandDescription, EXIT, type Option, type OptionTable } from './command.ts'
import { wrapText } from './wrap.ts'

/** Commands for one kind of user. */
export interface CommandGroup<Described extends CommandDescription = CommandDescription> {
  readonly title: LocalisedText
  readonly commands: readonly Described[]
}

const EXIT_WORDS: Readonly<Record<keyof typeof EXIT, LocalisedText>> = {
  done: { nl: 'gelukt', en: 'done' },
  failed: { nl: 'mislukt', en: 'failed' },
  refused: { nl: 'geweigerd', en: 'refused' },
  invalidPolicy: { nl: 'regelbestand ongeldig', en: 'rule file invalid' },
  verificationFailed: { nl: 'controle mislukt', en: 'verification failed' },
}

const WORDS = {
  nl: {
    about: 'sluis: gateway om gegevens te delen in de keten tegen mensenhandel',
    start: 'begin hier: sluis demo',
    more: 'sluis help COMMAND toont de opties en voorbeelden ervan',
    language: 'sluis --lang en … antwoordt in het Engels',
    otherwise: (value: string) => `(standaard: ${value})`,
    exits: 'exitcodes',
    examples: 'voorbeelden',
    use: 'gebruik',
    options: '[opties]',
  },
  en: {
    about: 'sluis: data-sharing gateway for the chain against human trafficking',
    start: 'start here: sluis demo',
    more: 'sluis help COMMAND shows its options and examples',
    language: 'sluis --lang nl … answers in Dutch',
    otherwise: (value: string) => `(default: ${value})`,
    exits: 'exit codes',
    examples: 'examples',
    use: 'use',
    options: '[options]',
  },
} as const satisfies Record<Language, object>

const EXIT_NAMES = Object.keys(EXIT) as (keyof typeof EXIT)[]

/** `0 done, 1 failed, …` */
export const summariseExits = (language: Language): string =>
  EXIT_NAMES.map((name) => `${EXIT[name]} ${EXIT_WORDS[name][language]}`).join(', ')

/** Every command in one line each, under the people who use it. */
export function formatHelp(groups: readonly CommandGroup[], language: Language): string {
  const words = WORDS[language]
  const width = Math.max(...groups.flatMap(({ commands }) => commands.map(({ name }) => name.length)))
  return [
    words.about,
    '',
    words.start,
    ...groups.flatMap(({ title, commands }) => [
      '',
      `${title[language]}:`,
      ...formatCommandList(commands, language, width),
    ]),
    '',
    words.more,
    words.language,
    `${words.exits}: ${summariseExits(language)}`,
  ].join('\n')
}

/** One line for each command. */
export function formatCommandList(
  commands: readonly CommandDescription[],
  language: Language,
  width = Math.max(...commands.map(({ name }) => name.length)),
): readonly string[] {
  return commands.map(({ name, summary }) => `  sluis ${name.padEnd(width)}  ${summary[language]}`)
}

/** Everything about one command. */
export function formatCommandHelp(command: CommandDescription, language: Language): string {
  const words = WORDS[language]
  const options = describeOptions(command.options, language)
  const rows = [
    ...Object.entries(command.operands ?? {}).map(([name, what]): [string, string] => [name, what[language]]),
    ...options.map(({ name, what, otherwise }): [string, string] => [
      name,
      otherwise === undefined ? what : `${what} ${words.otherwise(otherwise)}`,
    ]),
  ]
  const width = Math.max(0, ...rows.map(([name]) => name.length))
  return [
    command.summary[language],
    '',
    formatUse(command, language),
    ...(rows.length === 0 ? [] : ['', ...rows.flatMap(([name, what]) => wrapText(what, `  ${name.padEnd(width)}  `))]),
    '',
    `${words.exits}:`,
    ...describeExits(command, language).map(({ code, meaning }) => `  ${code}  ${meaning}`),
    '',
    `${words.examples}:`,
    ...command.examples.map((line) => `  sluis ${line}`),
  ].join('\n')
}

/** The line that a wrong command line is answered with. */
export const formatUse = (command: CommandDescription, language: Language): string =>
  `${WORDS[language].use}: ${formatUsage(command, language)}`

/** How a command is called; options that `usage` does not name are `[options]`. */
export function formatUsage({ name, usage, options }: CommandDescription, language: Language): string {
  const isAnyLeft = Object.keys(options).some((option) => !usageNames(usage, option))
  return ['sluis', name, usage, isAnyLeft ? WORDS[language].options : ''].filter((part) => part !== '').join(' ')
}

/** Whether a usage line names an option. */
export const usageNames = (usage: string, option: string): boolean =>
  new RegExp(`(^|[^\\w-])--${option}(?![\\w-])`).test(usage)

export interface DescribedOption {
  /** With its value: `--log-key KEY|FILE…`. */
  readonly name: string
  readonly what: string
  /** What applies without it. */
  readonly otherwise?: string
}

export const describeOptions = (options: OptionTable, language: Language): readonly DescribedOption[] =>
  Object.entries(options).map(([name, option]) => {
    const otherwise = otherwiseOf(option, language)
    return {
      name: `--${name}${option.value === undefined ? '' : ` ${option.value}`}${option.multiple ? '…' : ''}`,
      what: option.what[language],
      ...(otherwise !== undefined && { otherwise }),
    }
  })

const otherwiseOf = ({ default: value, otherwise }: Option, language: Language): string | undefined =>
  (typeof otherwise === 'object' ? otherwise[language] : otherwise) ?? (typeof value === 'string' ? value : undefined)

/** The exit codes that a command can give, with what each means for it. */
export const describeExits = (
  { exits = {} }: CommandDescription,
  language: Language,
): readonly { code: number; meaning: string }[] =>
  EXIT_NAMES.filter((name) => name in exits || EXIT[name] <= EXIT.failed).map((name) => ({
    code: EXIT[name],
    meaning: (exits[name] ?? EXIT_WORDS[name])[language],
  }))
