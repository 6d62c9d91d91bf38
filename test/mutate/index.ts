/** What run.mjs runs. */
export { createRandom } from '../support/random.ts'
export { apply, findMutants, type Mutant } from './find.ts'
export { isAsked, isMutated, kernelBatches, sourceBatches } from './plan.ts'
export { instrument, reachedBy } from './reach.ts'
