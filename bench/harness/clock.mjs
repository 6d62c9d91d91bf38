/** The clocks of Node.js. In a page bench/browser/clock.mjs takes its place. */
export { hrtimeNowTimestampProvider as timestamps } from 'tinybench'

/** The shortest sample, in nanoseconds: a thousand times what reading the clock takes. */
export const MIN_SAMPLE_NS = 50_000

/** Milliseconds of all processors that this process has used. */
export function processorTime() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
