import type { DateLimits, Field } from '../../../model/vocabulary.ts'
import { addFault, type PolicyFault, type Position, quote } from '../fault.ts'
import { readCount } from '../numbers-and-dates.ts'
import { readChoice, readIdMap, readMember, readMembers, readWords, wordKind } from '../reader.ts'
import type { YamlNode } from '../yaml.ts'

/** Bounds of `hoogstens-jaren-geleden`. */
export const YEARS_AGO = { minimum: 1, maximum: 400 } as const

/**
 * Reads `grenzen` of the fields that have them: what is certain of every date in the field. The field must be a date, and so must
 * the fields that it names; two dates that are each not before the other are a fault.
 */
export function readDateLimits(
  node: YamlNode,
  fields: ReadonlyMap<string, Field>,
  faults: PolicyFault[],
): ReadonlyMap<string, Field> {
  const positions = new Map<string, Position>()
  const limited = new Map(
    // Faults of the map itself were reported when the fields were read.
    readIdMap(node, []).flatMap(({ id, value }) => {
      const limits = value.kind === 'map' ? value.entries.get('grenzen') : undefined
      const field = fields.get(id)
      if (limits === undefined || field === undefined) return []
      positions.set(id, limits.position)
      return [[id, readLimits(limits.value, field, fields, faults)] as const]
    }),
  )
  for (const [id, position] of positions) {
    if (!isBeforeItself(id, limited)) continue
    addFault(
      faults,
      position,
      {
        nl: `${quote(id)} kan volgens \`niet-voor\` niet voor zichzelf liggen`,
        en: `${quote(id)} cannot be before itself by \`niet-voor\``,
      },
      { nl: 'laat de volgorde maar één kant op gaan', en: 'let the order go one way only' },
    )
  }
  return new Map(
    [...fields].map(([id, field]) => {
      const limits = limited.get(id)
      return [id, limits === undefined ? field : { ...field, limits }]
    }),
  )
}

function readLimits(
  node: YamlNode,
  { id, type }: Field,
  fields: ReadonlyMap<string, Field>,
  faults: PolicyFault[],
): DateLimits | undefined {
  const members = readMembers(
    node,
    { required: [], optional: ['niet-in-de-toekomst', 'hoogstens-jaren-geleden', 'niet-voor'] },
    faults,
  )
  if (type !== 'datum') {
    addFault(
      faults,
      node.position,
      { nl: `veld ${quote(id)} is geen datum`, en: `field ${quote(id)} is not a date` },
      { nl: 'verwijder `grenzen`', en: 'remove `grenzen`' },
    )
    return undefined
  }
  if (members === undefined) return undefined
  const answer = { nl: 'antwoord', en: 'answer' }
  const isPast = readMember(
    members,
    'niet-in-de-toekomst',
    (value) => readChoice(value, ['ja', 'nee'], answer, faults),
    faults,
  )
  const readYears = (value: YamlNode) => readCount(value, YEARS_AGO.minimum, faults, YEARS_AGO.maximum)
  const maxYearsAgo = readMember(members, 'hoogstens-jaren-geleden', readYears, faults)
  const dates = new Map([...fields].filter(([, field]) => field.type === 'datum'))
  const dateKind = wordKind(dates, { nl: 'datumveld', en: 'date field' }, 'velden')
  const notBefore = readMember(members, 'niet-voor', (list) => readWords(list, dateKind, faults), faults) ?? []
  return {
    ...(isPast === 'ja' && { isPast: true as const }),
    ...(maxYearsAgo !== undefined && { maxYearsAgo }),
    ...(notBefore.length > 0 && { notBefore }),
  }
}

function isBeforeItself(id: string, limits: ReadonlyMap<string, DateLimits | undefined>): boolean {
  const earlier = new Set(limits.get(id)?.notBefore)
  // A set that grows while it is walked: every field is walked once.
  for (const one of earlier) for (const other of limits.get(one)?.notBefore ?? []) earlier.add(other)
  return earlier.has(id)
}
