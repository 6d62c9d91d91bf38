/** Before anything is timed: every contender has computed the same from every input, or the case fails. */
import { inspect } from 'node:util'

/**
 * Throws when a contender of the case got something else than `expected`. A contender's `read` turns what its `run`
 * gave into plain values; `proof` overrides what they must be.
 */
export async function prove(name, { contenders, expected }) {
  for (const { name: contender, run, read, inputs, renew = same, quirk, proof } of contenders) {
    if (run === undefined) continue
    for (const [i, input] of inputs().entries()) {
      const found = read(await run(renew(input)), i)
      const path = difference(found, proof === undefined ? expected[i] : proof(i), quirk !== undefined)
      if (path !== null)
        throw new Error(`${name}: ${contender} computes something else for input ${i}: ${path}`)
    }
  }
}

const same = (input) => input

/**
 * Where two values differ and how, as text; `null` when they are the same. All byte strings are alike, and the order of
 * keys does not count. With `isLenient` a BigInt that is a safe integer is that number, which is the one quirk that a
 * peer may have.
 */
export function difference(found, expected, isLenient = false, path = '') {
  if (Object.is(found, expected)) return null
  const differs = () => `${path || 'the value'} is ${brief(found)}, expected ${brief(expected)}`
  if (typeof found === 'bigint' && isLenient)
    return Number(found) === expected && Number.isSafeInteger(expected) ? null : differs()
  if (typeof found !== 'object' || typeof expected !== 'object' || found === null || expected === null)
    return differs()
  if (ArrayBuffer.isView(found) || ArrayBuffer.isView(expected)) {
    return ArrayBuffer.isView(found) && ArrayBuffer.isView(expected) && Buffer.compare(found, expected) === 0
      ? null
      : differs()
  }
  if (Array.isArray(found) !== Array.isArray(expected)) return differs()
  const keys = Object.keys(expected)
  if (keys.length !== Object.keys(found).length) return differs()
  for (const key of keys) {
    const inside = Object.hasOwn(found, key)
      ? difference(found[key], expected[key], isLenient, `${path}[${JSON.stringify(key)}]`)
      : `${path}[${JSON.stringify(key)}] is missing`
    if (inside !== null) return inside
  }
  return null
}

const brief = (value) => inspect(value, { depth: 2, breakLength: Number.POSITIVE_INFINITY }).slice(0, 200)
