/**
 * The other thread of transfer.test.ts: makes messages of what arrives, says what they say, and sends them
 * back.
 */
import { parentPort } from 'node:worker_threads'
import { createCodec } from '../../dist/index.js'

const codec = createCodec()

parentPort.on('message', (all) => {
  parentPort.postMessage(
    all.map((transferred) => {
      const message = codec.fromTransferable(transferred)
      return {
        text: message.toString(),
        list: message.marshal(),
        frames: ['json', 'msgpack', 'cbor', 'ubjson'].map((id) => codec.serializer(id).encode(message)),
        back: message.toTransferable(),
      }
    }),
  )
})
