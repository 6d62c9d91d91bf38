/** Bytes as Node's Buffers: `binary: 'buffer'`, for applications that know nothing else. */

interface BufferClass {
  from(memory: ArrayBufferLike, offset: number, length: number): Uint8Array
}

/** A Buffer over the same memory. Codecs with this option are made only where there is one. */
export function asBuffer({ buffer, byteOffset, length }: Uint8Array): Uint8Array {
  const { Buffer } = globalThis as unknown as { Buffer: BufferClass }
  return Buffer.from(buffer, byteOffset, length)
}
