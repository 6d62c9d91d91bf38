/** What is said of a finding: the fault, the smallest program that shows it, and how to run it again. */
import { Machine } from './machine.ts'
import { textOf } from './notation.ts'
import type { Step } from './programs.ts'
import { Codecs } from './serializers.ts'
import { type Found, Session, tryProgram } from './session.ts'
import { shrunk } from './shrink.ts'

export { Session } from './session.ts'

/** Programs before a finding that may have a part in it, at most. */
const MAX_BEFORE = 4096

/** The finding as text for people. */
export function report(found: Found): string {
  const { seed, program, kernel, finding, steps } = found
  const shows = (smaller: readonly Step[]): boolean =>
    tryProgram(new Machine(new Codecs(kernel)), smaller, program)?.kind === finding.kind
  const command = `node test/fuzz/run.mjs message --seed ${seed} --program ${program}`
  if (!shows(steps)) {
    const from = beginningOf(found)
    const how = from < 0 ? 'not shown again by itself' : `${command} --from ${from}`
    return `FINDING ${finding.message}\n  on ${kernel}: ${how}\n  ${textOf(steps)}`
  }
  const small = shrunk(steps, shows)
  const again = tryProgram(new Machine(new Codecs(kernel)), small, program) ?? finding
  return `FINDING ${again.message}\n  on ${kernel}: ${command}\n  ${textOf(small)}`
}

/** The first program that must run before, for what a program does not show alone; -1 when none is found. */
function beginningOf({ seed, program, finding }: Found): number {
  for (let count = 16; count <= MAX_BEFORE; count *= 4) {
    const session = new Session(seed)
    const from = Math.max(0, program - count)
    for (let index = from; index <= program; index++) {
      const found = session.run(index)
      if (index === program && found?.finding.kind === finding.kind) return from
    }
    if (from === 0) break
  }
  return -1
}
