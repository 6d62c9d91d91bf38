/** The package under test, as built, and what of its API is there already. */
import * as wamp from '../dist/index.js'

/** Encodings are not cached: each operation does its work. */
export const EAGER = wamp.createCodec({ cache: false })
export const DEFERRED = wamp.createCodec({ cache: false, payloadValidation: 'deferred' })
export { wamp }

/** Makes values while it checks a frame; `null` for a package before that option. */
export const AT_DECODE = atDecode()

function atDecode() {
  try {
    return wamp.createCodec({ cache: false, payloadValues: 'at-decode' })
  } catch (error) {
    if (!error.message.includes('unknown option payloadValues')) throw error
    return null
  }
}

/** Names of the contract start with one of these, or with an export of the package. */
const ROOTS = {
  ...wamp,
  codec: EAGER,
  serializer: EAGER.serializer('cbor'),
  message: new wamp.Publish({ request: 1, topic: 'com.myapp.topic' }),
}

/** The first of the names (`FanOut`, `codec.transcode`, `message.payloadView`) that does not exist; `null` for none. */
export function missingOf(names) {
  return names.find((name) => !exists(name.split('.'))) ?? null
}

function exists(path) {
  let object = ROOTS
  for (const [i, name] of path.entries()) {
    if (!(name in object)) return false
    // A getter is not called: there may be nothing behind it.
    if (i + 1 < path.length) object = object[name]
  }
  return true
}

/** The serializer of a bench format; `json-text` is JSON that comes and goes as a string. */
export function serializerOf(codec, format) {
  return codec.serializer(format === 'json-text' ? 'json' : format)
}

/** What encodes a message in a bench format. */
export function encoderOf(codec, format) {
  const serializer = serializerOf(codec, format)
  return format === 'json-text'
    ? (message) => serializer.encodeText(message)
    : (message) => serializer.encode(message)
}
