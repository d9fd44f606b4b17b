import { isCalendarDate } from '../../encoding/calendar-date.ts'
import { addFault, type PolicyFault } from './fault.ts'
import type { YamlNode } from './yaml.ts'

const MAX_COUNT = 1_000_000

/** Reads a whole number from `minimum` up to `maximum` (default: one million). */
export function readCount(
  node: YamlNode,
  minimum: number,
  faults: PolicyFault[],
  maximum = MAX_COUNT,
): number | undefined {
  const value = node.kind === 'scalar' ? node.value : undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum) return value
  addFault(
    faults,
    node.position,
    { nl: 'dit is geen heel getal binnen de grenzen', en: 'this is not a whole number within the limits' },
    maximum === MAX_COUNT
      ? { nl: `schrijf een heel getal vanaf ${minimum}`, en: `write a whole number of at least ${minimum}` }
      : {
          nl: `schrijf een heel getal van ${minimum} tot en met ${maximum}`,
          en: `write a whole number from ${minimum} to ${maximum}`,
        },
  )
  return undefined
}

/** Reads a calendar date `JJJJ-MM-DD`. */
export function readDate(node: YamlNode, faults: PolicyFault[]): string | undefined {
  const value = node.kind === 'scalar' ? node.value : undefined
  if (typeof value === 'string' && isCalendarDate(value)) return value
  addFault(
    faults,
    node.position,
    { nl: 'dit is geen datum', en: 'this is not a date' },
    { nl: 'schrijf een bestaande dag als `JJJJ-MM-DD`', en: 'write an existing day as `YYYY-MM-DD`' },
  )
  return undefined
}
