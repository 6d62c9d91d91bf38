/** What a WebAssembly binary says of itself: its sections, and the bytes that it puts into its memory. */

/** The bytes of a section, without its head: [start, end). */
export interface Section {
  readonly id: number
  /** Where the section's head begins. */
  readonly head: number
  readonly start: number
  readonly end: number
}

const DATA_SECTION = 11
const I32_CONST = 0x41

/** An integer in LEB128, signed or not, and the position after it. */
function leb(wasm: Uint8Array, at: number, isSigned = false): [value: number, after: number] {
  let value = 0
  let shift = 0
  for (;;) {
    const byte = wasm[at++] as number
    value |= (byte & 0x7f) << shift
    shift += 7
    if (byte >= 0x80) continue
    if (isSigned && shift < 32 && (byte & 0x40) !== 0) value |= -1 << shift
    return [value, at]
  }
}

/** The sections of a module, in their order. */
export function sectionsOf(wasm: Uint8Array): readonly Section[] {
  const sections: Section[] = []
  for (let head = 8; head < wasm.length; ) {
    const [length, start] = leb(wasm, head + 1)
    sections.push({ id: wasm[head] as number, head, start, end: start + length })
    head = start + length
  }
  return sections
}

/** A piece of the memory that the module brings with it. */
export interface Segment {
  readonly address: number
  readonly bytes: Uint8Array
}

/** The data segments; throws when one is of another form than AssemblyScript writes. */
export function segmentsOf(wasm: Uint8Array): readonly Segment[] {
  const section = sectionsOf(wasm).find(({ id }) => id === DATA_SECTION)
  if (section === undefined) return []
  let [count, at] = leb(wasm, section.start)
  const segments: Segment[] = []
  for (; count > 0; count--) {
    if (wasm[at] !== 0 || wasm[at + 1] !== I32_CONST) throw new Error('a data segment of another form')
    const [address, behind] = leb(wasm, at + 2, true)
    const [length, from] = leb(wasm, behind + 1)
    at = from + length
    segments.push({ address, bytes: wasm.subarray(from, at) })
  }
  return segments
}

/** Zeros inside of constants are shorter than this, and what the kernel writes to is longer. */
const SHORTEST_WINDOW = 1024

/** Bytes [start, end) that must stay as they are. */
export interface FixedRange {
  readonly start: number
  readonly end: number
}

/** The fixed ranges of a kernel, from its binary. */
export function fixedRanges(wasm: Uint8Array): readonly FixedRange[] {
  const ranges: { start: number; end: number }[] = [{ start: 0, end: 0 }]
  for (const { address, bytes } of segmentsOf(wasm)) {
    const last = ranges.at(-1) as { start: number; end: number }
    const end = address + bytes.length
    // Nothing is put below the first segment.
    if (address - last.end < SHORTEST_WINDOW || last.end === 0) last.end = end
    else ranges.push({ start: address, end })
  }
  return ranges
}
