import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { formatPublicJwk, generateSigningKey } from '../../auth/keys.ts'
import { formatFingerprint, formatHandover } from '../../boot/handover-file.ts'
import { generateEncryptionKey } from '../../delivery/keys.ts'
import { daysAfter, isCalendarDate } from '../../encoding/calendar-date.ts'
import { legalDate } from '../../policy/legal-date.ts'
import { createPrivateFile } from '../../storage/files/private-file.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { writeWholeFile } from '../terminal/draft-file.ts'
import { UsageError } from '../terminal/failure.ts'
import { JSON_OPTION, LANGUAGE_OPTION, parseLanguage } from '../terminal/options.ts'
import { keyPath } from './party-folder.ts'

/** Longer than anybody remembers where a private key was copied to. */
const MAX_DAYS = 732

export const partyKeys = defineCommand({
  name: 'party keys',
  summary: {
    nl: 'uw sleutels maken: een privébestand om te houden, en een openbaar bestand voor de beheerder',
    en: 'make your keys: a private file to keep, and a public file for the operator',
  },
  usage: 'PARTY',
  operands: {
    PARTY: {
      nl: 'naam in partijen.yaml: `fier`, of `fier.teamleider-1` voor een persoon',
      en: 'identifier in partijen.yaml: `fier`, or `fier.teamleider-1` for a person',
    },
  },
  options: {
    to: {
      type: 'string',
      value: 'FOLDER',
      what: { nl: 'waar beide bestanden heen gaan', en: 'where to put both files' },
      otherwise: 'SLUIS_PARTIES',
    },
    alg: {
      type: 'string',
      value: 'EdDSA|ES256',
      default: 'EdDSA',
      what: {
        nl: 'algoritme om mee te ondertekenen: EdDSA (Ed25519), of ES256 (P-256) als uw software of hardware niets anders kan',
        en: 'algorithm to sign with: EdDSA (Ed25519), or ES256 (P-256) when your software or hardware has no other',
      },
    },
    expires: {
      type: 'string',
      value: 'YYYY-MM-DD',
      what: { nl: 'laatste dag van gebruik, binnen twee jaar', en: 'last day of use, within two years' },
      otherwise: { nl: 'over een jaar', en: 'in a year' },
    },
    ...LANGUAGE_OPTION,
    ...JSON_OPTION,
  },
  examples: ['party keys fier --to var/fier', 'party keys politie.teamleider-1 --alg ES256 --to var/politie'],
  async run({ values, positionals, settings }, terminal) {
    const language = parseLanguage(values.lang)
    const [party] = positionals
    const { alg } = values
    if (party === undefined)
      throw new UsageError({
        nl: 'geef de partij: `sluis party keys PARTY`',
        en: 'give the party: `sluis party keys PARTY`',
      })
    if (alg !== 'EdDSA' && alg !== 'ES256')
      throw new UsageError({ nl: '--alg is EdDSA of ES256', en: '--alg is EdDSA or ES256' })
    const expires = parseExpiry(values.expires, Date.now())
    const privatePath = keyPath(values.to ?? settings().partyFolder, party)
    const publicPath = privatePath.replace(/\.jwks\.json$/, '.public.json')
    if (existsSync(privatePath))
      throw new UsageError({
        nl: `${privatePath} bestaat en is met rust gelaten; geef voor nieuwe sleutels een andere map met --to`,
        en: `${privatePath} exists and was left alone; give another folder with --to for new keys`,
      })
    mkdirSync(dirname(join(privatePath)), { recursive: true, mode: 0o700 })
    const signing = await generateSigningKey(alg)
    // A person signs only: deliveries are for the party.
    const sealing = party.includes('.') ? [] : [await generateEncryptionKey()]
    const pairs = [signing, ...sealing]
    const privateKeys = pairs.map(({ privateJwk }) => privateJwk)
    const text = `${JSON.stringify({ client: party, expires, keys: privateKeys }, null, 2)}\n`
    createPrivateFile(privatePath, text, (length) => crypto.getRandomValues(new Uint8Array(length)))
    const keys = privateKeys.map(formatPublicJwk)
    writeWholeFile(publicPath, formatHandover({ client: party, expires, keys }), 0o644)
    const described = await Promise.all(
      keys.map(async (key) => ({
        kid: key.kid,
        use: key.use,
        alg: key.alg!,
        fingerprint: await formatFingerprint(key),
      })),
    )
    if (values.json)
      terminal.out(JSON.stringify({ private: privatePath, public: publicPath, expires, keys: described }))
    else for (const line of WORDS[language](privatePath, publicPath, expires, described)) terminal.out(line)
    return EXIT.done
  },
})

/** @param now POSIX milliseconds @throws UsageError for no date, one that has passed, and one that is too far away */
function parseExpiry(text: string | undefined, now: number): string {
  const day = (days: number) => daysAfter(legalDate(new Date(now)), days)
  if (text === undefined) return day(365)
  if (!isCalendarDate(text) || text <= day(0) || text > day(MAX_DAYS))
    throw new UsageError({
      nl: '--expires is een datum na vandaag en binnen twee jaar, als JJJJ-MM-DD',
      en: '--expires is a date after today and within two years, as YYYY-MM-DD',
    })
  return text
}

interface Described {
  readonly kid: string
  readonly use: string
  readonly alg: string
  readonly fingerprint: string
}

type Lines = (privatePath: string, publicPath: string, expires: string, keys: readonly Described[]) => readonly string[]

const WORDS: Readonly<Record<'nl' | 'en', Lines>> = {
  nl: (privatePath, publicPath, expires, keys) => [
    `privé:    ${privatePath}`,
    '          blijft bij u; alleen u kunt het lezen (0600). Stuur het nooit iemand, ook de beheerder niet.',
    `openbaar: ${publicPath}`,
    '          geef dit aan de beheerder van de gateway, die het toevoegt met `sluis party add`.',
    `          Lees elkaar daarna de vingerafdruk voor, langs een andere weg dan waarlangs het bestand kwam:`,
    ...keys.map(
      ({ use, alg, fingerprint }) =>
        `          ${use === 'sig' ? 'ondertekenen' : 'verzegelen  '} (${alg})  ${fingerprint}`,
    ),
    `geldig tot en met ${expires}; maak vóór die dag nieuwe in een andere map, en geef weer het openbare bestand`,
    'de `kid` van elke sleutel is zijn vingerafdruk (RFC 7638), zodat geen twee sleutels dezelfde naam hebben',
    'controleer daarna alles met `sluis party test`',
  ],
  en: (privatePath, publicPath, expires, keys) => [
    `private: ${privatePath}`,
    '         stays with you; only you can read it (0600). Never send it to anybody, not to the operator either.',
    `public:  ${publicPath}`,
    '         give this to the operator of the gateway, who adds it with `sluis party add`.',
    '         Then read each other the fingerprint, by another way than the file came:',
    ...keys.map(
      ({ use, alg, fingerprint }) => `         ${use === 'sig' ? 'signing' : 'sealing'} (${alg})  ${fingerprint}`,
    ),
    `valid until ${expires}; make new ones in another folder before that day, and hand over the public file again`,
    'the `kid` of each key is its thumbprint (RFC 7638), so that no two keys have one name',
    'then check everything with `sluis party test`',
  ],
}
