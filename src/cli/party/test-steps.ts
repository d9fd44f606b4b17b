import type { Client } from '../../auth/client.ts'
import { SERVER_METADATA_PATH, TOKEN_PATH } from '../../auth/metadata.ts'
import { formatFingerprint } from '../../boot/handover-file.ts'
import { EXPIRES_SOON_DAYS } from '../../boot/party-keys.ts'
import { SluisError } from '../../errors.ts'
import type { LocalisedText } from '../../model/language.ts'
import type { PartyKeySet } from './party-folder.ts'

/** What a step found. `skipped` is no fault: the client was not granted this, or an earlier step failed. */
export interface StepResult {
  readonly status: 'passed' | 'failed' | 'skipped'
  /** What was found, and what to do about it; for `passed` what it shows. */
  readonly says: LocalisedText
}

export type StepName = 'keys' | 'gateway' | 'token' | 'check' | 'submit' | 'inbox'

/** Clocks may differ by ten seconds (`auth/clock-tolerance.ts`); the answer itself takes some time too. */
const MAX_SKEW_SECONDS = 8

const passed = (nl: string, en: string): StepResult => ({ status: 'passed', says: { nl, en } })
const failed = (nl: string, en: string): StepResult => ({ status: 'failed', says: { nl, en } })
const skipped = (nl: string, en: string): StepResult => ({ status: 'skipped', says: { nl, en } })

/** @param mode of the private file @param expires day, when the file states one @param today day, `YYYY-MM-DD` */
export function testKeys(keys: PartyKeySet, mode: number, expires: string | undefined, today: string): StepResult {
  if ((mode & 0o077) !== 0)
    return failed(
      'anderen op deze machine kunnen het private bestand lezen; zet het op 0600, en maak nieuwe sleutels als iemand het kan hebben gelezen',
      'others on this machine can read the private file; set it to 0600, and make new keys if somebody may have read it',
    )
  if (expires !== undefined && expires < today)
    return failed(
      `de sleutels zijn sinds ${expires} verlopen; maak nieuwe met \`sluis party keys\` en geef het openbare bestand aan de beheerder`,
      `the keys expired on ${expires}; make new ones with \`sluis party keys\`, and hand the public file to the operator`,
    )
  const daysLeft = expires === undefined ? undefined : (Date.parse(expires) - Date.parse(today)) / 86_400_000
  const hint = {
    nl: daysLeft !== undefined && daysLeft <= EXPIRES_SOON_DAYS ? `; nog ${daysLeft} dagen geldig, maak nu nieuwe` : '',
    en: daysLeft !== undefined && daysLeft <= EXPIRES_SOON_DAYS ? `; ${daysLeft} days left, make new ones now` : '',
  }
  return keys.encryption.length > 0
    ? passed(
        `een sleutel om te ondertekenen en een om te openen${hint.nl}`,
        `a key to sign with and one to open with${hint.en}`,
      )
    : passed(
        `een sleutel om te ondertekenen, geen om te openen${hint.nl}`,
        `a key to sign with, none to open with${hint.en}`,
      )
}

/** Whether a gateway answers under this address, and whether the clocks agree. @param now POSIX milliseconds */
export async function testGateway(
  issuer: string,
  fetchText: (url: string) => Promise<Response>,
  now: () => number,
): Promise<StepResult> {
  const response = await fetchText(issuer + SERVER_METADATA_PATH).catch(() => undefined)
  if (!response?.ok)
    return failed(
      `op ${issuer} antwoordt geen gateway; controleer het adres (\`SLUIS_ISSUER\`), het netwerk en de proxy`,
      `no gateway answers at ${issuer}; check the address (\`SLUIS_ISSUER\`), the network and the proxy`,
    )
  const { issuer: stated } = Object(await response.json().catch(() => undefined)) as { issuer?: unknown }
  if (stated !== issuer)
    return failed(
      'de gateway noemt zichzelf anders dan dit adres, dus bewijzen zouden niet kloppen; vraag de beheerder om het openbare adres',
      'the gateway calls itself otherwise than this address, so proofs would not fit; ask the operator for the public address',
    )
  const skew = Math.abs(Date.parse(response.headers.get('date') ?? '') - now()) / 1000
  return skew > MAX_SKEW_SECONDS
    ? failed(
        `de klok van deze machine wijkt ${Math.round(skew)} seconden af; zet haar gelijk, anders weigert de gateway elk bewijs`,
        `the clock of this machine is off by ${Math.round(skew)} seconds; set it, or the gateway refuses every proof`,
      )
    : passed('de gateway antwoordt, en de klokken lopen gelijk', 'the gateway answers, and the clocks agree')
}

/** Whether the gateway issues a token for the key. The status of the answer that follows does not count. */
export async function testToken(client: Client, keys: PartyKeySet): Promise<StepResult> {
  try {
    await (await client.request('GET', '/v1/exchanges')).body?.cancel()
    return passed('de gateway kent uw sleutel en geeft een token', 'the gateway knows your key and issues a token')
  } catch (error) {
    if (!(error instanceof SluisError)) throw error
    const print = await formatFingerprint(keys.signing)
    const { nl, en } = error.faults[0]!.detail
    return failed(
      `${TOKEN_PATH}: ${nl}; geef de beheerder uw openbare bestand als dat nog niet gebeurde (\`sluis party add\`), wacht een minuut, en vergelijk de vingerafdruk ${print}`,
      `${TOKEN_PATH}: ${en}; give the operator your public file if you have not yet (\`sluis party add\`), wait a minute, and compare the fingerprint ${print}`,
    )
  }
}

/** A check of words that the gateway itself serves, without anything about a person. It leaves a record of a check. */
export async function testCheck(client: Client, party: string): Promise<StepResult> {
  const vocabulary = (await (await client.request('GET', '/v1/vocabulary')).json()) as Record<string, { id: string }[]>
  const body = {
    recipient: vocabulary.parties?.find(({ id }) => id !== party)?.id,
    purpose: vocabulary.purposes?.[0]?.id,
    dataSubjects: [{ role: vocabulary.roles?.[0]?.id, fields: [vocabulary.fields?.[0]?.id] }],
  }
  const response = await post(client, '/v1/exchanges/_check', body)
  return judge(response, 200, {
    nl: 'een vraag of delen mag krijgt een besluit; er is niets verzonden',
    en: 'a question whether sharing is allowed gets a decision; nothing was sent',
  })
}

/** An empty report: a client that may submit hears what is missing. Nothing is decided, stored or sent. */
export async function testSubmit(client: Client): Promise<StepResult> {
  const response = await post(client, '/v1/exchanges', {}, { 'idempotency-key': crypto.randomUUID() })
  return judge(response, 400, {
    nl: 'u mag melden: een lege melding wordt nagekeken en geweigerd; er is niets opgeslagen',
    en: 'you may submit: an empty report is checked and refused; nothing was stored',
  })
}

/** Lists the inbox. Nothing is fetched, so nothing is recorded as handed over. */
export async function testInbox(client: Client, keys: PartyKeySet): Promise<StepResult> {
  const result = await judge(await client.request('GET', '/v1/deliveries'), 200, {
    nl: 'de postbus is te lezen',
    en: 'the inbox can be read',
  })
  if (result.status !== 'passed' || keys.encryption.length > 0) return result
  return failed(
    'de postbus is te lezen, maar u heeft geen sleutel om een levering te openen (`use` `enc`); maak sleutels met `sluis party keys`',
    'the inbox can be read, but you have no key to open a delivery (`use` `enc`); make keys with `sluis party keys`',
  )
}

const post = (client: Client, path: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
  client.request('POST', path, {
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

async function judge(response: Response, expected: number, says: LocalisedText): Promise<StepResult> {
  const problem = Object(await response.json().catch(() => undefined)) as { type?: unknown }
  if (response.status === expected) return { status: 'passed', says }
  const code = typeof problem.type === 'string' ? problem.type : ''
  if (code === '/problems/scope-insufficient')
    return skipped(
      'dit recht heeft uw partij niet; heeft u het nodig, vraag dan de beheerder om het onder `toegang` in partijen.yaml',
      'your party does not have this right; if you need it, ask the operator for it under `toegang` in partijen.yaml',
    )
  const page = code === '' ? '' : `; ${code}`
  return failed(
    `de gateway antwoordt HTTP ${response.status}${page}; de pagina op dat adres zegt wat u kunt doen`,
    `the gateway answers HTTP ${response.status}${page}; the page at that address says what to do`,
  )
}
