import { type CommandDescription, EXIT, type Option, type OptionTable } from './command.ts'
import { wrapText } from './wrap.ts'

/** Commands for one kind of user. */
export interface CommandGroup<Described extends CommandDescription = CommandDescription> {
  readonly title: string
  readonly commands: readonly Described[]
}

const EXIT_WORDS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: 'done',
  failed: 'failed',
  refused: 'refused',
  invalidPolicy: 'rule file invalid',
  verificationFailed: 'verification failed',
}
const EXIT_NAMES = Object.keys(EXIT) as (keyof typeof EXIT)[]

/** `0 done, 1 failed, …` */
export const EXIT_SUMMARY = EXIT_NAMES.map((name) => `${EXIT[name]} ${EXIT_WORDS[name]}`).join(', ')

/** Every command in one line each, under the people who use it. */
export function formatHelp(groups: readonly CommandGroup[]): string {
  const width = Math.max(...groups.flatMap(({ commands }) => commands.map(({ name }) => name.length)))
  return [
    'sluis: data-sharing gateway for the chain against human trafficking',
    '',
    'start here: sluis demo',
    ...groups.flatMap(({ title, commands }) => ['', `${title}:`, ...formatCommandList(commands, width)]),
    '',
    'sluis help COMMAND shows its options and examples',
    `exit codes: ${EXIT_SUMMARY}`,
  ].join('\n')
}

/** One line for each command. */
export function formatCommandList(
  commands: readonly CommandDescription[],
  width = Math.max(...commands.map(({ name }) => name.length)),
): readonly string[] {
  return commands.map(({ name, summary }) => `  sluis ${name.padEnd(width)}  ${summary}`)
}

/** Everything about one command. */
export function formatCommandHelp(command: CommandDescription): string {
  const options = describeOptions(command.options)
  const rows = [
    ...Object.entries(command.operands ?? {}),
    ...options.map(({ name, what, otherwise }): [string, string] => [
      name,
      otherwise === undefined ? what : `${what} (default: ${otherwise})`,
    ]),
  ]
  const width = Math.max(0, ...rows.map(([name]) => name.length))
  return [
    command.summary,
    '',
    formatUse(command),
    ...(rows.length === 0 ? [] : ['', ...rows.flatMap(([name, what]) => wrapText(what, `  ${name.padEnd(width)}  `))]),
    '',
    'exit codes:',
    ...describeExits(command).map(({ code, meaning }) => `  ${code}  ${meaning}`),
    '',
    'examples:',
    ...command.examples.map((line) => `  sluis ${line}`),
  ].join('\n')
}

/** The line that a wrong command line is answered with. */
export const formatUse = (command: CommandDescription): string => `use: ${formatUsage(command)}`

/** How a command is called; options that `usage` does not name are `[options]`. */
export function formatUsage({ name, usage, options }: CommandDescription): string {
  const isAnyLeft = Object.keys(options).some((option) => !usageNames(usage, option))
  return ['sluis', name, usage, isAnyLeft ? '[options]' : ''].filter((part) => part !== '').join(' ')
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

export const describeOptions = (options: OptionTable): readonly DescribedOption[] =>
  Object.entries(options).map(([name, option]) => {
    const otherwise = otherwiseOf(option)
    return {
      name: `--${name}${option.value === undefined ? '' : ` ${option.value}`}${option.multiple ? '…' : ''}`,
      what: option.what,
      ...(otherwise !== undefined && { otherwise }),
    }
  })

const otherwiseOf = ({ default: value, otherwise }: Option): string | undefined =>
  otherwise ?? (typeof value === 'string' ? value : undefined)

/** The exit codes that a command can give, with what each means for it. */
export const describeExits = ({ exits = {} }: CommandDescription): readonly { code: number; meaning: string }[] =>
  EXIT_NAMES.filter((name) => name in exits || EXIT[name] <= EXIT.failed).map((name) => ({
    code: EXIT[name],
    meaning: exits[name] ?? EXIT_WORDS[name],
  }))
