import { z } from 'zod'
import { AUTHENTICATIONS, NO_SIGN_IN, type SignInSettings } from '../../console/sign-in/settings.ts'
import { formatUtf8 } from '../../encoding/bytes.ts'
import { secret } from '../../model/secret.ts'
import { isLoopback } from '../public-address.ts'
import type { Settings } from '../settings.ts'

const MAX_PROVIDERS = 200

const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(64)
const provider = z
  .strictObject({
    id,
    issuer: z
      .url()
      .max(500)
      .refine(
        (address) => !URL.canParse(address) || isSafe(new URL(address)),
        'starts with https:// (http:// only on this machine) and has no question, fragment or user',
      ),
    clientId: z.string().min(1).max(255),
    parties: z.array(id).min(1).max(1_000),
    authentication: z.enum(AUTHENTICATIONS),
    clientSecret: z
      .string()
      .min(1)
      .max(1_000)
      .transform((text) => secret(formatUtf8(text)))
      .optional(),
  })
  .refine(
    ({ authentication, clientSecret }) => (authentication === 'client_secret_basic') === (clientSecret !== undefined),
    { path: ['clientSecret'], message: 'belongs to `client_secret_basic`, and to nothing else' },
  )
const settings = z
  .strictObject({
    providers: z.array(provider).min(1).max(MAX_PROVIDERS),
    idleMinutes: z.int().min(1).max(480).default(NO_SIGN_IN.idleMinutes),
    sessionHours: z.int().min(1).max(24).default(NO_SIGN_IN.sessionHours),
    listsPeople: z.boolean().default(false),
  })
  .superRefine(({ providers }, context) => {
    const seen = { id: new Set<string>(), issuer: new Set<string>(), parties: new Set<string>() }
    for (const [index, { id, issuer, parties }] of providers.entries()) {
      for (const [member, words] of Object.entries({ id: [id], issuer: [issuer], parties })) {
        const known = seen[member as keyof typeof seen]
        for (const word of words) {
          if (known.has(word))
            context.addIssue({
              code: 'custom',
              path: ['providers', index, member],
              message: 'appears twice; a party has one provider, and each provider its own id and issuer',
            })
          known.add(word)
        }
      }
    }
  })

const isSafe = ({ protocol, href, search, hash, username }: URL): boolean =>
  (protocol === 'https:' || (protocol === 'http:' && isLoopback(href))) && `${search}${hash}${username}` === ''

/**
 * Reads who may sign in, from the JSON text of `SLUIS_SIGN_IN` (a file) or `SIGN_IN` (a Worker).
 * @param place what the faults are about: the path of the file, or the name of the setting
 * @returns the faults as `place: member: what is wrong`; they quote nothing of the text, which can hold a secret
 */
export function parseSignInSettings(
  text: string,
  place: string,
  mode: Settings['mode'],
):
  | { readonly ok: true; readonly settings: SignInSettings }
  | { readonly ok: false; readonly faults: readonly string[] } {
  const parsed = settings.safeParse(parseJson(text))
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      ({ path, message }) => `${place}: ${path.join('.') || 'the text'}: ${message.toLowerCase()}`,
    )
    return { ok: false, faults }
  }
  if (mode === 'production' && parsed.data.listsPeople)
    return { ok: false, faults: [`${place}: listsPeople: is for a demo; remove it in production`] }
  const providers = parsed.data.providers.map(({ clientSecret, ...provider }) => ({
    ...provider,
    ...(clientSecret && { clientSecret }),
  }))
  return { ok: true, settings: { ...parsed.data, providers } }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The engine's own message quotes a stretch of the text.
    return undefined
  }
}
