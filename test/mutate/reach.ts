/** Which tests reach which mutants: seen in one run of the tests, with a call at the site of each mutant. */
import type { Mutant } from './find.ts'

/** The function that is called: recorder.mjs has it. */
const CALL = 'reachMutant'

/** A mutant and what it is called in the run. */
export interface Numbered {
  readonly number: number
  readonly mutant: Mutant
}

interface Mark {
  readonly at: number
  readonly isEnd: boolean
  /** Characters of its site; a statement is more than an expression of the same characters. */
  readonly size: number
  readonly text: string
}

/** The text of a file with a call at the site of each of its mutants; `recorder` is the path of recorder.mjs. */
export function instrument(text: string, mutants: readonly Numbered[], recorder: string): string {
  let from = 0
  let instrumented = `import { ${CALL} } from '${recorder}'; `
  for (const mark of mutants.flatMap(marksOf).sort(compareMarks)) {
    instrumented += text.slice(from, mark.at) + mark.text
    from = mark.at
  }
  return instrumented + text.slice(from)
}

function marksOf({ number, mutant }: Numbered): Mark[] {
  const { start, end, isStatement } = mutant.site
  const size = end - start + (isStatement ? 0.5 : 0)
  const call = `${CALL}(${number})`
  return [
    { at: start, isEnd: false, size, text: isStatement ? `{${call};` : `(${call}, ` },
    { at: end, isEnd: true, size, text: isStatement ? '}' : ')' },
  ]
}

/** Of marks at one place ends come first; sites that start together start with the largest, and end with it. */
function compareMarks(a: Mark, b: Mark): number {
  return a.at - b.at || Number(b.isEnd) - Number(a.isEnd) || (a.isEnd ? a.size - b.size : b.size - a.size)
}

/** Test files by the number of a mutant, from the lines that recorder.mjs writes. */
export function reachedBy(lines: readonly string[]): Map<number, string[]> {
  const reached = new Map<number, string[]>()
  for (const line of lines) {
    const [number, file] = JSON.parse(line) as [number, string]
    const files = reached.get(number) ?? []
    if (!files.includes(file)) files.push(file)
    reached.set(number, files)
  }
  return reached
}
