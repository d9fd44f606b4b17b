// Eleven is prime and no weight is a multiple of it, so every single wrong digit and every swap of neighbours shows.
const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, -1]

/**
 * Whether nine digits pass the eleven test of the citizen service number: their weighted sum is a multiple of eleven.
 * @see Logisch Ontwerp BRP, element 01.20
 */
export const passesElevenTest = (digits: string): boolean =>
  WEIGHTS.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11 === 0
