/** What run.mjs runs. */
export { createRandom } from '../support/random.ts'
export { apply, findMutants, type Mutant } from './find.ts'
export { batchesOf, isMutated, stepsFor } from './plan.ts'
