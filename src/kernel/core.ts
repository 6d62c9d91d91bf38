/** The kernel of JSON, MsgPack and CBOR. */
import { KERNEL_CORE } from '../generated/kernel-core.ts'
import { KernelAsset, type KernelFiles } from './load.ts'

/** Written so that bundlers see which files these are; every file of dist/ has them beside it. */
const FILES: KernelFiles = {
  scalar: () => new URL('./kernel-core-scalar.wasm', import.meta.url),
  javascript: () => new URL('./kernel-core-scalar.js', import.meta.url),
}

export const CORE_KERNEL: KernelAsset = new KernelAsset(KERNEL_CORE, FILES)
