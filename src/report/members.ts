import type { Vocabulary } from '../model/vocabulary.ts'

/**
 * Member names that a report or a request can have under every vocabulary. An error may show them. Any other member name was
 * chosen by the sender, could be a person's name, and is never shown.
 */
export const ENVELOPE_MEMBERS: ReadonlySet<string> = new Set([
  'recipient',
  'purpose',
  'legalBasis',
  'kind',
  'reference',
  'inReplyTo',
  'setAside',
  'dataSubjects',
  'role',
  'circumstances',
  'assessments',
  'word',
  'by',
  'on',
  'fields',
  'data',
  'straat',
  'huisnummer',
  'postcode',
  'plaats',
  'gemeente',
  'land',
  'dataSubject',
  'request',
  'identifiers',
  'since',
  'until',
  'exchanges',
])

/** Every member name that a body about persons can have under a vocabulary. */
export const listMemberNames = ({ circumstances, fields }: Vocabulary): ReadonlySet<string> =>
  new Set([...ENVELOPE_MEMBERS, ...circumstances.keys(), ...fields.keys()])
