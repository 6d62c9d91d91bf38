/**
 * Templates of arrays: a copy of one is made at once, has no holes, and is of the kind that V8 keeps the elements in.
 * Made at first use, because a thousand elements take a tenth of a millisecond.
 */

/** What the first element of an array says about the others. */
export const SORT_ANY = 0
export const SORT_INTEGER = 1
export const SORT_DOUBLE = 2

const FILLING: readonly unknown[] = [null, 0, 0.5]
const LENGTH = 1024
const templates: unknown[][] = []

/** An array to be filled, for `count` elements of a sort. */
export function arrayOf(sort: number, count: number): unknown[] {
  if (count > LENGTH) return new Array(count)
  return (templates[sort] ?? makeTemplate(sort)).slice(0, count)
}

function makeTemplate(sort: number): unknown[] {
  const template = Array.from({ length: LENGTH }, () => FILLING[sort])
  templates[sort] = template
  return template
}
