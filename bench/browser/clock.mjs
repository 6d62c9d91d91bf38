/** The clock of a page: 5 us a step where the page is isolated, and no processor time. */
export { performanceNowTimestampProvider as timestamps } from 'tinybench'

/** A hundred steps of the clock. */
export const MIN_SAMPLE_NS = 500_000

export function processorTime() {
  return performance.now()
}
