/** The parties of the demo; their keys are made on the first start. */
export const DEMO_PARTIES = ['politie', 'fier', 'comensha', 'toezichthouder'] as const
/** Persons at those parties, for the commands of officers; their ids are roles. */
export const DEMO_PEOPLE = [
  'politie.functionaris-1',
  'politie.teamleider-1',
  'politie.teamleider-2',
  'comensha.functionaris-1',
] as const
