/** Runs programs: each step is done with the codec and with the model, and the two are compared. */
import { checkEntry, type Entry, Finding } from './entry.ts'
import { ALIVE, type Step } from './programs.ts'
import type { Codecs } from './serializers.ts'
import { STEPS } from './steps.ts'
import { readSome } from './steps-read.ts'
import { must } from './trips.ts'
import { Victim } from './victim.ts'
import type { World } from './world.ts'

/** The messages, the kernel and what watches over both. */
export class Machine implements World {
  readonly codecs: Codecs
  readonly pool: Entry[] = []
  readonly counts: Map<string, number>
  readonly #victim: Victim

  constructor(codecs: Codecs, counts: Map<string, number> = new Map()) {
    this.codecs = codecs
    this.counts = counts
    this.#victim = new Victim(codecs)
  }

  /** Runs a program from its beginning. Throws Finding. */
  run(program: readonly Step[], number: number): void {
    this.pool.length = 0
    for (const step of program) {
      try {
        this.#step(step)
      } finally {
        // Whatever else a step has shown, this is why.
        this.#checkImage(step.op)
      }
    }
    for (const entry of this.pool) {
      if (entry.shadow === null) readSome(entry, number)
      else must('reading at the end', () => checkEntry(entry, 'at the end'))
    }
    this.#checkImage('the end')
    this.#victim.check(number)
  }

  #step(step: Step): void {
    const action = STEPS[step.op] as (world: World, step: Step) => boolean
    if (action(this, step)) this.counts.set(step.op, (this.counts.get(step.op) ?? 0) + 1)
    while (this.pool.length > ALIVE) this.pool.shift()
  }

  #checkImage(after: string): void {
    const difference = this.codecs.image.difference()
    if (difference !== null)
      throw new Finding('the kernel has been written over', `${difference}, after ${after}`)
  }
}
