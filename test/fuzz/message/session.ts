/** Many programs in a row. */
import { Finding } from './entry.ts'
import { Machine } from './machine.ts'
import { programOf, type Step } from './programs.ts'
import { Codecs } from './serializers.ts'

/** The kernels that programs run on, by turns. */
export const KERNELS: readonly string[] = ['out/wasm/kernel-simd.wasm', 'out/wasm/kernel-scalar.wasm']

/** What was found, and by which program. */
export interface Found {
  readonly seed: number
  readonly program: number
  readonly kernel: string
  readonly finding: Finding
  readonly steps: readonly Step[]
}

/** A number in every four programs runs on the scalar kernel. */
function kernelFor(index: number): string {
  return KERNELS[index % 4 === 3 ? 1 : 0] as string
}

/** Runs one program on a machine. Returns the finding, or null. */
export function tryProgram(machine: Machine, steps: readonly Step[], index: number): Finding | null {
  try {
    machine.run(steps, index)
    return null
  } catch (error) {
    if (error instanceof Finding) return error
    return new Finding('the step throws', error instanceof Error ? String(error.stack) : String(error))
  }
}

/** Machines that are used from program to program, and made anew after a finding. */
export class Session {
  readonly seed: number
  readonly counts: Map<string, number> = new Map()
  readonly #machines: Map<string, Machine> = new Map()

  constructor(seed: number) {
    this.seed = seed
  }

  /** Runs program number `index`. */
  run(index: number): Found | null {
    const kernel = kernelFor(index)
    let machine = this.#machines.get(kernel)
    if (machine === undefined) {
      machine = new Machine(new Codecs(kernel), this.counts)
      this.#machines.set(kernel, machine)
    }
    const steps = programOf(this.seed, index)
    const finding = tryProgram(machine, steps, index)
    if (finding === null) return null
    // Nobody knows what it has left behind.
    this.#machines.delete(kernel)
    return { seed: this.seed, program: index, kernel, finding, steps }
  }
}
