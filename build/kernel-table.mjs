/** The kernels: file, target of asconfig.json, entry of assembly/, and the bytes that it may have. */
export const KERNELS = [
  { name: 'kernel-simd', target: 'simd', entry: 'index', budget: 53_300 },
  { name: 'kernel-scalar', target: 'scalar', entry: 'index', budget: 53_300 },
  { name: 'kernel-core-simd', target: 'core-simd', entry: 'core', budget: 27_000 },
  { name: 'kernel-core-scalar', target: 'core-scalar', entry: 'core', budget: 27_000 },
]

/** The kernels that are there as JavaScript too, for runtimes without WebAssembly. */
export const JAVASCRIPT_KERNELS = ['kernel-scalar', 'kernel-core-scalar']
