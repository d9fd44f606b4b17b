import { isContentEncoded } from '../encoding/bounded-body.ts'
import { sluisError } from '../errors.ts'

/** @throws SluisError `content-encoding-unsupported`, also when the body is not encoded as the header claims */
export function refuseEncoded(request: Request): void {
  if (!isContentEncoded(request.headers)) return
  throw sluisError('content-encoding-unsupported', {
    nl: 'header Content-Encoding: wordt niet aanvaard; stuur het bericht zonder codering of compressie',
    en: 'Content-Encoding header: not accepted; send the body without encoding or compression',
  })
}
