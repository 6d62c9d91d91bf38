/** The options of a serializer. */
import type { PayloadFormatName } from '../payload/format-names.ts'

/** What a serializer id does not say of its frames. */
export interface SerializerOptions {
  /**
   * What `ubjson` means. Default `bjdata`, which autobahn-python writes since 26.6.1; older peers have `draft12`. Both
   * sides must agree: a frame in the wrong dialect may read as another message.
   */
  ubjsonDialect?: 'bjdata' | 'draft12' | undefined
  /** Written between batched JSON messages; both are read. Default 0x1e, as specified; autobahn-python wants 0x18. */
  batchSeparator?: 0x1e | 0x18 | undefined
  /** FlatBuffers: the format of args and kwargs, which nothing in the frame tells. Default cbor. */
  payloadSerializer?: PayloadFormatName | undefined
  /** FlatBuffers: write all that the schema holds, or the very bytes of autobahn-python. Default `schema`. */
  profile?: 'schema' | 'autobahn' | undefined
  /**
   * The dialect in which opaque payloads are written: as they are, `enc_*` for autobahn, `ppt_*` for peers of the
   * specification. FlatBuffers has only `enc_*`. What the other dialect cannot say is an EncodeError. Default `as-is`.
   */
  passthru?: 'as-is' | 'enc' | 'ppt' | undefined
}

/** The names of `SerializerOptions`. @internal */
export const SERIALIZER_OPTIONS: readonly (keyof SerializerOptions)[] = [
  'ubjsonDialect',
  'batchSeparator',
  'payloadSerializer',
  'profile',
  'passthru',
]
