import { parseCheckpointBody } from '../../audit/checkpoint/checkpoint.ts'
import { parseNote } from '../../audit/checkpoint/signed-note.ts'
import { formatRecordJsonSchema } from '../../audit/record/json-schema.ts'
import { json, notFound, type Route } from '../route.ts'

/** Formatted once: it is the same for every request. */
const RECORD_SCHEMA = JSON.stringify(formatRecordJsonSchema())

/** Open facts about the log: its size, its newest heartbeat, and the form of its records. */
export const logStatusRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/v1/log/status',
    operationId: 'getLogStatus',
    tag: 'log',
    summary: 'Size of the log and its newest heartbeat',
    description:
      'Open, so that anybody can raise the alarm: a heartbeat is due within `heartbeatMinutes` of the one before. ' +
      'These numbers are not signed; the proof of size is the checkpoint.',
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
    summary: 'Form of the records of the log (JSON Schema 2020-12)',
    description:
      'Version 1. A change of meaning would be a new version beside this one, because old records stay as they are.',
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
