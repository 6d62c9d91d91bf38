/** Programs as text: JSON with a spelling for what JSON has not, and back. */
import { Float64 } from '../../../src/index.ts'
import type { Step } from './programs.ts'
import { setOwn } from './values.ts'

/** The program as one line of JSON. */
export function textOf(program: readonly Step[]): string {
  return JSON.stringify(spelled(program))
}

/** The program that a text stands for. Throws SyntaxError. */
export function programFrom(text: string): Step[] {
  return meant(JSON.parse(text)) as Step[]
}

/** What JSON cannot say is an object with one key that begins with `$`; no key of the grammar does. */
function spelled(value: unknown): unknown {
  if (typeof value === 'bigint') return { $integer: String(value) }
  if (typeof value === 'number') {
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : { $number: Object.is(value, -0) ? '-0' : String(value) }
  }
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Float64) return { $float: spelled(value.value) }
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('hex') }
  if (value instanceof Map) return { $map: [...value].map(spelled) }
  if (Array.isArray(value)) return value.map(spelled)
  const object = {}
  for (const [key, item] of Object.entries(value)) setOwn(object, key, spelled(item))
  return object
}

function meant(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(meant)
  const entries = Object.entries(value)
  const [key, item] = entries[0] ?? ['']
  switch (entries.length === 1 ? key : '') {
    case '$integer':
      return BigInt(item as string)
    case '$number':
      return Number(item)
    case '$float':
      return new Float64(meant(item) as number)
    case '$bytes':
      return new Uint8Array(Buffer.from(item as string, 'hex'))
    case '$map':
      return new Map(meant(item) as [string, unknown][])
    default: {
      const object = {}
      for (const [name, part] of entries) setOwn(object, name, meant(part))
      return object
    }
  }
}
