import { sha256 } from '@noble/hashes/sha2.js'
import { formatBase64Url } from '../encoding/bytes.ts'

/** A script, style or picture of the console, made by `npm run prepare`. */
export interface Asset {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly etag: string
}

/** All of them, by the name of their file. */
export type Assets = ReadonlyMap<string, Asset>

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

export const makeAsset = (bytes: Uint8Array<ArrayBuffer>): Asset => ({
  bytes,
  etag: `"${formatBase64Url(sha256(bytes)).slice(0, 22)}"`,
})

/** Serves one asset. A browser asks each time whether its copy is still the newest, and gets a 304 when it is. */
export async function serveAsset(assets: Assets, request: Request, name: string | undefined): Promise<Response> {
  const asset = assets.get(name ?? '')
  if (!asset) return new Response(null, { status: 404 })
  const headers = {
    etag: asset.etag,
    'cache-control': 'public, no-cache',
    'cross-origin-resource-policy': 'same-origin',
  }
  if (request.headers.get('if-none-match') === asset.etag) return new Response(null, { status: 304, headers })
  const extension = name!.slice(name!.lastIndexOf('.') + 1)
  return new Response(asset.bytes, {
    headers: { ...headers, 'content-type': CONTENT_TYPES[extension] ?? 'application/octet-stream' },
  })
}
