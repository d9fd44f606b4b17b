import { parseCheckpointBody } from '../../audit/checkpoint/checkpoint.ts'
import { parseNote } from '../../audit/checkpoint/signed-note.ts'
import { formatRecordJsonSchema } from '../../audit/record/json-schema.ts'
import { json, notFound, type Route } from '../route.ts'

/** The same for every request. */
const RECORD_SCHEMA = JSON.stringify(formatRecordJsonSchema())

/** What everybody may know of the log without reading it: how far it is, that it lives, and how its records are written. */
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
      const newestHeartbeatAt = gateway.heartbeats?.newestAt()
      return json({
        origin: parseCheckpointBody(parseNote(checkpoint.note).text).origin,
        treeSize: checkpoint.treeSize,
        ...(newestHeartbeatAt !== undefined && { newestHeartbeatAt }),
        ...(gateway.heartbeats && { heartbeatMinutes: gateway.heartbeats.everyMinutes }),
      })
    },
  },
  {
    method: 'get',
    path: '/v1/log/record-schema.json',
    operationId: 'getRecordSchema',
    tag: 'log',
    summary: 'How records of the log are written (JSON Schema 2020-12)',
    description: 'Version 1. A new meaning would be a new version, beside this one, because old records stay.',
    answer: { status: 200, description: 'The schema', contentType: 'application/schema+json' },
    async perform() {
      return new Response(RECORD_SCHEMA, {
        headers: {
          'content-type': 'application/schema+json',
          'cache-control': 'public, max-age=86400',
          'access-control-allow-origin': '*',
        },
      })
    },
  },
]
