/** State machines of fast-check: commands in random order on something real, beside a model that says what it is. */
import fc from 'fast-check'
import { expect } from 'vitest'
import { runs } from '../support/properties.ts'

/** One kind of operation, with random numbers to choose by. `run` does it to both and compares. */
export interface Operation<Model, Real> {
  /** Whether the model allows it now; always when left out. */
  readonly when?: (model: Model) => boolean
  readonly run: (model: Model, real: Real, seed: number) => void
  /** How many times as often as others. */
  readonly weight?: number
}

/**
 * Runs histories of commands; when one fails, fast-check prints the shortest that does, and its seed. Every operation
 * must have had its turn.
 */
export function runMachine<Model extends object, Real extends object>(
  operations: Readonly<Record<string, Operation<Model, Real>>>,
  setUp: () => { model: Model; real: Real },
  count: number,
  length: number,
): void {
  const turns = new Map(Object.keys(operations).map((name) => [name, 0]))
  const commands = Object.entries(operations).flatMap(([name, { when, run, weight = 1 }]) => {
    const command = fc.nat().map((seed) => ({
      check: (model: Readonly<Model>) => when?.(model as Model) ?? true,
      run(model: Model, real: Real) {
        turns.set(name, (turns.get(name) as number) + 1)
        run(model, real, seed)
      },
      toString: () => `${name}(${seed})`,
    }))
    return Array<typeof command>(weight).fill(command)
  })
  fc.assert(
    fc.property(fc.commands(commands, { maxCommands: length, size: 'max' }), (history) =>
      fc.modelRun(setUp, history),
    ),
    runs(count, 20 * count),
  )
  expect(Math.min(...turns.values()), [...turns].join(' ')).toBeGreaterThan(count / 4)
}
