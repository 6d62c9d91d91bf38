/** How often fast-check tries a property: with a fixed seed in quick tests, and with a new one in deep tests. */
const isDeep = process.env.WAMP_CODEC_DEEP === '1'

/** The parameters of `fc.assert`; a failure prints its seed. */
export function runs(quick: number, deep: number): { readonly numRuns: number; readonly seed?: number } {
  return isDeep ? { numRuns: deep } : { numRuns: quick, seed: 20_261_123 }
}
