import { sluisError } from '../../errors.ts'
import { json, type Route } from '../route.ts'

const UNUSABLE = {
  nl: 'het logboek kan nu niet worden geschreven, dus de gateway neemt niets aan; zoek op de machine uit waarom: schijfruimte, rechten, schijffouten',
  en: 'the log cannot be written now, so the gateway accepts nothing; find out on the machine why: disk space, permissions, disk faults',
} as const

/** For the operator of the gateway. */
export const serviceRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/healthz',
    operationId: 'getHealth',
    tag: 'service',
    summary: 'Is the process alive?',
    answer: { status: 200, description: 'Alive', schema: 'Health' },
    async perform() {
      return json({ status: 'ok' })
    },
  },
  {
    method: 'get',
    path: '/readyz',
    operationId: 'getReadiness',
    tag: 'service',
    summary: 'Can the gateway take a report now?',
    description:
      'Checks that the log can be written, the rule set in force and the heartbeat. After a commit that failed it answers 503 until the log ' +
      'can be written again; otherwise it tries that with a small write, at most every ten seconds.',
    answer: { status: 200, description: 'Ready', schema: 'Health' },
    problems: ['not-ready'],
    async perform({ gateway }) {
      const { store, logProbe } = gateway
      const read = Promise.all([store.findActivePolicyHash(), store.log.checkpoint()])
      const [active, checkpoint] = await read.catch((cause: unknown) => {
        throw sluisError('not-ready', UNUSABLE, { cause })
      })
      if (logProbe && !(await logProbe.canWrite())) throw sluisError('not-ready', UNUSABLE)
      if (active !== gateway.policySet.policyHash || !checkpoint) {
        throw sluisError('not-ready', {
          nl: 'de regelset is nog niet in werking gesteld; wacht enkele seconden',
          en: 'the rule set is not in force yet; wait a few seconds',
        })
      }
      if (gateway.heartbeats && !gateway.heartbeats.isFresh()) {
        throw sluisError('not-ready', {
          nl: 'het logboek kreeg te lang geen levensteken; zoek op de machine uit waarom het niet kan worden geschreven',
          en: 'the log has had no heartbeat for too long; find out on the machine why it cannot be written',
        })
      }
      return json({ status: 'ok' })
    },
  },
]
