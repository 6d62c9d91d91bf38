/**
 * The list of known differences, held against what the suites find. It must match exactly: a difference that is not
 * listed is a problem, and so is a line that no longer applies.
 */
import { readFileSync } from 'node:fs'

/** One way in which a line of the shared data is tried: a serializer, or `parse`. */
export type Way = string

/** What a suite may find. The causes of the list say which of these they explain. */
export type Outcome =
  | 'not-encoded' //  the message cannot be built, or cannot be encoded
  | 'bytes' //        it is encoded to other bytes
  | 'refused' //      the frame or list is refused
  | 'accepted' //     the frame or list is accepted
  | 'error' //        it is refused with another error
  | 'attributes' //   an attribute is different
  | 'marshal' //      the list form is different
  | 'rewritten' //    what was decoded is encoded to other bytes

interface Cause {
  readonly outcomes: readonly string[]
  readonly sentence: string
}

interface Line {
  readonly id: string
  readonly way: Way | '*'
  readonly cause: string
}

const TEXT = readFileSync(new URL('./known-differences.txt', import.meta.url), 'utf8')

/** Causes by name. */
export const CAUSES: ReadonlyMap<string, Cause> = new Map(
  rows()
    .filter((row) => row.startsWith('cause '))
    .map((row) => {
      const [, name = '', outcomes = '', sentence = ''] = /^cause (\S+) \(([^)]*)\): (.*)$/.exec(row) ?? []
      return [name, { outcomes: outcomes.split(', '), sentence }]
    }),
)

function rows(): string[] {
  return TEXT.split('\n').filter((row) => row !== '' && !row.startsWith('#'))
}

/** The listed lines of one file of the shared data. */
export function listed(file: string): readonly Line[] {
  return rows()
    .map((row) => row.split(' '))
    .filter(([first]) => first === file)
    .map(([, id = '', way = '', cause = '']) => ({ id, way, cause }))
}

/** What a suite has found in one file, or in a part of it that has its own ways. */
export class Findings {
  readonly tried: Map<string, Set<Way>> = new Map()
  private readonly found: Map<string, Set<Outcome>> = new Map()

  /** Notes that a line was tried in a way, and what was different. */
  add(id: string, way: Way, outcomes: Iterable<Outcome>): void {
    const ways = this.tried.get(id) ?? new Set()
    this.tried.set(id, ways.add(way))
    const set = new Set(outcomes)
    if (set.size > 0) this.found.set(`${id} ${way}`, set)
  }

  /** True when a line was tried in this way and something was different. */
  differs(id: string, way: Way): boolean {
    return this.found.has(`${id} ${way}`)
  }

  /**
   * Every disagreement with the list, in words; empty when both are the same. When only one way was tried, `of` names
   * it: lines of other ways are left out then, and those of every way that this one does not try.
   */
  problems(file: string, of?: Way): string[] {
    const problems: string[] = []
    const open = new Map(this.found)
    for (const { id, way, cause } of listed(file)) {
      if (of !== undefined && way !== of && !(way === '*' && this.tried.has(id))) continue
      const outcomes = CAUSES.get(cause)?.outcomes
      if (outcomes === undefined) problems.push(`${file} ${id}: there is no cause ${cause}`)
      const ways = way === '*' ? (this.tried.get(id) ?? []) : this.tried.get(id)?.has(way) ? [way] : []
      if ([...ways].length === 0) problems.push(`${file} ${id} ${way}: listed, but nobody tries it`)
      for (const each of ways) {
        const found = open.get(`${id} ${each}`)
        open.delete(`${id} ${each}`)
        if (found === undefined) problems.push(`${file} ${id} ${each}: listed, but there is no difference`)
        for (const outcome of found ?? []) {
          if (outcomes?.includes(outcome)) continue
          problems.push(`${file} ${id} ${each}: ${outcome}, which ${cause} does not explain`)
        }
      }
    }
    for (const [key, found] of open) problems.push(`${file} ${key}: ${[...found].join(', ')}, not listed`)
    return problems
  }
}
