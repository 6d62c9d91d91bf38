/** What the bench takes of node:util: a value in words, for an error. */
export function inspect(value) {
  return typeof value === 'bigint' ? `${value}n` : (JSON.stringify(value) ?? String(value))
}
