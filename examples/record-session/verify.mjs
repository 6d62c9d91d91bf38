// Checks a recorded session and counts its messages. `record.mjs` calls it after writing;
// `node examples/record-session/verify.mjs` checks the committed file.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { serializers, toBytes } from './serializers.mjs'

/** The fixture: one JSON object a line, `{ n, client, direction, serializer, hex }`. */
export const SESSION_FILE = fileURLToPath(new URL('../session/session.jsonl', import.meta.url))

// Code of the message: its name and the positions of its ids.
const MESSAGES = {
  1: ['HELLO', []],
  2: ['WELCOME', [1]],
  3: ['ABORT', []],
  4: ['CHALLENGE', []],
  5: ['AUTHENTICATE', []],
  6: ['GOODBYE', []],
  8: ['ERROR', [1, 2]],
  16: ['PUBLISH', [1]],
  17: ['PUBLISHED', [1, 2]],
  32: ['SUBSCRIBE', [1]],
  33: ['SUBSCRIBED', [1, 2]],
  34: ['UNSUBSCRIBE', [1, 2]],
  35: ['UNSUBSCRIBED', [1]],
  36: ['EVENT', [1, 2]],
  48: ['CALL', [1]],
  49: ['CANCEL', [1]],
  50: ['RESULT', [1]],
  64: ['REGISTER', [1]],
  65: ['REGISTERED', [1, 2]],
  66: ['UNREGISTER', [1, 2]],
  67: ['UNREGISTERED', [1]],
  68: ['INVOCATION', [1, 2]],
  70: ['YIELD', [1]],
}

/**
 * Checks that every line is a WAMP message with integer ids.
 *
 * @param {string} text the content of a session file
 * @returns {string} a table of the message types by serializer
 * @throws {Error} naming the line, at the first frame that is not as it should be
 */
export function verifySession(text) {
  const counts = {}
  let large = 0
  for (const [index, line] of text.trimEnd().split('\n').entries()) {
    const { n, serializer, hex } = JSON.parse(line)
    if (n !== index + 1) throw new Error(`line ${index + 1}: has the number ${n}`)
    const { name, ids } = checkFrame(n, serializers[serializer], hex)
    counts[name] ??= { json: 0, msgpack: 0, cbor: 0 }
    counts[name][serializer] += 1
    if (ids.some((id) => id > 0xffffffff)) large += 1
  }
  const rows = Object.values(MESSAGES)
    .filter(([name]) => name in counts)
    .map(([name]) => [name, counts[name].json, counts[name].msgpack, counts[name].cbor])
  const total = (column) => rows.reduce((sum, row) => sum + row[column], 0)
  const table = [['message', 'json', 'msgpack', 'cbor'], ...rows, ['all', total(1), total(2), total(3)]]
  const lines = table.map(
    ([name, ...cells]) => name.padEnd(13) + cells.map((v) => `${v}`.padStart(8)).join(''),
  )
  return [...lines, '', `${text.length} characters, ${large} frames with an id of 2^32 or more`].join('\n')
}

/** Decodes one frame; gives the name and the ids of the message. */
function checkFrame(n, serializer, hex) {
  const bytes = Buffer.from(hex, 'hex')
  const message = serializer.decode(bytes)
  if (!Array.isArray(message) || !(message[0] in MESSAGES)) throw new Error(`line ${n}: not a WAMP message`)

  // A float like 5.0 decodes to the same number as the integer 5. The encoders here write integers for
  // integral numbers, so a frame in which any id was a float does not come out the same.
  if (!Buffer.from(toBytes(serializer.encode(message))).equals(bytes)) {
    throw new Error(`line ${n}: encoding it again gives other bytes`)
  }
  const [name, positions] = MESSAGES[message[0]]
  const ids = positions.map((position) => message[position])
  for (const id of ids) {
    if (!Number.isSafeInteger(id) || id < 1) throw new Error(`line ${n}: ${id} is not an id of ${name}`)
  }
  return { name, ids }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(verifySession(readFileSync(SESSION_FILE, 'utf8')))
}
