/** Before anything is timed: every contender has computed the same from every input, or the case fails. */
import { deepStrictEqual } from 'node:assert'

/**
 * Throws when a contender of the case got something else than `expected`. A contender's `read` turns what its `run`
 * gave into plain values; `proof` overrides what they must be.
 */
export async function prove(name, { contenders, expected }) {
  for (const contender of contenders) {
    if (contender.run === undefined) continue
    const inputs = contender.inputs()
    for (const [i, input] of inputs.entries()) {
      const found = plain(contender.read(await contender.run(input), i), contender.quirk !== undefined)
      try {
        deepStrictEqual(found, plain(contender.proof === undefined ? expected[i] : contender.proof(i), false))
      } catch (cause) {
        throw new Error(`${name}: ${contender.name} computes something else for input ${i}`, { cause })
      }
    }
  }
}

/**
 * What is compared: all byte strings as `Uint8Array`, without the containers' prototypes. With `isLenient` a BigInt that
 * is a safe integer counts as that number, which is the one quirk that a peer may have.
 */
export function plain(value, isLenient) {
  if (typeof value === 'bigint')
    return isLenient && BigInt.asIntN(54, value) === value ? Number(value) : value
  if (typeof value !== 'object' || value === null) return value
  if (ArrayBuffer.isView(value))
    return { bytes: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex') }
  if (Array.isArray(value)) return value.map((each) => plain(each, isLenient))
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  return Object.fromEntries(entries.map(([key, each]) => [key, plain(each, isLenient)]))
}
