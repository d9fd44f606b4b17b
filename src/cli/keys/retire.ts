import { readKeyring } from '../../boot/key-files.ts'
import type { Language } from '../../model/language.ts'
import { ROTATIONS, retireEpoch } from '../../pseudonym/key-rotation.ts'
import type { ServedUse } from '../../pseudonym/keyring.ts'
import type { OpenStore } from '../../storage/better-sqlite.ts'
import { changeKeyringFile } from '../../storage/files/keyring-file.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { CommandError, UsageError } from '../terminal/failure.ts'
import { DATA_OPTION, JSON_OPTION, LANGUAGE_OPTION, parseLanguage } from '../terminal/options.ts'
import {
  findKeys,
  keyringPath,
  noteKeyCommand,
  openStore,
  recordIfIdle,
  takeCommands,
  verifyOwner,
} from './key-folder.ts'
import { KEY_WORDS, nameUses } from './key-words.ts'
import { parseRotation } from './parse-rotation.ts'

export const keysRetire = defineCommand({
  name: 'keys retire',
  summary: {
    nl: 'een oude epoch niet meer gebruiken; na het laatste gebruik wordt het geheim vernietigd',
    en: 'stop using an old epoch, for one use or for all; after its last use its secret is destroyed',
  },
  usage: 'EPOCH',
  operands: {
    EPOCH: {
      nl: 'nummer van de epoch; `sluis keys list` toont ze',
      en: 'number of the epoch; `sluis keys list` shows them',
    },
  },
  options: {
    use: {
      type: 'string',
      value: 'match|pseudonym|lookup',
      what: { nl: 'alleen voor dit gebruik buiten gebruik stellen', en: 'retire it for this use only' },
      otherwise: { nl: 'elk gebruik', en: 'all uses' },
    },
    yes: {
      type: 'boolean',
      what: {
        nl: 'doe het; zonder dit staan alleen de gevolgen er en verandert er niets',
        en: 'do it; without this the consequences are listed and nothing changes',
      },
    },
    ...DATA_OPTION,
    ...LANGUAGE_OPTION,
    ...JSON_OPTION,
  },
  examples: ['keys retire 1', 'keys retire 1 --use match --yes'],
  async run({ values, positionals, settings }, terminal) {
    const language = parseLanguage(values.lang)
    const words = KEY_WORDS[language].retire
    const epoch = parseEpoch(positionals[0])
    const use =
      values.use === undefined
        ? undefined
        : ROTATIONS[parseRotation(values.use, { nl: '--use is een van', en: '--use is one of' })]
    const keys = findKeys(settings(), values.data)
    const path = keyringPath(keys)
    verifyOwner(keys)
    // Holding the store excludes a running gateway, which would keep using a key that its next start cannot find.
    const open = await openStore(keys, terminal)
    try {
      const { retired, material } = retireEpoch(readKeyring(keys), epoch, use)
      if (open && retired.includes('pseudonym')) await verifyUnused(open, epoch)
      const isLast = material.epochs.some((entry) => entry.epoch === epoch && entry.uses.length === 0)
      for (const line of formatConsequences(epoch, retired, isLast, language)) terminal.err(line)
      if (!open) terminal.err(`  ${words.noDatabase}`)
      if (!values.yes) {
        terminal.err(words.unchanged)
        return EXIT.failed
      }
      changeKeyringFile(path, (held) => {
        const change = retireEpoch(held, epoch, retired)
        noteKeyCommand(keys, 'retire', { epoch, uses: retired })
        return change.material
      })
      if (open) await takeCommands(keys, open)
      if (values.json) terminal.out(JSON.stringify({ epoch, uses: retired }))
      else terminal.out(words.done(epoch, nameUses(retired, language)))
    } finally {
      open?.close()
    }
    if (!open) await recordIfIdle(keys, terminal, language)
    return EXIT.done
  },
})

function parseEpoch(text: string | undefined): number {
  if (text === undefined || !/^[1-9]\d{0,8}$/.test(text)) {
    throw new UsageError({
      nl: 'geef het nummer van de epoch; `sluis keys list` toont ze',
      en: 'give the number of the epoch; `sluis keys list` shows them',
    })
  }
  return Number(text)
}

/** @throws Error when a domain still has pseudonyms of the epoch, which could then be neither used nor renewed */
async function verifyUnused({ store }: OpenStore, epoch: number): Promise<void> {
  const using = (await store.listDomains()).filter(({ pseudonymEpoch }) => pseudonymEpoch === epoch)
  if (using.length === 0) return
  throw new CommandError({
    nl: `epoch ${epoch}: de pseudoniemen van ${using.map(({ domain }) => domain).join(', ')} horen er nog bij; start de gateway een keer, zodat hij ze vernieuwt, of stel de epoch alleen voor ander gebruik buiten gebruik`,
    en: `epoch ${epoch}: the pseudonyms of ${using.map(({ domain }) => domain).join(', ')} still belong to it; start the gateway once, so that it renews them, or retire the epoch for other uses only`,
  })
}

function formatConsequences(
  epoch: number,
  retired: readonly ServedUse[],
  isLast: boolean,
  language: Language,
): readonly string[] {
  const { uses, retire } = KEY_WORDS[language]
  return [
    retire.final(epoch),
    ...retired.map((use) => `  ${uses[use]}: ${retire.consequences[use]}`),
    ...(isLast ? [`  ${retire.destroyed}`] : []),
  ]
}
