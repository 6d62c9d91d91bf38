/** `codec.lists`: lists that keep the rules of messages, with the kernel. */
import { nameOf } from '../arguments.ts'
import { isArrayBuffer } from '../brand.ts'
import { Message } from '../message/message.ts'
import { Receiver } from '../message/receive.ts'
import { FormatCodec, type PayloadCodec } from '../payload/codec.ts'
import { readText } from '../payload/utf8.ts'
import { LIST_OPTIONS, policyOf } from '../policy.ts'
import type { Edition } from '../serializer/edition.ts'
import type { SerializerId } from '../serializer/ids.ts'
import { JsonSerializer, Serializer } from '../serializer/serializer.ts'
import type { ListCodec, ListOptions } from './list-codec.ts'
import { ValueLists } from './value-lists.ts'

/** The names of the options of `codec.lists`. */
export const CODEC_LIST_OPTIONS: readonly string[] = [...LIST_OPTIONS, 'check', 'ubjsonDialect']

/** The list codec of a codec. Throws RangeError. */
export function listsOf(
  { kernel, policy, counters }: Receiver,
  id: SerializerId,
  edition: Edition,
  { check = 'message', ubjsonDialect, ...options }: ListOptions,
): ListCodec {
  const receiver = new Receiver(kernel, policyOf(options, policy), counters)
  const dialect = ubjsonDialect === undefined ? {} : { ubjsonDialect }
  const serializer =
    id === 'json' ? new JsonSerializer(receiver, id, edition) : new Serializer(receiver, id, edition, dialect)
  if (serializer.isBatched || serializer._reader !== null) throw new RangeError(`there are no lists of ${id}`)
  if (check === 'list') return new ValueLists(id, serializer._format, receiver.policy, counters)
  if (check !== 'message') throw new RangeError(`check is message or list, got ${nameOf(check)}`)
  return new MessageLists(serializer, new FormatCodec(serializer._format, kernel, receiver.policy))
}

/** The list codec of a serializer; `payload` is the codec of its values. */
export class MessageLists implements ListCodec {
  readonly id: SerializerId
  readonly subprotocol: string
  readonly isBinary: boolean
  readonly #serializer: Serializer
  readonly #payload: PayloadCodec

  constructor(serializer: Serializer, payload: PayloadCodec) {
    this.id = serializer.id
    this.subprotocol = serializer.subprotocol
    this.isBinary = serializer.isBinary
    this.#serializer = serializer
    this.#payload = payload
  }

  encode(list: readonly unknown[]): string | Uint8Array {
    const message = Message.parse(list)
    return this.isBinary
      ? this.#serializer.encode(message)
      : (this.#serializer as JsonSerializer).encodeText(message)
  }

  decode(data: string | Uint8Array | ArrayBuffer): unknown[] {
    return this.#serializer.decode(data).marshal()
  }

  encodeValue(value: unknown): string | Uint8Array {
    const bytes = this.#payload.encode(value)
    return this.isBinary ? bytes : readText(bytes, 0, bytes.length)
  }

  decodeValue(data: string | Uint8Array | ArrayBuffer): unknown {
    return this.#payload.decode(isArrayBuffer(data) ? new Uint8Array(data) : data)
  }
}
