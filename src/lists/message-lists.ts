/** `codec.lists`: lists that keep the rules of messages, with the kernel. */
import { isArrayBuffer } from '../brand.ts'
import { Message } from '../message/message.ts'
import type { PayloadCodec } from '../payload/codec.ts'
import { readText } from '../payload/utf8.ts'
import type { SerializerId } from '../serializer/ids.ts'
import type { JsonSerializer, Serializer } from '../serializer/serializer.ts'
import type { ListCodec } from './list-codec.ts'

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
