/**
 * The formats of a codec, each with all that a codec does with it. Each is an import of its own
 * (`wamp-codec/formats/*`), so that a bundle has the code of those that are named.
 */
import type { KernelAsset } from '../kernel/load.ts'
import type { ValueFormat } from '../payload/format.ts'
import type { PayloadFormatName } from '../payload/format-names.ts'
import type { SerializerId } from '../serializer/ids.ts'
import type { SerializerSpec } from '../serializer/spec.ts'

/** A format, as a module `wamp-codec/formats/...` exports it. */
export interface CodecFormat<
  Id extends SerializerId = SerializerId,
  Payload extends PayloadFormatName = PayloadFormatName,
> {
  /** The name of the module. */
  readonly name: string
  /** The serializers that it gives: none for a format of payloads only. */
  readonly serializers: readonly Id[]
  /** The payload formats that it gives. */
  readonly payloads: readonly Payload[]
  /** @internal */
  readonly formats: readonly ValueFormat[]
  /** @internal */
  readonly spec: SerializerSpec | null
  /** The kernel that knows the format, for those that the core kernel does not know. @internal */
  readonly kernel: KernelAsset | null
}
