/** The fields of a JSON object as they are written: numbers that JavaScript would round keep their digits so. */

/**
 * What JSON is made of: texts (of any length: no step of the search for each letter), punctuation, words and numbers.
 */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}:,]|[^\s"[\]{}:,]+/g

/** The text of each value by its key; of a key that is there twice the last one. The object is known to be right. */
export function fieldsOf(object: string): Map<string, string> {
  const fields = new Map<string, string>()
  let depth = 0
  let key = ''
  // Where the value of `key` begins; 0 before its colon.
  let start = 0
  for (const { 0: token, index } of object.matchAll(TOKENS)) {
    if (depth === 1 && (token === ',' || token === '}')) {
      if (start > 0) fields.set(key, object.slice(start, index).trim())
      start = 0
    } else if (depth === 1 && start === 0) {
      if (token === ':') start = index + 1
      else key = JSON.parse(token) as string
    }
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
  }
  return fields
}

/** The object of such fields. */
export function objectText(fields: ReadonlyMap<string, string>): string {
  return `{${Array.from(fields, ([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`
}
