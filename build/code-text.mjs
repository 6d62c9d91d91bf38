/** Pieces of TypeScript that several generators write. */

/** A documentation comment, on one line where it has room. */
export function comment(text, indent = '') {
  const one = `/** ${text} */`
  if (indent.length + one.length <= 120) return one
  const lines = ['']
  for (const word of text.split(' ')) {
    if (lines.at(-1).length + word.length + indent.length > 115) lines.push('')
    lines[lines.length - 1] += ` ${word}`
  }
  return `/**\n${lines.map((line) => `${indent} *${line}`).join('\n')}\n${indent} */`
}

/** Names in a union of strings. */
export function union(names) {
  return names.length === 0 ? 'never' : names.map((name) => `'${name}'`).join(' | ')
}
