/**
 * The honest baseline of the router's path: PUBLISH in, EVENT out, in plain JavaScript. `tailOf` passes the frame with
 * the skip, `join` writes a new head before the untouched tail. No message form, no key and no URI is checked.
 */
import { skipCbor, skipMsgpack } from './skip.mjs'

/** Code, two ids and an empty dictionary: at most 3 + 9 + 9 + 1 bytes. */
const head = Buffer.allocUnsafe(32)

/** By format. JSON has none: a check of JSON text in plain JavaScript is slower than `JSON.parse`. */
export const SPLICES = {
  cbor: {
    tailOf: (frame, isChecked) => tailOf(frame, frame[0] & 31, skipCbor, isChecked),
    join(frame, tail, { subscription, publication }) {
      head[0] = frame[0]
      head[1] = 0x18
      head[2] = 36
      let at = writeId(3, subscription, 0x1b)
      at = writeId(at, publication, 0x1b)
      head[at++] = 0xa0
      return concat(at, frame, tail)
    },
  },
  msgpack: {
    tailOf: (frame, isChecked) => tailOf(frame, frame[0] & 15, skipMsgpack, isChecked),
    join(frame, tail, { subscription, publication }) {
      head[0] = frame[0]
      head[1] = 36
      let at = writeId(2, subscription, 0xcf)
      at = writeId(at, publication, 0xcf)
      head[at++] = 0x80
      return concat(at, frame, tail)
    },
  },
}

/** Where args begins in a list of `count` items. Throws when the frame is not well formed. */
function tailOf(frame, count, skip, isChecked) {
  const tail = skip(frame, 1, 4, isChecked)
  if (tail < 0 || skip(frame, tail, count - 4, isChecked) !== frame.length) throw new Error('not well formed')
  return tail
}

/** An id in nine bytes; most ids are too large for five. */
function writeId(at, id, code) {
  head[at] = code
  const low = head.writeUInt32BE(Math.floor(id / 2 ** 32), at + 1)
  return head.writeUInt32BE(id % 2 ** 32, low)
}

function concat(length, frame, tail) {
  const event = Buffer.allocUnsafe(length + frame.length - tail)
  head.copy(event, 0, 0, length)
  frame.copy(event, length, tail)
  return event
}
