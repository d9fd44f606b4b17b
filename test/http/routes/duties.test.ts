import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pullDeliveries } from '../../../src/cli/party/deliveries.ts'
import { sweep } from '../../../src/exchange/upkeep/sweep.ts'
import { report } from '../../exchange/duty-set.ts'
import { type DutyGateway, post, readAs, readProblem, startDutyGateway, submit } from '../duty-gateway.ts'

describe('what the gateway does beside exchanging', () => {
  let gateway: DutyGateway
  beforeAll(async () => {
    gateway = await startDutyGateway()
  })
  afterAll(() => gateway?.stop())

  test('a delivery whose retention is over is listed, answers 410, and does not stop a pull', async () => {
    const [police, comensha] = await Promise.all([gateway.connect('politie'), gateway.connect('comensha')])
    const list = async () =>
      (await readAs('DeliveryPage', 200, await comensha.request('GET', '/v1/deliveries'))).deliveries
    await readAs('Exchange', 201, await submit(police, report('registratie')))
    const inAMonth = new Date(Date.now() + 31 * 86_400_000)
    expect(await sweep({ ...gateway.gateway, clock: () => inAMonth })).toEqual({ expired: 0, erased: 1 })
    await readAs('Exchange', 201, await submit(police, report('registratie')))
    const [first, second] = await list()
    expect([first!.erasedAt, second!.erasedAt]).toEqual([inAMonth.toISOString(), undefined])
    expect(await readProblem(await comensha.request('GET', `/v1/deliveries/${first!.id}`))).toBe('410 content-erased')
    const pulled: string[] = []
    for await (const { delivery } of pullDeliveries(comensha)) pulled.push(delivery.id)
    expect(pulled).toEqual([second!.id])
  })

  test('a check explains in the caller’s language what passes, why, what would help and whom to ask', async () => {
    const police = await gateway.connect('politie')
    const question = {
      recipient: 'comensha',
      purpose: 'registratie',
      dataSubjects: [
        {
          role: 'slachtoffer',
          circumstances: { politietaak: true },
          assessments: ['noodzaak'],
          fields: ['nationaliteit', 'geboortedatum', 'achternaam', 'geboorteland'],
        },
      ],
    }
    const summary = async (language: string, change = {}) => {
      const body = { ...question, dataSubjects: [{ ...question.dataSubjects[0]!, ...change }] }
      return (
        await readAs('Check', 200, await post(police, '/v1/exchanges/_check', body, { 'accept-language': language }))
      ).summary
    }
    expect(await summary('nl')).toEqual([
      'Dit mag gedeeltelijk: niet alles wat is gevraagd, wordt verstrekt. Er is niets verzonden.',
      'Zou worden verstrekt: Nationaliteit. Mag van de wet (Wet A art. 1).',
      'Zou grover worden verstrekt, ook gekoppeld: Geboortedatum (geboortejaar). Mag van de wet (Wet A art. 1).',
      expect.stringMatching(/^Zou alleen worden gekoppeld: Achternaam\./),
      expect.stringMatching(/^Zou worden achtergehouden: Geboorteland\./),
      expect.stringMatching(/^Geboorteland: op geen enkele grondslag geeft deze afzender dit aan deze ontvanger/),
      'Op de grondslag `wet-a` (Wet A): gedeeltelijk verstrekt.',
      'Uw plicht: Bewaartermijn, hoogstens 5 dagen.',
      'Twijfelt u? Vraag het aan: de privacyfunctionaris van de politie.',
    ])
    const english = await summary('en', { circumstances: {} })
    expect(english[0]).toBe('Not allowed: no rule provides a legal basis. Nothing has been sent.')
    expect(english.find((sentence) => sentence.startsWith('To find out:'))).toMatch(
      /^To find out: Do the data come from the police task\? If the answer is yes: .+ If the answer is no: /,
    )
    expect(english.at(-1)).toBe('In doubt? Ask: the privacy officer of the police.')
  })

  test('a check warns that people must approve first', async () => {
    const police = await gateway.connect('politie')
    const waits = await readAs(
      'Check',
      200,
      await post(police, '/v1/exchanges/_check', { ...Object(report('opvang')) }, { 'accept-language': 'en' }),
    )
    expect(waits.summary[0]).toBe('Allowed only once enough people have approved it. Nothing has been sent.')
    expect(waits.summary).toContain('Your duty: Approval by more than one person, 2 people (Wet A art. 2).')
  })

  test('the gap report is for parties that may read statistics', async () => {
    const police = await gateway.connect('politie')
    await submit(police, report('registratie', { circumstances: {} }))
    const client = await gateway.connect('nationaal-rapporteur')
    const { gaps, setAside } = await readAs('GapReport', 200, await client.request('GET', '/v1/gap-report'))
    expect({ gaps, setAside }).toMatchObject({ gaps: [], setAside: { couldPass: 1 } })
  })
})
