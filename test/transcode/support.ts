/**
 * What the tests of the transcoder share: both kernels, the oracle (decoder and encoder in JavaScript), random values.
 */

import { FORMATS as FORMATS_BY_NAME } from '../../src/formats/full.ts'
import type { Kernel } from '../../src/kernel/kernel.ts'
import { DEFAULT_POLICY, type Policy } from '../../src/limits.ts'
import type { ValueFormat } from '../../src/payload/format.ts'
import { acquireOutput, releaseOutput } from '../../src/payload/output.ts'
import { transcodeResident, transcodeValue } from '../../src/payload/transcode.ts'
import { Float64 } from '../../src/payload/values.ts'
import { type StaticImage, watchedKernel } from '../support/image.ts'
import type { Random } from '../support/random.ts'

export const isDeep: boolean = process.env.WAMP_CODEC_DEEP === '1'

export const FORMATS: readonly ValueFormat[] = Object.values(FORMATS_BY_NAME)

/** Every ordered pair of formats, with a name for tests. */
export const PAIRS: readonly { name: string; from: ValueFormat; to: ValueFormat }[] = FORMATS.flatMap(
  (from) =>
    FORMATS.filter((to) => to !== from).map((to) => ({ name: `${from.name} to ${to.name}`, from, to })),
)

const watched = watchedKernel('simd')
export const simd: Kernel = watched.kernel
/** Constants of the SIMD kernel, which no call may change. */
export const simdImage: StaticImage = watched.image
export const scalar: Kernel = watchedKernel('scalar').kernel

/** The value in a format, as our encoder writes it. */
export function encoded(format: ValueFormat, value: unknown, policy: Policy = DEFAULT_POLICY): Uint8Array {
  const out = acquireOutput()
  try {
    format.encode(out, value, policy, '')
    return out.finish()
  } finally {
    releaseOutput(out)
  }
}

/** What the decoder and the encoder make of the bytes. */
export function oracle(
  bytes: Uint8Array,
  from: ValueFormat,
  to: ValueFormat,
  policy: Policy = DEFAULT_POLICY,
): Uint8Array {
  const out = acquireOutput()
  try {
    transcodeValue(out, bytes, from, to, policy)
    return out.finish()
  } finally {
    releaseOutput(out)
  }
}

/** What the kernel alone makes of them; null when it leaves them to JavaScript. */
export function byKernel(
  kernel: Kernel,
  bytes: Uint8Array,
  from: ValueFormat,
  to: ValueFormat,
  policy: Policy = DEFAULT_POLICY,
): Uint8Array | null {
  kernel.load(bytes)
  if (!transcodeResident(kernel, { at: 0, length: bytes.length, place: 0 }, from, to, policy)) return null
  return kernel.bytes.slice(kernel.outStart, kernel.outEnd)
}

/** A random value of all kinds that any format carries, with floats that are integral. */
export function randomValue(random: Random, depth: number): unknown {
  return exact(random.value(depth, { bytes: true, bigints: true }), random)
}

function exact(value: unknown, random: Random): unknown {
  if (typeof value === 'number') {
    // Subnormal numbers are left to JavaScript by some targets, and would take their neighbours along.
    if (value !== 0 && Math.abs(value) < 2 ** -1022) return 0.5
    return random.int(0, 9) === 0 ? new Float64(Math.round(value)) : value
  }
  if (Array.isArray(value)) return value.map((item) => exact(item, random))
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  return new Map(Object.entries(value).map(([key, item]) => [key, exact(item, random)]))
}
