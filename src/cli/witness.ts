import { startWitness } from './start-witness.ts'
import { defineCommand, EXIT } from './terminal/command.ts'
import { UsageError } from './terminal/failure.ts'
import { untilInterrupted } from './terminal/until-interrupted.ts'

export const witness = defineCommand({
  name: 'witness',
  summary: 'cosign the checkpoints of other logs, each as long as it continues the previous one',
  usage: '--logs FILE --data FOLDER',
  options: {
    logs: { type: 'string', value: 'FILE', what: 'the logs to cosign for: a line `log VERIFIER-KEY` for each' },
    data: { type: 'string', value: 'FOLDER', what: 'where its key and its database are; made when absent' },
    name: { type: 'string', value: 'NAME', what: 'name in its new verifier key, such as witness.example/w1' },
    port: { type: 'string', value: 'N', default: '8788', what: 'port to listen on; 0 takes a free one' },
    host: { type: 'string', value: 'HOST', default: '127.0.0.1', what: 'address to listen on' },
    json: { type: 'boolean', what: 'print address and verifier key as a JSON object' },
  },
  exits: { verificationFailed: 'the file of logs has a fault' },
  examples: ['witness --logs logs.txt --data var/witness --name witness.example/w1'],
  async run({ values }, terminal) {
    if (!values.logs || !values.data)
      throw new UsageError('give --logs FILE, with a line `log VKEY` for each log, and --data FOLDER')
    const port = /^[0-9]{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN
    if (!(port <= 65_535)) throw new UsageError('--port is a number from 0 to 65535')
    // Before it listens: a supervisor that reads the line below may stop this process at once.
    const interrupted = untilInterrupted()
    const running = await startWitness({
      logsPath: values.logs,
      dataFolder: values.data,
      name: values.name,
      port,
      host: values.host,
      print: terminal.err,
    })
    const { url, verifierKey, logs } = running
    if (values.json) terminal.out(JSON.stringify({ url, verifierKey, logs }))
    else {
      terminal.out(`verifier key ${verifierKey}`)
      terminal.out(`listening on ${url}, cosigning for ${logs} log key(s)`)
    }
    await interrupted
    await running.close()
    return EXIT.done
  },
})
