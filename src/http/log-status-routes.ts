import { parseCheckpointBody } from '../audit/checkpoint.ts'
import { parseNote } from '../audit/note.ts'
import { json, notFound, type Route } from './route.ts'

/** What everybody may know of the log without reading it: how far it is, and that it lives. */
export const logStatusRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/v1/log/status',
    operationId: 'getLogStatus',
    tag: 'log',
    summary: 'How far the log is, and when it last said that it lives',
    description:
      'Open, so that somebody outside can raise the alarm: a heartbeat is due within `heartbeatMinutes` of the one before. ' +
      'The signed checkpoint is the proof of size; this is only the way to it.',
    answer: { status: 200, description: 'Numbers and moments, no personal data', schema: 'LogStatus' },
    problems: ['not-found'],
    async perform({ gateway }) {
      const checkpoint = await gateway.store.log.checkpoint()
      if (!checkpoint) throw notFound()
      const newestHeartbeatAt = gateway.pulse?.newestAt()
      return json({
        origin: parseCheckpointBody(parseNote(checkpoint.note).text).origin,
        treeSize: checkpoint.treeSize,
        ...(newestHeartbeatAt !== undefined && { newestHeartbeatAt }),
        ...(gateway.pulse && { heartbeatMinutes: gateway.pulse.everyMinutes }),
      })
    },
  },
]
