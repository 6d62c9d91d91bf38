/** kraftfahrstrasse on a list codec: an object for its option `serializer`. */
import type { ISerializer } from '@verkehrsministerium/kraftfahrstrasse'
import type { ListCodec } from '../lists/list-codec.ts'
import { checkLists } from './lists.ts'
import { type ListFormat, type ListPreset, presetOf } from './presets.ts'

export type { ListFormat, ListPreset } from './presets.ts'

const CANCEL = 49

/** The options of a list codec that gives the values of kraftfahrstrasse's own serializers: Buffer, and numbers. */
export function kraftfahrstrasseOptions(format: ListFormat): ListPreset {
  return presetOf(format, { binary: 'buffer', rounded: ['json', 'msgpack'] })
}

/** Throws TypeError for anything but a list codec. */
export function kraftfahrstrasse(lists: ListCodec): ISerializer {
  checkLists('kraftfahrstrasse', lists)
  const { subprotocol, isBinary } = lists
  const serializer = {
    IsBinary: () => isBinary,
    ProtocolID: () => subprotocol,
    Serialize: (list: readonly unknown[]) => lists.encode(withoutEmptyMode(list)),
    Deserialize: (data: string | Uint8Array | ArrayBuffer) => lists.decode(data),
  }
  // Its interface says ArrayBuffer for bytes; it hands them to WebSocket.send, which takes Uint8Array too.
  return serializer as unknown as ISerializer
}

/** `CancelCall` without a mode sends `""`, which routers refuse: no mode is meant. */
function withoutEmptyMode(list: readonly unknown[]): readonly unknown[] {
  const options = list[2] as { mode?: unknown } | null | undefined
  if (list[0] !== CANCEL || options?.mode !== '') return list
  const { mode: _, ...others } = options
  return [CANCEL, list[1], others]
}
