/** A contender -> functions that do n operations: what tinybench times. */

/** The last result: what nobody reads, an optimiser may leave out. */
let sink = null
export const lastResult = () => sink

/**
 * `call(n)` does n operations, each with the next input; `prepare(n)` stands before it and is not timed: it makes n new
 * inputs, Buffers over the same bytes by default, because a socket never gives the same Buffer twice. A contender's own
 * `renew` makes them of its `inputs` otherwise. With `isReused` Buffers come again.
 */
export function repeated(contender, isReused) {
  if (contender.run === undefined) return contender
  const { run, renew = null, isAsync = false } = contender
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
  const make = renew ?? (isReused ? null : renewalOf(inputs[0]))
  if (make === null) return { ...contender, call, prepare: null }
  let from = 0
  const prepare = (operations) => {
    ring = Array.from({ length: operations }, (_, i) => make(inputs[(from + i) % inputs.length]))
    from = (from + operations) % inputs.length
    at = 0
  }
  return { ...contender, call, prepare }
}

/** What makes another input like this one with a Buffer of its own; `null` when there is no Buffer in it. */
function renewalOf(input) {
  if (Buffer.isBuffer(input)) return (frame) => frame.subarray()
  if (Buffer.isBuffer(input?.frame)) return ({ frame, index }) => ({ frame: frame.subarray(), index })
  return null
}
