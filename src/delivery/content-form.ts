import { z } from 'zod'
import type { OpenedDelivery } from './pulled.ts'

/**
 * The form of opened content, for readers that show it: whoever could write a record of the log could also seal content of another form.
 */

const value = z.union([z.string(), z.array(z.string()), z.record(z.string(), z.string())])
export type ShownValue = z.infer<typeof value>

const shownSubject = z.object({
  role: z.string(),
  pseudonym: z.string(),
  isLinkable: z.boolean(),
  data: z.record(z.string(), value),
  generalised: z.record(z.string(), z.string()),
  redactions: z.int().nonnegative(),
  assessments: z.array(z.object({ word: z.string(), by: z.string(), on: z.string() })),
})
export type ShownSubject = z.infer<typeof shownSubject>

const match = { domain: z.string(), matchId: z.string() }
const merged = z.object({ type: z.literal('merged'), ...match, from: z.string(), to: z.string() })
const possible = z.object({
  type: z.literal('possible-match'),
  ...match,
  pseudonyms: z.tuple([z.string(), z.string()]),
})

const shownContent = z.object({
  version: z.literal(1),
  exchangeId: z.string(),
  at: z.string(),
  sender: z.string(),
  recipient: z.string(),
  purpose: z.string(),
  legalBasis: z.string().exactOptional(),
  kind: z.string(),
  inReplyTo: z.string().exactOptional(),
  dataSubjects: z.array(shownSubject),
  duties: z.array(
    z.object({ kind: z.string(), citation: z.string().exactOptional(), retentionDays: z.number().exactOptional() }),
  ),
  links: z.array(z.discriminatedUnion('type', [possible, merged])),
  hasMoreLinks: z.boolean(),
})
/** Content that a party sent, as a reader shows it. */
export type ShownContent = z.infer<typeof shownContent>

const notice = { version: z.literal(1), at: z.string(), recipient: z.string() }
const shownNotice = z.discriminatedUnion('type', [
  z.object({ ...notice, ...merged.shape }),
  z.object({
    ...notice,
    ...match,
    type: z.literal('split'),
    from: z.string(),
    to: z.string(),
    mentions: z.array(z.object({ exchangeId: z.string(), dataSubject: z.int().nonnegative() })),
  }),
  z.object({
    ...notice,
    type: z.literal('pseudonyms-renewed'),
    domain: z.string(),
    epoch: z.number(),
    pseudonyms: z.array(z.object({ from: z.string(), to: z.string() })),
  }),
  z.object({ ...notice, type: z.literal('recalled'), exchangeId: z.string(), ground: z.string() }),
])
/** A notice of the gateway itself, as a reader shows it. */
export type ShownNotice = z.infer<typeof shownNotice>

export type ShownDelivery =
  | { readonly kind: 'exchange'; readonly content: ShownContent }
  | { readonly kind: 'notice'; readonly content: ShownNotice }

/** Undefined for content of a form that this version does not know. */
export function parseOpened(opened: Extract<OpenedDelivery, { ok: true }>): ShownDelivery | undefined {
  if (opened.kind === 'exchange') {
    const content = shownContent.safeParse(opened.content).data
    return content && { kind: 'exchange', content }
  }
  const content = shownNotice.safeParse(opened.content).data
  return content && { kind: 'notice', content }
}
