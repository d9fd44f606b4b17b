import type { LocalisedText } from '../../model/language.ts'
import { ROTATIONS, type Rotation } from '../../pseudonym/key-rotation.ts'
import { UsageError } from '../terminal/failure.ts'

/** @param ask start of the error @throws UsageError that lists the rotations */
export function parseRotation(word: string | undefined, ask: LocalisedText): Rotation {
  const rotations = Object.keys(ROTATIONS) as Rotation[]
  const found = rotations.find((rotation) => rotation === word)
  if (found === undefined)
    throw new UsageError({ nl: `${ask.nl}: ${rotations.join(', ')}`, en: `${ask.en}: ${rotations.join(', ')}` })
  return found
}
