import { startWitness } from './start-witness.ts'
import { type Command, EXIT, parseArguments, UsageError } from './terminal/command.ts'
import { untilInterrupted } from './terminal/until-interrupted.ts'

const DEFAULT_PORT = '8788'

export const witness: Command = {
  name: 'witness',
  usage: '--logs FILE --data FOLDER [--name NAME] [--port N] [--host H]',
  summary: 'cosign the checkpoints of other logs, for as long as each continues the one before',
  async run(args, terminal) {
    const { values } = parseArguments(args, {
      logs: { type: 'string' },
      data: { type: 'string' },
      name: { type: 'string' },
      port: { type: 'string', default: DEFAULT_PORT },
      host: { type: 'string', default: '127.0.0.1' },
    })
    if (!values.logs || !values.data)
      throw new UsageError('give --logs FILE, with a line `log VKEY` for each log, and --data FOLDER')
    const port = /^[0-9]{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN
    if (!(port <= 65_535)) throw new UsageError('--port is a number from 0 to 65535')
    // Before it listens: whoever reads that line may ask it to stop at once.
    const interrupted = untilInterrupted()
    const running = await startWitness({
      logsPath: values.logs,
      dataFolder: values.data,
      name: values.name,
      port,
      host: values.host,
      print: terminal.err,
    })
    terminal.out(`verifier key ${running.verifierKey}`)
    terminal.out(`listening on ${running.url}, cosigning for ${running.logs} log key(s)`)
    await interrupted
    await running.close()
    return EXIT.done
  },
}
