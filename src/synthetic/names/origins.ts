import { arabic } from './arabic.ts'
import { bulgarian } from './bulgarian.ts'
import { chinese } from './chinese.ts'
import { dutch } from './dutch.ts'
import { edo, hausa, igbo, yoruba } from './nigerian.ts'
import type { Origin } from './origin.ts'
import { romanian } from './romanian.ts'
import { ukrainian } from './ukrainian.ts'
import { vietnamese } from './vietnamese.ts'

/** The origins of a generated population; shares add up to 100. */
export const ORIGINS: readonly Origin[] = [
  dutch,
  arabic,
  ukrainian,
  romanian,
  bulgarian,
  vietnamese,
  chinese,
  igbo,
  yoruba,
  hausa,
  edo,
]
