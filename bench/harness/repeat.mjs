/** A contender -> functions that do n operations: what tinybench times. */

/** The last result: what nobody reads, an optimiser may leave out. */
let sink = null
export const lastResult = () => sink

/**
 * `call(n)` does n operations, each with the next input; `prepare(n)` stands before it and is not timed. With `isFresh`
 * it makes n new Buffers over the same bytes: a socket never gives the same Buffer twice.
 */
export function repeated(contender, isFresh) {
  if (contender.run === undefined) return contender
  const { run, isAsync = false } = contender
  // Everyone has inputs of its own: peers keep a DataView on a Buffer, which nobody else should trip over.
  const inputs = contender.inputs()
  let at = 0
  let ring = inputs
  const next = () => {
    const input = ring[at]
    at = at + 1 < ring.length ? at + 1 : 0
    return input
  }
  const call = isAsync
    ? async (operations) => {
        for (let i = 0; i < operations; i++) sink = await run(next())
      }
    : (operations) => {
        for (let i = 0; i < operations; i++) sink = run(next())
      }
  if (!isFresh || !Buffer.isBuffer(inputs[0])) return { ...contender, call, prepare: null }
  let from = 0
  const prepare = (operations) => {
    ring = Array.from({ length: operations }, (_, i) => inputs[(from + i) % inputs.length].subarray())
    from = (from + operations) % inputs.length
    at = 0
  }
  return { ...contender, call, prepare }
}
