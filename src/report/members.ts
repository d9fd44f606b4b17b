import type { Vocabulary } from '../model/vocabulary.ts'

/**
 * Names of the members that a report or a request can hold, whatever the vocabulary. They are ours, so an error may show them;
 * any other member name is the sender's, could be somebody's name, and is never shown.
 */
export const ENVELOPE_MEMBERS: ReadonlySet<string> = new Set([
  'recipient',
  'purpose',
  'legalBasis',
  'kind',
  'reference',
  'inReplyTo',
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
