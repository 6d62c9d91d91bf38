/** wampproto-js, and with it xconn-js, on a list codec: an object for their option `serializer`. */
import type { ListCodec } from '../lists/list-codec.ts'
import { checkLists } from './lists.ts'
import { type ListFormat, type ListPreset, presetOf } from './presets.ts'

export type { ListFormat, ListPreset } from './presets.ts'

/** What we use of the module `wampproto`, which the application passes: npm does not have it. */
export interface WampprotoModule {
  /** Its class for JSON. */
  readonly JSONSerializer: new () => object
  /** Its class for MsgPack. */
  readonly MsgPackSerializer: new () => object
  /** Its class for CBOR. */
  readonly CBORSerializer: new () => object
  /** Its message of a list. */
  ToMessage(list: unknown[]): unknown
}

/** A serializer of the module. */
export type WampprotoSerializer<Module extends WampprotoModule> = InstanceType<
  Module['JSONSerializer' | 'MsgPackSerializer' | 'CBORSerializer']
>

/** The options of a list codec that gives the values of wampproto's own serializers: Uint8Array, numbers or BigInt. */
export function wampprotoOptions(format: Exclude<ListFormat, 'ubjson'>): ListPreset {
  return presetOf(format, { binary: 'copy', rounded: ['json', 'msgpack'] })
}

/**
 * An instance of the module's own serializer of the format, because xconn-js chooses the subprotocol by `instanceof`,
 * with both methods replaced. Throws RangeError for a format of which the module has none, TypeError for arguments of
 * other types.
 */
export function wampproto<Module extends WampprotoModule>(
  module: Module,
  lists: ListCodec,
): WampprotoSerializer<Module> {
  checkLists('wampproto', lists)
  if (typeof module?.ToMessage !== 'function') throw new TypeError('wampproto: expected the module wampproto')
  return Object.assign(newSerializer(module, lists.id), {
    serialize: (message: { marshal(): unknown[] }) => lists.encode(message.marshal()),
    deserialize: (data: string | Uint8Array | ArrayBuffer) => module.ToMessage(lists.decode(data)),
  }) as WampprotoSerializer<Module>
}

function newSerializer(module: WampprotoModule, id: string): object {
  switch (id) {
    case 'json':
      return new module.JSONSerializer()
    case 'msgpack':
      return new module.MsgPackSerializer()
    case 'cbor':
      return new module.CBORSerializer()
    default:
      throw new RangeError(`wampproto has json, msgpack and cbor, got ${id}`)
  }
}
