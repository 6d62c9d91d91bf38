/** Result -> the JSON file that `--compare` and the README read. */

/** One row a line, so that results differ by lines; five digits that count are more than any machine repeats. */
export function dataOf({ facts, rows }) {
  const short = (_, value) =>
    Number.isInteger(value) || typeof value !== 'number' ? value : Number(value.toPrecision(5))
  const lines = rows.map((row) => JSON.stringify(row, short))
  return `{"facts":${JSON.stringify(facts, null, 1)},"rows":[\n${lines.join(',\n')}\n]}\n`
}
