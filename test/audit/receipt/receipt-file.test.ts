import { describe, expect, test } from 'vitest'
import { formatReceiptFile, parseReceiptFile, type ReceiptFile } from '../../../src/audit/receipt/receipt-file.ts'
import { checkReceipt } from '../../../src/audit/verify/check-receipt.ts'
import { formatBase64 } from '../../../src/encoding/bytes.ts'
import { newSigner } from '../memory-log.ts'
import { buildLog, exchangeRecordOf } from '../verify/party-exports.ts'

const signer = newSigner('log.example/2026')
const ids = ['one', 'two', 'three', 'four', 'five']
const records = ids.map((id) => exchangeRecordOf({ id, sender: 'a', recipient: 'b', outcome: 'gedeeltelijk' }))
const { receipts } = buildLog(signer, records, 5)
const file: ReceiptFile = { ...receipts[2]!, verifierKey: signer.verifierKey }
const text = formatReceiptFile(file)

/** What became of a receipt file: verified, or why not. */
async function readAndCheck(changed: string, keys = [signer.verifierKey]): Promise<string> {
  try {
    const read = parseReceiptFile(changed)
    const check = await checkReceipt(read, keys)
    if (!check.ok) return `${check.place ?? ''} ${check.reason}`
    return check.verifierKey === read.verifierKey ? 'verified' : '/verifierKey is another'
  } catch (error) {
    if (error instanceof SyntaxError) return error.message
    throw error
  }
}

describe('a receipt file', () => {
  test('a receipt file reads back as it was written, with or without its last newline', async () => {
    expect(parseReceiptFile(text)).toEqual(file)
    expect(await readAndCheck(text)).toBe('verified')
    expect(await readAndCheck(text.trimEnd())).toBe('verified')
  })

  test('a receipt file verifies with no character changed, and with any other character in its place it does not', async () => {
    const unnoticed: number[] = []
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      const changed = `${text.slice(0, at)}${String.fromCharCode(code ^ 1)}${text.slice(at + 1)}`
      if ((await readAndCheck(changed)) === 'verified') unnoticed.push(at)
    }
    expect(unnoticed).toEqual([])
  })

  test('a receipt file with any character left out does not verify, the last newline excepted', async () => {
    const unnoticed: number[] = []
    for (let at = 0; at < text.length - 1; at++) {
      if ((await readAndCheck(text.slice(0, at) + text.slice(at + 1))) === 'verified') unnoticed.push(at)
    }
    expect(unnoticed).toEqual([])
  })

  const change = (part: Partial<ReceiptFile>): string => formatReceiptFile({ ...file, ...part })
  const other = newSigner('log.example/2026')
  const elsewhere = newSigner('other.example')
  const rows: readonly [what: string, changed: string, reason: string][] = [
    ['nothing', '', 'not JSON'],
    ['a list', '[]', 'no `sluisReceipt`'],
    ['no version', text.replace('"sluisReceipt":1,', ''), 'no `sluisReceipt`'],
    ['another version', text.replace('"sluisReceipt":1', '"sluisReceipt":2'), '/sluisReceipt'],
    ['no key', text.replace(/"verifierKey":".*?",/, ''), '/verifierKey'],
    ['the key of another log', change({ verifierKey: elsewhere.verifierKey }), '/verifierKey'],
    ['a negative index', change({ leafIndex: -1 }), '/leafIndex'],
    ['another index', change({ leafIndex: 1 }), '/leafIndex'],
    ['a record that is no text', text.replace(/"record":".*?[^\\]",/, '"record":{},'), '/record'],
    ['another record of the log', change({ record: records[1]! }), '/proof'],
    ['no proof', change({ proof: '' }), '/proof'],
    [
      'bytes that nothing covers',
      change({ proof: file.proof.replace('\nindex', `\nextra ${formatBase64(new Uint8Array(3))}\nindex`) }),
      '`extra`',
    ],
    [
      'another index in the proof too',
      change({ leafIndex: 1, proof: file.proof.replace('index 2', 'index 1') }),
      '/proof',
    ],
    ['the proof of another record', change({ proof: receipts[1]!.proof }), '/leafIndex'],
    ['a doubled member', text.replace('"record":', '"record":"","record":'), 'another spelling'],
    ['an unknown member', text.replace('{', '{"note":"x",'), 'another spelling'],
    ['white space', text.replace(':', ': '), 'another spelling'],
    ['an escape where none is needed', text.replace('index 2', '\\u0069ndex 2'), 'another spelling'],
    ['a byte order mark', `\ufeff${text}`, 'not JSON'],
  ]
  test.each(rows)('a receipt file with %s is refused, with the position', async (_, changed, reason) => {
    expect(changed).not.toBe(text)
    expect(await readAndCheck(changed)).toContain(reason)
  })

  test('a receipt file of another origin is reported as such, whatever key is in it', async () => {
    const foreign = buildLog(elsewhere, records).receipts[0]!
    const reason = await readAndCheck(formatReceiptFile({ ...foreign, verifierKey: signer.verifierKey }))
    expect(reason).toContain('is of the log `other.example`')
    expect(reason).toContain('`log.example/2026`')
  })

  test('a receipt file under the same origin by another key is refused', async () => {
    const forged = buildLog(other, records).receipts[2]!
    expect(await readAndCheck(formatReceiptFile({ ...forged, verifierKey: other.verifierKey }))).toContain(
      'no signature',
    )
  })

  test('a receipt file is checked with the one of several keys that its origin has', async () => {
    expect(await readAndCheck(text, [elsewhere.verifierKey, signer.verifierKey])).toBe('verified')
    expect(await readAndCheck(text, [])).toContain('no key was given')
    expect(await readAndCheck(text, ['log.example/2026'])).toMatch(/^ verifier key: /)
  })

  test("a receipt file with a witness's signature reports that this signature was not checked", async () => {
    const cosigned = `${file.proof}— witness.example ${formatBase64(new Uint8Array(76).fill(7))}\n`
    expect(await checkReceipt({ ...file, proof: cosigned }, [signer.verifierKey])).toMatchObject({
      ok: true,
      uncheckedSignatures: ['witness.example'],
    })
  })

  test('a receipt file of a record that this version does not know is not called verified', async () => {
    const [strange] = buildLog(signer, ['{"type":"dream","v":1}']).receipts
    expect(await checkReceipt(strange!, [signer.verifierKey])).toMatchObject({ ok: false, place: '/record' })
  })
})
