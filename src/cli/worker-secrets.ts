import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSignInSettings } from '../boot/console/sign-in-file.ts'
import { readJsonFile, readJwkSet } from '../boot/json-file.ts'
import { DATA_FILES, openGatewayKeys } from '../boot/key-files.ts'
import { requirePublicAddress } from '../boot/public-address.ts'
import type { Settings } from '../boot/settings.ts'
import { readWitnessPolicy } from '../boot/witness-policy-file.ts'
import type { WORKER_SETTINGS } from '../boot/worker-settings.ts'
import type { PublicJwk } from '../model/party.ts'
import { DEMO_PARTIES, DEMO_PEOPLE } from './party/demo-parties.ts'
import { ensurePartyKeys } from './party/party-folder.ts'
import { defineCommand, EXIT } from './terminal/command.ts'
import { writeWholeFile } from './terminal/draft-file.ts'
import { CommandError, UsageError } from './terminal/failure.ts'
import { JSON_OPTION } from './terminal/options.ts'

/** The platform accepts 5 KB a value; more parties go into further values. */
const MAX_VALUE_LENGTH = 5000

export const workerSecrets = defineCommand({
  name: 'worker secrets',
  summary: {
    nl: 'de geheimen van de Worker naar één bestand schrijven; maakt de sleutels als ze ontbreken',
    en: 'write the secrets of the Worker to one file; makes its keys when absent',
  },
  usage: '',
  options: {
    keys: {
      type: 'string',
      value: 'FOLDER',
      default: 'var/demo/worker',
      what: { nl: 'map met de sleutels van de Worker', en: 'folder of the keys of the Worker' },
    },
    to: {
      type: 'string',
      value: 'FILE',
      default: '.dev.vars',
      what: { nl: 'het bestand om te schrijven', en: 'the file to write' },
    },
    ...JSON_OPTION,
  },
  examples: ['worker secrets', 'worker secrets --keys var/worker --to .dev.vars'],
  async run({ values, settings }, terminal) {
    // One log key for two stores would sign two different trees of one size, and an auditor could trust neither.
    if (existsSync(join(values.keys, DATA_FILES.database))) {
      throw new UsageError({
        nl: `${values.keys} heeft de database van een gateway op Node; geef de Worker eigen sleutels met --keys FOLDER`,
        en: `${values.keys} holds the database of a gateway on Node; give the Worker its own keys with --keys FOLDER`,
      })
    }
    const given = settings()
    requirePublicAddress(given)
    const { issuer, partyFolder, witnessPolicy, signIn } = given
    const witnesses = witnessPolicy === undefined ? {} : { WITNESS_POLICY: readWitnessPolicyLines(witnessPolicy) }
    const people = signIn === undefined ? {} : { SIGN_IN: readSignIn(signIn, given.mode) }
    const publicFolder = join(values.keys, DATA_FILES.partyKeys)
    if (!existsSync(publicFolder))
      for (const party of [...DEMO_PARTIES, ...DEMO_PEOPLE]) await ensurePartyKeys(partyFolder, publicFolder, party)
    await openGatewayKeys({
      folder: values.keys,
      issuer,
      clock: () => new Date(),
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    })
    writeWholeFile(values.to, formatVariables({ ...readSecrets(values.keys, issuer), ...witnesses, ...people }))
    terminal.out(values.json ? JSON.stringify({ file: values.to }) : values.to)
    return EXIT.done
  },
})

type SettingName = keyof typeof WORKER_SETTINGS

/** Values of the settings, each without a line break. */
function readSecrets(folder: string, issuer: string): Record<SettingName, string> {
  const read = (name: keyof typeof DATA_FILES) => readFileSync(join(folder, DATA_FILES[name]), 'utf8').trim()
  const { PARTY_KEYS, ...continued } = divideKeySets(join(folder, DATA_FILES.partyKeys))
  return {
    ISSUER: issuer,
    KEYRING: JSON.stringify(JSON.parse(read('keyring'))),
    LOG_KEY: read('logKey'),
    TOKEN_KEY: read('tokenKey'),
    PARTY_KEYS: PARTY_KEYS ?? '{}',
    ...continued,
  }
}

/** The text of a witness policy without its comments. @throws WitnessPolicyFaultsError, or Error when it contains a quote */
function readWitnessPolicyLines(path: string): string {
  readWitnessPolicy(path)
  const lines = readFileSync(path, 'utf8').split('\n')
  const text = lines.filter((line) => !/^[ \t]*(#|$)/.test(line)).join('\n')
  if (text.includes("'"))
    throw new CommandError({
      nl: `getuigenbeleid: \`${path}\` heeft een apostrof in een naam; kies een andere naam`,
      en: `witness policy: \`${path}\` has an apostrophe in a name; choose another name`,
    })
  return text
}

/** The text of the settings to sign in, on one line. @throws Error that lists every fault, or that the text is too long */
function readSignIn(path: string, mode: Settings['mode']): string {
  readSignInSettings({ signIn: path, mode })
  const text = JSON.stringify(readJsonFile(path)).replaceAll("'", '\\u0027')
  if (text.length <= MAX_VALUE_LENGTH) return text
  throw new CommandError({
    nl: `\`${path}\` is langer dan de ${MAX_VALUE_LENGTH} tekens die een geheim van het platform mag hebben; laat er aanbieders uit`,
    en: `\`${path}\` is longer than the ${MAX_VALUE_LENGTH} characters that a secret of the platform may have; leave out providers`,
  })
}

/** The public keys of the parties as JSON, divided over as many settings as needed. */
function divideKeySets(folder: string): Record<string, string> {
  const parts: Record<string, readonly PublicJwk[]>[] = [{}]
  for (const name of readdirSync(folder)
    .filter((name) => name.endsWith('.jwks.json'))
    .sort()) {
    const entry = { [name.slice(0, -'.jwks.json'.length)]: readJwkSet(join(folder, name)) }
    const enlarged = { ...parts.at(-1), ...entry }
    if (JSON.stringify(enlarged).length > MAX_VALUE_LENGTH) parts.push(entry)
    else parts[parts.length - 1] = enlarged
  }
  return Object.fromEntries(
    parts.map((part, index) => [index === 0 ? 'PARTY_KEYS' : `PARTY_KEYS_${index + 1}`, JSON.stringify(part)]),
  )
}

// A dotenv file takes text between single quotes literally; JSON and base64 contain none.
const formatVariables = (secrets: Record<string, string>): string =>
  Object.entries(secrets)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join('')
