import { parseRecord } from '../../src/audit/record/parse.ts'
import type { AuditRecord } from '../../src/audit/record/record.ts'
import { pullDeliveries } from '../../src/cli/party/deliveries.ts'
import { readPartyKeys } from '../../src/cli/party/party-folder.ts'
import { openDelivery } from '../../src/delivery/pulled.ts'
import { parseUtf8 } from '../../src/encoding/bytes.ts'
import type { Content } from '../../src/exchange/content.ts'
import type { TestGateway } from '../start-gateway.ts'

/** Every exchange in the inbox of a party, verified and opened with its own keys, oldest first. */
export async function openInbox(gateway: TestGateway, party: string): Promise<readonly Content[]> {
  const client = await gateway.connect(party)
  const keys = readPartyKeys(gateway.partyFolder, party).encryption
  const contents: Content[] = []
  for await (const { delivery } of pullDeliveries(client)) {
    const opened = await openDelivery(delivery, party, gateway.verifierKey, keys)
    if (!opened.ok) throw new Error(opened.reason)
    if (opened.kind === 'exchange') contents.push(opened.content)
  }
  return contents
}

/** Every record of the log, oldest first. */
export async function readLog({ gateway }: TestGateway): Promise<readonly AuditRecord[]> {
  const { log } = gateway.store
  const { treeSize } = (await log.checkpoint())!
  return (await log.records(0, treeSize)).map((bytes) => parseRecord(parseUtf8(bytes)))
}
