/** FlatBuffers frames that our writer would not write, made by the package flatbuffers. */
import { Builder } from 'flatbuffers'

/** PUBLISH with these bytes as args. */
export function flatBuffersWith(args: Uint8Array): Uint8Array {
  const builder = new Builder(args.length + 256)
  const bytes = builder.createByteVector(args)
  const text = builder.createString('a.b')
  builder.startObject(21)
  builder.addFieldOffset(2, text, 0)
  builder.addFieldOffset(3, bytes, 0)
  const message = builder.endObject()
  builder.startObject(2)
  builder.addFieldInt8(0, 16, 0)
  builder.addFieldOffset(1, message, 0)
  builder.finish(builder.endObject())
  return builder.asUint8Array().slice()
}

/** A message with `count` offsets to one thing: what grows when it is read. */
export function shared(
  count: number,
  code: number,
  slot: number,
  make: (builder: Builder) => number,
): Uint8Array {
  const builder = new Builder(1024)
  const target = make(builder)
  const uri = builder.createString('a.b')
  builder.startVector(4, count, 4)
  for (let i = 0; i < count; i++) builder.addOffset(target)
  const vector = builder.endVector()
  builder.startObject(21)
  builder.addFieldOffset(2, uri, 0)
  builder.addFieldOffset(slot, vector, 0)
  const message = builder.endObject()
  builder.startObject(2)
  builder.addFieldInt8(0, code, 0)
  builder.addFieldOffset(1, message, 0)
  builder.finish(builder.endObject())
  return builder.asUint8Array()
}
