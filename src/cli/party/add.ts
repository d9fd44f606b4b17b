import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { formatFingerprint, type Handover, readHandover } from '../../boot/handover-file.ts'
import { readJwkSet } from '../../boot/json-file.ts'
import { DATA_FILES } from '../../boot/key-files.ts'
import { openPartyKeys } from '../../boot/party-keys.ts'
import { readPolicyFolder } from '../../boot/policy-folder.ts'
import type { Language } from '../../model/language.ts'
import type { PublicJwk } from '../../model/party.ts'
import { findClient } from '../../policy/clients.ts'
import { loadPolicySet } from '../../policy/files/load.ts'
import { legalDate } from '../../policy/legal-date.ts'
import { readFileWithin } from '../../storage/files/read-file-within.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { writeWholeFile } from '../terminal/draft-file.ts'
import { CommandError, UsageError } from '../terminal/failure.ts'
import { DATA_OPTION, JSON_OPTION, LANGUAGE_OPTION, parseLanguage } from '../terminal/options.ts'

const ENDING = '.jwks.json'
/** The most keys that a party may hand over, of the longest kind, have a quarter of it. */
const MAX_HANDOVER_BYTES = 65_536

export const partyAdd = defineCommand({
  name: 'party add',
  summary: {
    nl: 'de openbare sleutels controleren die een partij overhandigde, en ze toevoegen',
    en: 'check the public keys that a party handed over, and add them',
  },
  usage: 'FILE',
  operands: {
    FILE: { nl: 'openbaar bestand dat `sluis party keys` maakte', en: 'public file that `sluis party keys` made' },
  },
  options: {
    replace: {
      type: 'boolean',
      what: {
        nl: 'de sleutels weghalen die de partij had; zonder dit blijven ze naast de nieuwe gelden',
        en: 'take away the keys that the party had; without this they keep counting beside the new ones',
      },
    },
    ...DATA_OPTION,
    ...LANGUAGE_OPTION,
    ...JSON_OPTION,
  },
  exits: {
    failed: {
      nl: 'het bestand past niet, om elke reden die genoemd is; er is niets toegevoegd',
      en: 'the file does not fit, for every reason that is listed; nothing was added',
    },
  },
  examples: ['party add fier.public.json', 'party add fier.public.json --replace --data /var/lib/sluis'],
  async run({ values, positionals, settings }, terminal) {
    const language = parseLanguage(values.lang)
    const [path] = positionals
    if (path === undefined)
      throw new UsageError({
        nl: 'geef het openbare bestand van de partij: `sluis party add FILE`',
        en: 'give the public file of the party: `sluis party add FILE`',
      })
    if (!existsSync(path))
      throw new UsageError({ nl: `${path}: zo’n bestand is er niet`, en: `${path}: there is no such file` })
    const text = readFileWithin(path, MAX_HANDOVER_BYTES)
    if (text === undefined) {
      throw new UsageError({
        nl: `${path}: is groter dan ${MAX_HANDOVER_BYTES} bytes; geef het bestand dat \`sluis party keys\` maakte`,
        en: `${path}: is over ${MAX_HANDOVER_BYTES} bytes; give the file that \`sluis party keys\` made`,
      })
    }
    const reading = await readHandover(text, legalDate(new Date()))
    if (!reading.ok) {
      for (const fault of reading.faults) terminal.err(`${path}: ${fault[language]}`)
      return EXIT.failed
    }
    const { handover } = reading
    const folder = join(values.data ?? settings().dataFolder, DATA_FILES.partyKeys)
    const known = readFolder(folder)
    const keys = await mergeKeys(known, handover, values.replace === true)
    mkdirSync(folder, { recursive: true })
    // Public, and the gateway may run as another user.
    writeWholeFile(join(folder, `${handover.client}${ENDING}`), `${JSON.stringify({ keys }, null, 2)}\n`, 0o644)
    const words = WORDS[language]
    const fingerprints = await Promise.all(handover.keys.map(formatFingerprint))
    if (values.json) terminal.out(JSON.stringify({ client: handover.client, keys: keys.length, fingerprints }))
    else for (const line of words.added(handover, keys.length, fingerprints)) terminal.out(line)
    const doubt = findDoubt(handover, settings().policyFolder, language)
    if (doubt !== undefined) terminal.err(doubt)
    return EXIT.done
  },
})

function readFolder(folder: string): ReadonlyMap<string, readonly PublicJwk[]> {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(ENDING)) : []
  return new Map(names.map((name) => [name.slice(0, -ENDING.length), readJwkSet(join(folder, name))]))
}

/**
 * The keys of the client after the addition, each with its last day. One that is there already is there once, with the new day.
 * @throws Error when another client has one of the keys, or the client another key under the same `kid`
 */
async function mergeKeys(
  known: ReadonlyMap<string, readonly PublicJwk[]>,
  { client, keys, expires }: Handover,
  isReplaced: boolean,
): Promise<readonly PublicJwk[]> {
  const kept = isReplaced ? [] : (known.get(client) ?? [])
  const material = ({ x, n }: PublicJwk) => x ?? n
  for (const key of keys) {
    const same = kept.find(({ kid }) => kid === key.kid)
    if (same && material(same) !== material(key))
      throw new CommandError({
        nl: `de partij of persoon heeft een andere sleutel onder dezelfde \`kid\`; laat de nieuwe sleutel een eigen \`kid\` krijgen`,
        en: `the client has another key under the same \`kid\`; the party gives its new key a \`kid\` of its own`,
      })
  }
  const earlier = kept.filter(({ kid }) => !keys.some((key) => key.kid === kid))
  const merged = [...keys.map((key) => ({ ...key, expires })), ...earlier]
  await openPartyKeys(new Map([...known, [client, merged]]))
  return merged
}

/** A reason why the keys may not work yet: the rule files know no such client, or it receives and has no key to seal to. */
function findDoubt({ client, keys }: Handover, policyFolder: string, language: Language): string | undefined {
  const loaded = existsSync(policyFolder) ? loadPolicySet(readPolicyFolder(policyFolder)) : undefined
  if (!loaded?.ok) return undefined
  const found = findClient(loaded.set.parties, client)
  if (!found) return WORDS[language].unknown(client)
  const receives = found.person === undefined && found.scopes.includes('inbox:read')
  return receives && !keys.some(({ use }) => use === 'enc') ? WORDS[language].noSealing(client) : undefined
}

const WORDS = {
  nl: {
    added: ({ client, expires, keys }: Handover, total: number, fingerprints: readonly string[]) => [
      `toegevoegd: ${keys.length} sleutels van ${client}, geldig tot en met ${expires}; ${client} heeft er nu ${total}`,
      'lees deze vingerafdrukken aan de partij voor, langs een andere weg dan waarlangs het bestand kwam:',
      ...fingerprints.map(
        (print, index) => `  ${keys[index]!.use === 'sig' ? 'ondertekenen' : 'verzegelen  '}  ${print}`,
      ),
      'een gateway die draait neemt ze binnen een minuut over en legt dat vast; de partij controleert het met `sluis party test`',
    ],
    unknown: (client: string) =>
      `let op: de regelbestanden kennen ${client} niet; zet haar in partijen.yaml, anders tellen deze sleutels niet`,
    noSealing: (client: string) =>
      `let op: ${client} mag ontvangen en heeft in dit bestand geen sleutel om voor te verzegelen (\`use\` \`enc\`)`,
  },
  en: {
    added: ({ client, expires, keys }: Handover, total: number, fingerprints: readonly string[]) => [
      `added: ${keys.length} keys of ${client}, valid until ${expires}; ${client} now has ${total}`,
      'read these fingerprints to the party, by another way than the file came:',
      ...fingerprints.map((print, index) => `  ${keys[index]!.use === 'sig' ? 'signing' : 'sealing'}  ${print}`),
      'a running gateway takes them up within a minute and records it; the party checks it with `sluis party test`',
    ],
    unknown: (client: string) =>
      `note: the rule files do not know ${client}; add it to partijen.yaml, or these keys do not count`,
    noSealing: (client: string) => `note: ${client} may receive, and this file has no key to seal to (\`use\` \`enc\`)`,
  },
} as const
