import type { Page } from 'playwright-core'
import type { Client } from '../../../../src/auth/client.ts'
import { reportWithoutConsent, shelterReport } from '../../../../src/cli/demo/reports.ts'
import type { Json } from '../../../../src/encoding/json.ts'
import { policeReport } from '../../../exchange/reports.ts'
import { post, submit } from '../../../http/duty-gateway.ts'
import { type InboxWorld, startInboxWorld } from '../../inbox-world.ts'
import { CONSENT } from '../../report-answers.ts'

/** Ids of exchanges of the shelter, each in another state. */
export interface Exchanges {
  readonly shared: string
  readonly refused: string
  readonly recalled: string
  /** An answer to an identity question, which waits for two people of the shelter. */
  readonly held: string
  /** Another one, which a second person stopped. */
  readonly stopped: string
  /** The identity question itself. */
  readonly question: string
}

export interface ExchangeWorld extends InboxWorld {
  readonly exchanges: Exchanges
}

const KEY = () => ({ 'idempotency-key': crypto.randomUUID() })
const idOf = async (answer: Promise<Response>) => ((await (await answer).json()) as { id: string }).id

/** A gateway with a console on which something happened already. */
export async function startExchangeWorld(settings: Readonly<Record<string, string>> = {}): Promise<ExchangeWorld> {
  const world = await startInboxWorld(settings)
  const shelter = await world.connect('fier')
  const shared = await idOf(submit(shelter, shelterReport))
  const recalled = await idOf(submit(shelter, shelterReport))
  await post(shelter, `/v1/exchanges/${recalled}/_recall`, { ground: 'onjuist' }, {})
  const refused = await idOf(submit(shelter, reportWithoutConsent))
  const comensha = await world.connect('comensha')
  const { question, held } = await holdAnswer(shelter, comensha, shared)
  const { held: stopped } = await holdAnswer(shelter, comensha, shared)
  await (await world.browseAs('fier.teamleider-1')).send(`/approvals/${stopped}`, { go: 'refuse' })
  await world.report('politie', policeReport())
  await world.report('politie', policeReport({ nationaliteit: 'GH' }))
  return { ...world, exchanges: { shared, refused, recalled, held, stopped, question } }
}

/** CoMensha asks who somebody in an exchange is, and the shelter answers. */
export async function holdAnswer(
  shelter: Client,
  comensha: Client,
  received: string,
): Promise<Pick<Exchanges, 'question' | 'held'>> {
  const asked: Json = {
    dataSubject: 0,
    purpose: 'navraag-identiteit',
    legalBasis: 'identiteitsvraag',
    circumstances: {
      toestemming: false,
      'toestemming-wettelijk-vertegenwoordiger': false,
      'afkomstig-van-opsporingsdienst': false,
    },
    assessments: [{ word: 'afweging-gerechtvaardigd-belang', by: 'coördinator', on: '2026-11-24' }],
    fields: ['voornaam'],
  }
  const question = await idOf(post(comensha, `/v1/exchanges/${received}/_ask`, asked, KEY()))
  const circumstances = Object.fromEntries(Object.entries(CONSENT).map(([word, reply]) => [word, reply === 'yes']))
  const held = await idOf(
    submit(shelter, {
      recipient: 'comensha',
      purpose: 'identiteit-na-navraag',
      legalBasis: 'identiteitsvraag',
      kind: 'antwoord',
      inReplyTo: question,
      dataSubjects: [{ role: 'slachtoffer', circumstances, assessments: [], data: { voornaam: 'Mila' } }],
    }),
  )
  return { question, held }
}

/** Sends the form of a page by its main button. */
export const goOn = (page: Page) => page.click('main form button.primary:visible')
