import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatVerifierKey } from '../../src/audit/checkpoint/signed-note.ts'
import { startWitness } from '../../src/cli/start-witness.ts'
import { startChildWitness } from '../faults/child-witness.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'
import { newTestLog, requestBody } from '../witness/test-log.ts'
import { type Run, runSluis, STACK_TRACE, spawnSluis } from './run-sluis.ts'

const log = newTestLog('log.example/2026')
log.append('one', 'two')

function site() {
  const folder = temporaryFolder()
  const logs = join(folder, 'logs')
  writeFileSync(logs, `log ${formatVerifierKey(log.key)}\n`)
  return { folder, logs, data: join(folder, 'data') }
}

const submission = async () => ({ method: 'POST', body: await requestBody(log, 0) })
/** A witness in this process: what a start leaves behind is the same, and it costs no process. */
const startHere = (logsPath: string, dataFolder: string) =>
  startWitness({ logsPath, dataFolder, name: 'w', port: 0, host: '127.0.0.1', print() {} })
const runWitness = (...args: string[]): Promise<Run> =>
  runSluis(['witness', ...(args.includes('--port') ? [] : ['--port', '0']), ...args])

describe('sluis witness', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'sluis witness makes its key, cosigns, and ends with 0 on %s',
    async (signal) => {
      const { logs, data } = site()
      const witness = await startChildWitness({ logs, data, name: 'witness.example/w1' })
      expect(witness.verifierKey).toMatch(/^witness\.example\/w1\+[0-9a-f]{8}\+B/)
      expect(statSync(join(data, 'witness.key')).mode & 0o777).toBe(0o600)
      expect(statSync(join(data, 'witness.sqlite')).mode & 0o777).toBe(0o600)
      const response = await fetch(`${witness.url}/add-checkpoint`, await submission())
      expect(response.status).toBe(200)
      expect(await response.text()).toMatch(/^— witness\.example\/w1 /)
      expect(await witness.stop(signal)).toBe(0)
      expect(witness.output()).not.toContain('PRIVATE')
    },
  )

  test('sluis witness keeps its key and its memory over a restart', async () => {
    const { logs, data } = site()
    const first = await startChildWitness({ logs, data, name: 'witness.example' })
    await fetch(`${first.url}/add-checkpoint`, await submission())
    await first.stop('SIGTERM')
    const second = await startChildWitness({ logs, data })
    expect(second.verifierKey).toBe(first.verifierKey)
    const response = await fetch(`${second.url}/add-checkpoint`, await submission())
    expect({ status: response.status, text: await response.text() }).toEqual({ status: 409, text: '2\n' })
    await second.stop('SIGTERM')

    rmSync(join(data, 'witness.sqlite'))
    expect((await runWitness('--logs', logs, '--data', data)).stderr, 'a witness without its memory').toMatch(
      /exists without witness\.sqlite; restore it/,
    )
  })

  const refusals: readonly {
    what: string
    prepare: (paths: ReturnType<typeof site>) => Promise<readonly string[]>
    message: RegExp
    code: number
  }[] = [
    { what: 'no logs', prepare: async ({ data }) => ['--data', data], message: /give --logs FILE/, code: 1 },
    { what: 'no folder', prepare: async ({ logs }) => ['--logs', logs], message: /give --logs FILE/, code: 1 },
    {
      what: 'no name for a new key',
      prepare: async ({ logs, data }) => ['--logs', logs, '--data', data],
      message: /give --name/,
      code: 1,
    },
    {
      what: 'a name that no key can have',
      prepare: async ({ logs, data }) => ['--logs', logs, '--data', data, '--name', 'a+b'],
      message: /white space or a plus sign/,
      code: 1,
    },
    {
      what: 'a port that is none',
      prepare: async ({ logs, data }) => ['--logs', logs, '--data', data, '--name', 'w', '--port', '65536'],
      message: /--port is a number/,
      code: 1,
    },
    {
      what: 'a file of logs that is not there',
      prepare: async ({ data }) => ['--logs', 'nowhere', '--data', data, '--name', 'w'],
      message: /`nowhere` cannot be read/,
      code: 1,
    },
    {
      what: 'a file without logs',
      prepare: async ({ logs, data }) => {
        writeFileSync(logs, '# nobody yet\n')
        return ['--logs', logs, '--data', data, '--name', 'w']
      },
      message: /logs:1:1: lists no log; /,
      code: 4,
    },
    {
      what: 'a file of logs with faults',
      prepare: async ({ logs, data }) => {
        writeFileSync(logs, `log ${formatVerifierKey(log.key)}\n  lgo x\nlog secret+0000+x\n`)
        return ['--logs', logs, '--data', data, '--name', 'w']
      },
      message:
        /logs:2:3: is not a keyword; did you mean `log`\?\n.*logs:3:5: verifier key: [^\n]*\nsluis: the witness policy has 2 fault\(s\)/,
      code: 4,
    },
    {
      what: 'another name than its key has',
      prepare: async ({ logs, data }) => {
        await (await startHere(logs, data)).close()
        return ['--logs', logs, '--data', data, '--name', 'v']
      },
      message: /has another name/,
      code: 1,
    },
    {
      what: 'a key that others can read',
      prepare: async ({ logs, data }) => {
        await (await startHere(logs, data)).close()
        chmodSync(join(data, 'witness.key'), 0o644)
        return ['--logs', logs, '--data', data]
      },
      message: /has mode 0644/,
      code: 1,
    },
    {
      what: 'the key of a log',
      prepare: async ({ logs, data }) => {
        await (await startHere(logs, data)).close()
        writeFileSync(
          join(data, 'witness.key'),
          'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz\n',
        )
        return ['--logs', logs, '--data', data]
      },
      message: /witness key: is not an Ed25519 cosignature key/,
      code: 1,
    },
    {
      what: 'a memory without its key',
      prepare: async ({ logs, data }) => {
        const witness = await startHere(logs, data)
        await fetch(`${witness.url}/add-checkpoint`, await submission())
        await witness.close()
        rmSync(join(data, 'witness.key'))
        return ['--logs', logs, '--data', data, '--name', 'w']
      },
      message: /exists without witness\.key; restore/,
      code: 1,
    },
  ]
  test.each(refusals)(
    'sluis witness does not start with $what, and explains what to do',
    async ({ prepare, message, code }) => {
      const run = await runWitness(...(await prepare(site())))
      expect(run.stderr).toMatch(message)
      expect(run.stderr).not.toMatch(STACK_TRACE)
      expect(run.stderr).not.toMatch(/secret|PRIVATE/)
      expect({ code: run.code, stdout: run.stdout }).toEqual({ code, stdout: '' })
    },
  )
})

describe('sluis serve with a witness policy', () => {
  test('sluis serve does not start on a faulty witness policy: every fault with its position, exit 4, nothing made', async () => {
    const folder = temporaryFolder()
    const policy = join(folder, 'policy')
    writeFileSync(policy, `witness w ${formatVerifierKey(log.key)}\nquorum v\n`)
    const run = await spawnSluis(['serve'], {
      PORT: '0',
      SLUIS_DATA: join(folder, 'data'),
      SLUIS_WITNESS_POLICY: policy,
    })
    expect(run.stderr.split('\n')).toEqual([
      expect.stringMatching(/policy:1:11: verifier key: is not the key of a witness; /),
      expect.stringMatching(/policy:2:8: is not a witness or group of an earlier line; /),
      expect.stringMatching(/^sluis: the witness policy has 2 fault\(s\); fix them/),
      '',
    ])
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 4, stdout: '' })
    expect(() => readFileSync(join(folder, 'data', 'log.key'))).toThrow(/ENOENT/)
  })

  test('sluis serve does not start on a witness policy that does not exist', async () => {
    const run = await runSluis(['serve'], {
      PORT: '0',
      SLUIS_DATA: join(temporaryFolder(), 'data'),
      SLUIS_WITNESS_POLICY: 'nowhere',
    })
    expect(run).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^sluis: witness policy: `nowhere` cannot be read/),
    })
  })
})
