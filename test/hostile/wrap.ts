/** FlatBuffers frames around args of any bytes, made by the package flatbuffers. */
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
