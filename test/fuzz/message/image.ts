/**
 * The static image of a kernel: the bytes below its windows that the module brings with it. They are constant tables,
 * and no call may ever change one.
 */
import { readFileSync } from 'node:fs'

/** A run of constant bytes. */
interface Segment {
  readonly start: number
  readonly bytes: Buffer
}

/** What is constant in the memory of a module. */
export class Image {
  readonly #segments: readonly Segment[]

  /** `wasm` are the bytes of the module. */
  constructor(wasm: Uint8Array) {
    const segments = segmentsOf(wasm)
    const first = Math.min(...segments.map(({ start }) => start))
    // Nothing is at address 0, so that a pointer that was never set is no address.
    this.#segments = [{ start: 0, bytes: Buffer.alloc(first) }, ...segments]
  }

  /** Bytes that are compared. */
  get length(): number {
    return this.#segments.reduce((sum, { bytes }) => sum + bytes.length, 0)
  }

  /** Where the first byte has changed; -1 when none has. */
  changed(memory: Uint8Array): number {
    for (const { start, bytes } of this.#segments) {
      const now = memory.subarray(start, start + bytes.length)
      if (Buffer.compare(bytes, now) !== 0) return start + bytes.findIndex((byte, i) => byte !== now[i])
    }
    return -1
  }
}

const images = new Map<string, Image>()

/** The image of one of the kernels in build/wasm. */
export function imageOf(file: string): Image {
  let image = images.get(file)
  if (image === undefined) {
    image = new Image(readFileSync(file))
    images.set(file, image)
  }
  return image
}

const DATA_SECTION = 11

/** The active data segments of a module (WebAssembly core specification, "Binary format", data section). */
function segmentsOf(wasm: Uint8Array): Segment[] {
  let at = 8
  const number = (): number => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++] as number
      value += (byte & 127) * 2 ** shift
      if (byte < 128) return value
    }
  }
  while (at < wasm.length) {
    const section = number()
    const end = number() + at
    if (section === DATA_SECTION) {
      return Array.from({ length: number() }, () => {
        if (number() !== 0 || number() !== 0x41)
          throw new TypeError('only active segments at constant places')
        const start = signed()
        if (number() !== 0x0b) throw new TypeError('the place of a segment is one constant')
        const length = number()
        at += length
        return { start, bytes: Buffer.from(wasm.subarray(at - length, at)) }
      })
    }
    at = end
  }
  throw new TypeError('a kernel without constants')

  function signed(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++] as number
      value |= (byte & 127) << shift
      if (byte < 128) return byte & 64 ? value | (-1 << (shift + 7)) : value
    }
  }
}
