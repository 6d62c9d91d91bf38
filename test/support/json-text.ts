/** What our JSON encoder writes, made by `JSON.stringify`: an oracle for plain data. */

/** A float: V8's digits, and where they show no fraction the form of Python, which is that of a float. */
export function floatTextOf(value: number): string {
  if (!Number.isInteger(value)) return String(value)
  if (Object.is(value, -0)) return '-0.0'
  return Math.abs(value) < 1e16 ? `${value}.0` : value.toExponential()
}

/** The text of plain data: -0 and numbers beyond 2^53 are floats, which `JSON.stringify` writes as integers. */
export function jsonTextOf(value: unknown): string {
  const marked = JSON.stringify(value, (_, item: unknown) => {
    if (typeof item !== 'number') return item
    return Object.is(item, -0) || Math.abs(item) > 2 ** 53 ? `the float ${floatTextOf(item)}` : item
  })
  return marked.replace(/"the float ([^"]+)"/g, '$1')
}
