import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** A copy of the project in which somebody follows the docs, with the demo running in it. */
export interface ScratchDemo {
  readonly folder: string
  /** What the demo printed until it waited. */
  readonly printed: string
  /** Runs a line in the shell, with the demo at the address the docs name. */
  run(line: string): Promise<Finished>
  /** Runs a command that ends only when it is stopped: waits until it listens, then stops it. */
  runUntilListening(line: string): Promise<Finished>
  /** Stops the gateway of the demo, in order. */
  stopGateway(): Promise<void>
  /** Stops everything and removes the folder. */
  remove(): Promise<void>
}

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The address in the docs. */
const DOCUMENTED_ISSUER = 'http://127.0.0.1:8787'
/** What a clone holds, as far as the documented commands read it; the rule files are copied, because they may be changed. */
const LINKED = ['src', 'bench', 'dist', 'node_modules', 'package.json']

/** Makes the folder and starts the demo in it. @throws Error with what the demo printed when it ends early */
export async function startScratchDemo(): Promise<ScratchDemo> {
  const folder = mkdtempSync(join(tmpdir(), 'sluis-docs-'))
  for (const name of LINKED) symlinkSync(resolve(name), join(folder, name))
  cpSync('policies', join(folder, 'policies'), { recursive: true })
  // Outside the folder that is compared afterwards.
  const tools = mkdtempSync(join(tmpdir(), 'sluis-docs-tools-'))
  const socket = join(tools, 'commands.sock')
  writeFileSync(
    join(tools, 'npx'),
    `#!/bin/sh\nexec '${process.execPath}' '${resolve('test/docs/send-command.ts')}' "$@"\n`,
  )
  chmodSync(join(tools, 'npx'), 0o755)

  const children = new Set<ChildProcess>()
  const environment = { PATH: `${tools}:${process.env.PATH}`, HOME: tools, COMMAND_SOCKET: socket }
  const start = (program: string, args: readonly string[], settings: Record<string, string>) => {
    const child = spawn(program, args, { cwd: folder, env: { ...environment, ...settings }, stdio: 'pipe' })
    child.stdin.end()
    children.add(child)
    const printed = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        printed[name] += text
      })
    const finished = once(child, 'close').then(([code]): Finished => {
      children.delete(child)
      return { code: code as number | null, ...printed }
    })
    /** Resolves when the output has this, and rejects when the process ends before. */
    const untilPrinted = (pattern: RegExp) =>
      new Promise<RegExpExecArray>((found, failed) => {
        const look = () => {
          const match = pattern.exec(printed.stdout)
          if (match) found(match)
        }
        child.stdout.on('data', look)
        finished.then(({ code, stdout, stderr }) => failed(new Error(`ended with ${code}: ${stdout}${stderr}`)))
      })
    return { child, printed, finished, untilPrinted }
  }

  const demo = start(process.execPath, ['src/cli/main.ts', 'demo'], { PORT: '0' })
  const commands = start(process.execPath, [resolve('test/docs/command-server.ts'), socket], {})
  const [[, issuer]] = await Promise.all([
    demo.untilPrinted(/(http:\/\/127\.0\.0\.1:\d+)(?=[\s\S]*npx sluis help)/),
    commands.untilPrinted(/listening/),
  ])
  const port = new URL(issuer!).port
  const atDemo = (line: string) => line.replaceAll(DOCUMENTED_ISSUER, issuer!)

  return {
    folder,
    printed: demo.printed.stdout,
    run: (line) => start('sh', ['-c', atDemo(line)], { PORT: port }).finished,
    async runUntilListening(line) {
      const sluis = `exec '${process.execPath}' src/cli/main.ts`
      const running = start('sh', ['-c', line.replace(/^npx sluis/, sluis)], { PORT: '0' })
      await running.untilPrinted(/http:\/\//)
      running.child.kill('SIGTERM')
      return running.finished
    },
    async stopGateway() {
      demo.child.kill('SIGTERM')
      await demo.finished
    },
    async remove() {
      const ends = [...children].map((child) => once(child, 'close'))
      for (const child of children) child.kill('SIGTERM')
      await Promise.all(ends)
      for (const path of [folder, tools]) rmSync(path, { recursive: true })
    },
  }
}
