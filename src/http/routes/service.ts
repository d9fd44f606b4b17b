import { sluisError } from '../../errors.ts'
import { json, type Route } from '../route.ts'

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
    summary: 'Can the gateway take a report now? Checks the log, the rule set in force and the heartbeat.',
    answer: { status: 200, description: 'Ready', schema: 'Health' },
    problems: ['not-ready'],
    async perform({ gateway }) {
      const [active, checkpoint] = await Promise.all([
        gateway.store.findActivePolicyHash(),
        gateway.store.log.checkpoint(),
      ])
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
