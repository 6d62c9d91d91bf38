/** What a codec is made of: a kernel, payload formats, serializers and tools. */
import type { KernelAsset } from '../kernel/load.ts'
import type { SpecSet } from '../serializer/spec.ts'
import type { Tools } from './lookup.ts'

export interface Variant extends SpecSet {
  readonly kernel: KernelAsset
  /** A format needs the full kernel: that of `wamp-codec/core` is refused. */
  readonly isFull: boolean
  readonly tools: Tools
}
