/** kraftfahrstrasse on a list codec: an object for its option `serializer`. */
import type { ListCodec } from '../lists/list-codec.ts'
import { checkLists } from './lists.ts'
import { type ListFormat, type ListPreset, presetOf } from './presets.ts'

export type { ListFormat, ListPreset } from './presets.ts'

const CANCEL = 49

/**
 * A serializer as kraftfahrstrasse takes it, its `ISerializer`. Written here: the client's own declarations do not
 * compile with every `moduleResolution`.
 */
export interface KraftfahrstrasseSerializer {
  /** The subprotocol, for example `wamp.2.cbor`. */
  ProtocolID(): string
  /** Whether frames are binary. */
  IsBinary(): boolean
  /** The frame of a list: a string or a `Uint8Array`. */
  // biome-ignore lint/suspicious/noExplicitAny: the client says ArrayBuffer for bytes, and sends any that WebSocket takes
  Serialize(list: readonly unknown[]): any
  /** The list in a frame. */
  // biome-ignore lint/suspicious/noExplicitAny: the client says a union of tuples, which it does not export
  Deserialize(data: string | Uint8Array | ArrayBufferLike): any
}

/** The options of a list codec that gives the values of kraftfahrstrasse's own serializers: Buffer, and numbers. */
export function kraftfahrstrasseOptions(format: ListFormat): ListPreset {
  return presetOf(format, { binary: 'buffer', rounded: ['json', 'msgpack'] })
}

/** Throws TypeError for anything but a list codec. */
export function kraftfahrstrasse(lists: ListCodec): KraftfahrstrasseSerializer {
  checkLists('kraftfahrstrasse', lists)
  const { subprotocol, isBinary } = lists
  return {
    IsBinary: () => isBinary,
    ProtocolID: () => subprotocol,
    Serialize: (list) => lists.encode(withoutEmptyMode(list)),
    Deserialize: (data) => lists.decode(data as string | Uint8Array | ArrayBuffer),
  }
}

/** `CancelCall` without a mode sends `""`, which routers refuse: no mode is meant. */
function withoutEmptyMode(list: readonly unknown[]): readonly unknown[] {
  const options = list[2] as { mode?: unknown } | null | undefined
  if (list[0] !== CANCEL || options?.mode !== '') return list
  const { mode: _, ...others } = options
  return [CANCEL, list[1], others]
}
