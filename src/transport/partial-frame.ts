/** A frame of RawSocket that does not lie in one chunk. raw-socket.ts fills one at a time. */

/** The least that is allocated, in bytes: a frame that comes byte by byte shall not begin with ten tiny buffers. */
const FIRST_BYTES = 1024

/**
 * Collects the bytes of a frame. Its memory is what arrived, at most doubled, and never what the prefix claims: nine
 * bytes that announce 16 MiB cost `FIRST_BYTES`. Doubling also keeps the time linear, however small the chunks are.
 */
export class PartialFrame {
  private readonly length: number
  private bytes = new Uint8Array(0)
  private filled = 0

  /** A frame of so many bytes, of which none is there. */
  constructor(length: number) {
    this.length = length
  }

  /** Takes what is missing, or all there is, from `chunk` at `start`; returns where it stopped. */
  take(chunk: Uint8Array, start: number): number {
    const end = Math.min(chunk.length, start + this.length - this.filled)
    const filled = this.filled + end - start
    if (filled > this.bytes.length) {
      const bytes = new Uint8Array(Math.min(this.length, Math.max(FIRST_BYTES, 2 * filled)))
      bytes.set(this.bytes.subarray(0, this.filled))
      this.bytes = bytes
    }
    this.bytes.set(chunk.subarray(start, end), this.filled)
    this.filled = filled
    return end
  }

  /** All bytes, or null while some are missing. The last growth is exact, so there is nothing to cut off. */
  get whole(): Uint8Array<ArrayBuffer> | null {
    return this.filled === this.length ? this.bytes : null
  }
}
