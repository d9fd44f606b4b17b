import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startGateway } from '../../../src/boot/node.ts'
import { parseSettings } from '../../../src/boot/settings.ts'
import { temporaryFolder } from '../../storage/temporary-folder.ts'

/** Starts with these providers, under the shipped rules in which the caseworker of Fier and the detective of the police share a subject. */
async function start(providers: readonly (readonly string[])[]) {
  const folder = temporaryFolder()
  const [policies, signIn, data] = ['policies', 'sign-in.json', 'data'].map((name) => join(folder, name))
  cpSync('policies', policies!, { recursive: true })
  const file = join(policies!, 'partijen.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('demo-politie-medewerker-1', 'demo-fier-medewerker-1'))
  const settings = {
    providers: providers.map((parties, index) => ({
      id: `p${index}`,
      issuer: `https://login${index}.example`,
      clientId: 'sluis',
      parties,
      authentication: 'none',
    })),
  }
  writeFileSync(signIn!, JSON.stringify(settings))
  const environment = { PORT: '0', SLUIS_DATA: data, SLUIS_POLICIES: policies, SLUIS_SIGN_IN: signIn }
  const parsed = parseSettings(environment)
  if (!parsed.ok) throw new Error(parsed.faults.join('; '))
  return { starting: startGateway(parsed.settings), made: () => readdirSync(folder).includes('data') }
}

test('a gateway does not start when one provider knows two people by one subject, and names their roles', async () => {
  const { starting, made } = await start([['fier', 'politie']])
  await expect(starting).rejects.toThrow(
    /^partijen\.yaml: fier\.medewerker-1 and politie\.medewerker-1 have one `subject` at one provider; give each their own/,
  )
  expect(made()).toBe(false)
})

test('two providers may know one subject each', async () => {
  const { starting } = await start([['fier'], ['politie']])
  await (await starting).close()
})
