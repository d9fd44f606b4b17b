import { PolicyFaultsError, startGateway } from '../boot/node.ts'
import { readSettings } from './party/open-client.ts'
import { type Command, EXIT, parseArguments } from './terminal/command.ts'
import { untilInterrupted } from './terminal/until-interrupted.ts'

export const serve: Command = {
  name: 'serve',
  usage: '',
  summary: 'run the gateway with the settings of the environment',
  async run(args, terminal) {
    parseArguments(args, {})
    try {
      const running = await startGateway(readSettings(terminal))
      terminal.out(`listening on ${running.issuer}`)
      await untilInterrupted()
      await running.close()
      return EXIT.done
    } catch (error) {
      if (!(error instanceof PolicyFaultsError)) throw error
      for (const fault of error.faults) terminal.err(fault)
      terminal.err(`sluis: ${error.message}`)
      return EXIT.invalidPolicy
    }
  },
}
