import type { CommandDescription } from './command.ts'
import { type CommandGroup, describeExits, describeOptions, formatUsage, summariseExits } from './help.ts'

/**
 * The page `docs/commands.md`: every command, from the same descriptions as the help.
 * @param notice comment under the title that says how the page is made
 */
export function formatCommandReference(groups: readonly CommandGroup[], notice: string): string {
  return `${[
    '# Commands',
    '',
    notice,
    '',
    '`npx sluis help` lists all commands, and `npx sluis help COMMAND` shows one of them. In a usage line `[…]` may be left out, `A|B` is a choice, and `…` after a word means that it may be repeated.',
    '',
    `Results go to standard output, everything else to standard error; anything that takes longer than a second shows its progress on a terminal. The output is in English. With \`--lang nl\`, also before the command, help and errors are in Dutch, and so are the results of every command that lists \`--lang\`. Settings are environment variables ([operating.md](operating.md)). Exit codes: ${summariseExits('en')}. Code from \`src/cli/\`.`,
    '',
    ...groups.flatMap(({ title, commands }) => [
      `- ${title.en}: ${commands.map(({ name }) => `[${name}](#${anchorOf(name)})`).join(', ')}`,
    ]),
    ...groups.flatMap(({ title, commands }) => ['', `## ${title.en}`, ...commands.flatMap(formatCommand)]),
  ].join('\n')}\n`
}

/** The anchor that GitHub and GitLab give to the heading of a command. */
const anchorOf = (name: string): string => `sluis-${name.replaceAll(' ', '-')}`

function formatCommand(command: CommandDescription): readonly string[] {
  const { name, summary, operands = {}, options, examples } = command
  const rows = [
    ...Object.entries(operands).map(([operand, what]) => ({ name: operand, what: what.en, otherwise: undefined })),
    ...describeOptions(options, 'en'),
  ]
  return [
    '',
    `### sluis ${name}`,
    '',
    `${summary.en[0]!.toUpperCase()}${summary.en.slice(1)}.`,
    '',
    '```',
    formatUsage(command, 'en'),
    '```',
    ...(rows.length === 0
      ? []
      : [
          '',
          '| | | default |',
          '|---|---|---|',
          ...rows.map(
            ({ name, what, otherwise = '' }) =>
              `| \`${escapeCell(name)}\` | ${escapeCell(what)} | ${escapeCell(otherwise)} |`,
          ),
        ]),
    '',
    'Exit codes:',
    '',
    ...describeExits(command, 'en').map(({ code, meaning }) => `- ${code}: ${meaning}`),
    '',
    '```',
    ...examples.map((line) => `sluis ${line}`),
    '```',
  ]
}

const escapeCell = (text: string): string => text.replaceAll('|', '\\|')
