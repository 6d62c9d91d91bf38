/** autobahn-js on a list codec: an object for its option `serializers`. */
import type {} from 'autobahn'
import type { ListCodec } from '../lists/list-codec.ts'
import { checkLists } from './lists.ts'
import { type ListFormat, type ListPreset, presetOf } from './presets.ts'

export type { ListFormat, ListPreset } from './presets.ts'

/** A serializer as autobahn-js takes it. */
export interface AutobahnSerializer {
  /** The last part of the subprotocol, for example `cbor`. */
  readonly SERIALIZER_ID: string
  /** Whether frames are binary. */
  readonly BINARY: boolean
  /** The frame of a list; a promise that never settles for one that is not sent. */
  serialize(list: readonly unknown[]): string | Uint8Array | Promise<never>
  /** The list in a frame. */
  unserialize(data: string | Uint8Array | ArrayBuffer): unknown[]
}

// biome-ignore lint/suspicious/noTsIgnore: @ts-expect-error is an error where there are types.
/** @ts-ignore The types of autobahn know nothing of this option. Where there are none, there is nothing to add to. */
declare module 'autobahn' {
  interface IConnectionOptions {
    /** In the order in which they are offered. */
    serializers?: readonly AutobahnSerializer[] | undefined
  }
}

/** Options of `autobahn`. */
export interface AutobahnOptions {
  /**
   * Gets the errors of frames that cannot be read and of messages that cannot be written. autobahn lets them escape:
   * in Node they end the process. With this, a frame that cannot be read ends the connection, with code 3002 (none from
   * autobahn 22 on the package ws), and a message that cannot be written is not sent. Default: errors are thrown.
   */
  onError?: ((error: unknown) => void) | undefined
}

/** The options of a list codec that gives the values of autobahn's own serializers: Buffer, and numbers or BigInt. */
export function autobahnOptions(format: ListFormat): ListPreset {
  return presetOf(format, { binary: 'buffer', rounded: ['json', 'msgpack'] })
}

/** Throws TypeError for anything but a list codec, and for unknown or wrong options. */
export function autobahn(lists: ListCodec, options: AutobahnOptions = {}): AutobahnSerializer {
  checkLists('autobahn', lists)
  const { onError, ...others } = options ?? { onError: null }
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) throw new TypeError(`autobahn has no option ${unknown}; it has onError`)
  if (onError !== undefined && typeof onError !== 'function') {
    throw new TypeError('autobahn: onError must be a function')
  }
  const { id, isBinary } = lists
  const fail = (error: unknown): void => {
    if (onError === undefined) throw error
    onError(error)
  }
  return {
    SERIALIZER_ID: id,
    BINARY: isBinary,
    serialize(list) {
      try {
        return lists.encode(list)
      } catch (error) {
        fail(error)
        // autobahn sends what it has awaited: with this, nothing.
        return new Promise<never>(() => {})
      }
    },
    unserialize(data) {
      try {
        return lists.decode(data)
      } catch (error) {
        fail(error)
        // A list without a message code is a protocol violation to autobahn, which closes the connection then.
        return []
      }
    },
  }
}
