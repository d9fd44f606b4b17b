import { expect, test } from 'vitest'
import { createSite, runServe, startChild } from './child-gateway.ts'
import { reportAbout } from './reports.ts'

test('a second process on the same data does not start and says why; the first goes on', async () => {
  const site = await createSite()
  const first = await startChild(site)
  const police = await site.connect('politie')
  const submit = (number: number) =>
    police.request('POST', '/v1/exchanges', {
      headers: { 'content-type': 'application/json', 'idempotency-key': `report-${number}` },
      body: JSON.stringify(reportAbout('politie', number)),
    })
  expect((await submit(0)).status).toBe(201)

  const second = await runServe(site)
  expect(second).toMatchObject({ code: 1, stdout: '' })
  expect(second.stderr).toMatch(
    /^sluis: database `[^`]+`: another process already writes to it .*; stop that process or give another database\n$/,
  )
  expect((await submit(1)).status).toBe(201)

  await first.kill()
  await startChild(site)
  expect((await submit(2)).status, 'nothing is left of a process that was killed').toBe(201)
})
