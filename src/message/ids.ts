/** WAMP ids. */

/** The largest WAMP id, 2^53. */
export const MAX_ID: number = 2 ** 53

/** An id: an integer from 0 to 2^53. */
export function isId(value: unknown): value is number {
  return (
    typeof value === 'number' &&
    value >= 0 &&
    value <= MAX_ID &&
    Number.isInteger(value) &&
    !Object.is(value, -0)
  )
}
