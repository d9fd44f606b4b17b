/**
 * The identifier of a client: `<party>` for the system of a party, `<party>.<person>` for one of its people. Neither part can
 * contain a full stop, so that one text has one reading. The log, tokens and key files all use it.
 */
export interface ClientName {
  readonly party: string
  /** Role id of a person; absent for the party's own system. */
  readonly person?: string
}

export const formatClientId = ({ party, person }: ClientName): string =>
  person === undefined ? party : `${party}.${person}`

const CLIENT_ID = /^([a-z0-9-]+)(?:\.([a-z0-9-]+))?$/

/** @throws SyntaxError when the text is not a client identifier */
export function parseClientId(text: string): ClientName {
  const [, party, person] = CLIENT_ID.exec(text) ?? []
  if (party === undefined)
    throw new SyntaxError('client id: is not `party` or `party.person` in lower-case letters, digits and hyphens')
  return { party, ...(person !== undefined && { person }) }
}
