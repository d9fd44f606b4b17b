import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FIRST_CALLS, type FirstCall } from '../../../src/http/pages/first-call.ts'
import { runSluis } from '../../cli/run-sluis.ts'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'

const PROGRAMS: Readonly<Record<FirstCall['language'], readonly [program: string, probe: readonly string[]]>> = {
  TypeScript: [process.execPath, ['--version']],
  Python: ['python3', ['-c', 'import cryptography.hazmat.primitives.asymmetric.ed25519']],
  curl: ['sh', ['-c', 'curl --version && openssl genpkey -algorithm ed25519']],
}

/** Whether this machine has the program with its library. */
function isPresent([program, probe]: readonly [string, readonly string[]]): boolean {
  try {
    execFileSync(program, probe, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

let gateway: TestGateway
let folder: string
beforeAll(async () => {
  gateway = await startTestGateway()
  folder = mkdtempSync(join(tmpdir(), 'sluis-first-call-'))
})
afterAll(async () => {
  await gateway?.stop()
  rmSync(folder, { recursive: true })
})

for (const { language, file, run, code } of FIRST_CALLS) {
  const program = PROGRAMS[language]
  // Python without `cryptography` signs nothing; the other two are on every machine that runs this project's tests.
  const runs = language === 'Python' && !isPresent(program) ? test.skip : test
  const call = async (party: string, keys: string) => {
    writeFileSync(join(folder, file), code)
    // As the page says, with the address, party and file of this test.
    expect(run.split(' ').slice(0, 2)).toEqual([language === 'TypeScript' ? 'node' : program[0], file])
    return promisify(execFile)(program[0], [join(folder, file), gateway.issuer, party, keys])
  }
  runs(`the first call in ${language} gets a decision with a key pair alone`, { timeout: 60_000 }, async () => {
    const { stdout, stderr } = await call('politie', join(gateway.partyFolder, 'politie.jwks.json'))
    expect(stderr).not.toMatch(/error/i)
    expect(JSON.parse(stdout)).toMatchObject({ decision: { outcome: expect.any(String) }, receipt: {} })
  })

  runs(
    `the first call in ${language} fails with what the gateway says about an unknown key`,
    { timeout: 60_000 },
    async () => {
      const own = join(folder, language)
      await runSluis(['party', 'keys', 'politie', '--to', own])
      const failure = await call('politie', join(own, 'politie.jwks.json')).catch((error: { stderr: string }) => error)
      expect(failure.stderr).toContain('not signed with a registered key')
    },
  )
}

test('the first call in TypeScript and Python also takes a key on P-256', { timeout: 60_000 }, async () => {
  const own = join(folder, 'p-256')
  await runSluis(['party', 'keys', 'fairwork', '--to', own, '--alg', 'ES256'])
  const data = join(gateway.folder, 'gateway')
  await runSluis(['party', 'add', join(own, 'fairwork.public.json'), '--data', data])
  await gateway.keepTime()
  for (const { language, file, code } of FIRST_CALLS) {
    const program = PROGRAMS[language]
    if (language === 'curl' || !isPresent(program)) continue
    writeFileSync(join(folder, file), code)
    const args = [join(folder, file), gateway.issuer, 'fairwork', join(own, 'fairwork.jwks.json')]
    const { stdout } = await promisify(execFile)(program[0], args)
    expect(JSON.parse(stdout)).toMatchObject({ decision: {} })
  }
})
