/** The kernel of every format, which also transcodes. */
import { KERNEL_FULL } from '../generated/kernel.ts'
import { KernelAsset, type KernelFiles } from './load.ts'

/** Written so that bundlers see which files these are; every file of dist/ has them beside it. */
const FILES: KernelFiles = {
  scalar: () => new URL('./kernel-scalar.wasm', import.meta.url),
  javascript: () => new URL('./kernel-scalar.js', import.meta.url),
}

export const FULL_KERNEL: KernelAsset = new KernelAsset(KERNEL_FULL, FILES)
