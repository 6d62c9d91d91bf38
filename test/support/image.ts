/**
 * The static image of a kernel's memory: its constants, and what lies before them. No call may change a byte of it,
 * whatever a peer has sent. What the kernel writes to (record, index, stack, tables of keys and URIs, shapes, powers of
 * ten) starts as zeros, of which a binary has no data segments: a long gap between segments is such a window.
 */
import { readFileSync } from 'node:fs'
import type { Kernel } from '../../src/kernel/kernel.ts'
import { kernelOf } from '../../src/kernel/load.ts'
import { fixedRanges } from './wasm.ts'

/** The image of one instance of a kernel, as the instance has it when this is made. */
export class StaticImage {
  readonly #memory: WebAssembly.Memory
  readonly #parts: readonly { start: number; bytes: Buffer }[]

  constructor(wasm: Uint8Array, memory: WebAssembly.Memory) {
    this.#memory = memory
    this.#parts = fixedRanges(wasm).map(({ start, end }) => ({
      start,
      bytes: Buffer.from(memory.buffer.slice(start, end)),
    }))
  }

  /** Bytes that are compared. */
  get length(): number {
    return this.#parts.reduce((sum, { bytes }) => sum + bytes.length, 0)
  }

  /** What has changed, in words; null when nothing has. */
  difference(): string | null {
    const { buffer } = this.#memory
    for (const { start, bytes } of this.#parts) {
      const now = Buffer.from(buffer, start, bytes.length)
      if (now.equals(bytes)) continue
      const at = bytes.findIndex((byte, i) => byte !== now[i])
      return `the kernel's memory has changed at address ${start + at}`
    }
    return null
  }
}

/** A kernel build as a module of its own, with the instance that codecs of this module share, and its image. */
export interface WatchedKernel {
  readonly module: WebAssembly.Module
  readonly kernel: Kernel
  readonly image: StaticImage
}

export function watchedKernel(build: string): WatchedKernel {
  const wasm = readFileSync(new URL(`../../out/wasm/kernel-${build}.wasm`, import.meta.url))
  const module = new WebAssembly.Module(wasm)
  const kernel = kernelOf(module)
  return { module, kernel, image: new StaticImage(wasm, kernel.exports.memory) }
}
