/** args and kwargs of a message in JSON, read in the pass that checks them. */
import type { DecodeRules } from '../decode-value.ts'
import type { PayloadValues } from '../format.ts'
import { newPlace } from '../read-key.ts'
import { shift } from './input.ts'
import { at, element, next, nodes, readWith, takesComma } from './read.ts'
import { CLOSE_ARRAY, OPEN_ARRAY, OPEN_MAP } from './syntax.ts'

/** Values of no more bytes are read faster where the kernel has checked them. */
export const SHORT_JSON = 256

const ARGS = newPlace()
const KWARGS = newPlace()

/** What needs the fallback, is empty or wrong: the kernel looks at it. */
const LEFT: unique symbol = Symbol('left')

/** See `ValueFormat.readPayload`: the rest of the list is `source[start, stop)`. The rules are common ones. */
export function readJsonPayload(
  source: Uint8Array,
  _list: number,
  _before: number,
  start: number,
  stop: number,
  by: DecodeRules,
): PayloadValues | null {
  try {
    return readWith(source, start, stop, by, payload) as PayloadValues
  } catch {
    return null
  }
}

function payload(): PayloadValues {
  if (next() !== OPEN_ARRAY) throw LEFT
  const args = element(ARGS) as unknown[]
  const argsEnd = shift + at
  if (!takesComma()) {
    // Without kwargs an empty list is nothing.
    if (args.length === 0) throw LEFT
    return { args, kwargs: null, argsEnd, kwargsStart: argsEnd, kwargsEnd: argsEnd }
  }
  if (next() !== OPEN_MAP) throw LEFT
  const kwargsStart = shift + at
  const left = nodes - 1
  const kwargs = element(KWARGS) as Record<string, unknown>
  if (nodes === left) throw LEFT
  const kwargsEnd = shift + at
  if (next() !== CLOSE_ARRAY) throw LEFT
  takesComma()
  return { args, kwargs, argsEnd, kwargsStart, kwargsEnd }
}
