/** The bench is plain JavaScript: its modules are loaded here under the types that a test expects of them. */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

export const ROOT: string = resolve(import.meta.dirname, '../..')

/** A module of bench/. */
export async function bench<T>(path: string): Promise<T> {
  return (await import(pathToFileURL(resolve(ROOT, 'bench', path)).href)) as T
}

export interface Quartiles {
  readonly p25: number
  readonly median: number
  readonly p75: number
}

export interface Target {
  readonly atLeast?: number
  readonly atMost?: number
  readonly against?: string
  readonly value?: number | null
  readonly isMet?: boolean | null
}

export interface Time extends Quartiles {
  readonly name: string
  readonly role: string
  readonly ratio: Quartiles
}

export interface Row {
  readonly name: string
  readonly job: string
  readonly unit: string
  readonly bytes: number | null
  readonly times: readonly Time[]
  readonly best: string | null
  readonly bare: string | null
  readonly targets: readonly Target[]
  readonly warnings: readonly string[]
  readonly notes: readonly string[]
  readonly missing: string | null
}

export interface Result {
  readonly facts: Readonly<Record<string, unknown>>
  readonly rows: readonly Row[]
}
