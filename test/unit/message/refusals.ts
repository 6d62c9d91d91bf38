/** Frames that every codec refuses, for refusal.test.ts: what the error says of each. */

/** A frame, and everything that its error says. */
export interface Row {
  /** JSON text, or bytes in hexadecimal. */
  readonly frame: string
  readonly format: 'json' | 'msgpack' | 'cbor'
  readonly code: string
  readonly text: string
  readonly offset: number
  readonly type: number | null
  readonly request_type: number | null
  readonly request: number | null
  readonly path: string
}

function row(
  format: Row['format'],
  frame: string,
  code: string,
  text: string,
  known: readonly [type: number | null, request_type: number | null, request: number | null, path: string],
): Row {
  const [type, request_type, request, path] = known
  return {
    frame,
    format,
    code,
    text,
    offset: Number(/byte (\d+)/.exec(text)?.[1]),
    type,
    request_type,
    request,
    path,
  }
}

/** One row for each way in which a frame can be wrong. */
export const ROWS: readonly Row[] = [
  row(
    'json',
    '',
    'TRUNCATED',
    'cannot decode a message from json: the bytes end too early in the list (byte 0)',
    [null, null, null, 'the list'],
  ),
  row(
    'json',
    '{}',
    'BAD_MESSAGE',
    'cannot decode a message from json: expected a list, got a dictionary (byte 0)',
    [null, null, null, 'the list'],
  ),
  row(
    'json',
    '[]',
    'BAD_MESSAGE',
    'cannot decode a message from json: expected a known message code for type, got nothing (byte 2)',
    [null, null, null, 'type'],
  ),
  row('json', '[7,1]', 'BAD_MESSAGE', 'cannot decode a message from json: unknown message code 7 (byte 1)', [
    null,
    null,
    null,
    'type',
  ]),
  row(
    'json',
    '["16"]',
    'BAD_MESSAGE',
    'cannot decode a message from json: expected a known message code for type, got a string (byte 1)',
    [null, null, null, 'type'],
  ),
  row(
    'json',
    '[16,1,{},"com.example",[1,2}]',
    'BAD_TOKEN',
    'cannot decode PUBLISH from json: unexpected } in args (byte 27)',
    [16, 16, 1, 'args'],
  ),
  row(
    'json',
    '[16,1,{},"com.example"',
    'TRUNCATED',
    'cannot decode PUBLISH from json: the bytes end too early in args (byte 22)',
    [16, 16, 1, 'args'],
  ),
  row(
    'json',
    '[16,1,{},"com.example"] []',
    'TRAILING_BYTES',
    'cannot decode PUBLISH from json: more bytes follow (byte 24)',
    [16, 16, 1, 'the list'],
  ),
  row(
    'json',
    '[17,1]',
    'BAD_MESSAGE',
    'cannot decode PUBLISHED from json: expected a list of 3 elements (byte 6)',
    [17, null, 1, 'the list'],
  ),
  row(
    'json',
    '[17,1.0,2]',
    'BAD_MESSAGE',
    'cannot decode PUBLISHED from json: expected an id (0 to 2^53) for request, got a float (byte 4)',
    [17, null, null, 'request'],
  ),
  row(
    'json',
    '[17,9007199254740993,2]',
    'BAD_MESSAGE',
    'cannot decode PUBLISHED from json: expected an id (0 to 2^53) for request, got a larger number (byte 4)',
    [17, null, null, 'request'],
  ),
  row(
    'json',
    '[48,5,{"timeout":"5"},"a"]',
    'BAD_MESSAGE',
    'cannot decode CALL from json: expected an integer from 0 for timeout, got a string (byte 17)',
    [48, 48, 5, 'timeout'],
  ),
  row(
    'json',
    '[48,5,{"x":1,"x":2},"a"]',
    'DUPLICATE_KEY',
    'cannot decode CALL from json: a duplicate key in a custom key (byte 13)',
    [48, 48, 5, 'a custom key'],
  ),
  row(
    'json',
    '[49,5,{"mode":"stop"}]',
    'BAD_MESSAGE',
    'cannot decode CANCEL from json: expected skip, kill or killnowait for mode, got "stop" (byte 14)',
    [49, null, 5, 'mode'],
  ),
  row(
    'json',
    '[16,1,{"enc_algo":"aes"},"a","\\u0000AQ=="]',
    'BAD_MESSAGE',
    'cannot decode PUBLISH from json: expected cryptobox, mqtt, xbr or a custom name for enc_algo, got "aes" (byte 18)',
    [16, 16, 1, 'enc_algo'],
  ),
  row(
    'json',
    '[16,1,{},"a","\\u0000AQ="]',
    'BAD_TOKEN',
    'cannot decode PUBLISH from json: unexpected " in args (byte 13)',
    [16, 16, 1, 'args'],
  ),
  row(
    'json',
    '[1,"realm1",{}]',
    'BAD_MESSAGE',
    'cannot decode HELLO from json: roles are required (byte 12)',
    [1, null, null, 'roles'],
  ),
  row(
    'msgpack',
    '94100580a3ff',
    'LENGTH_OVERRUN',
    'cannot decode PUBLISH from msgpack: a length runs past the end in topic (byte 5)',
    [16, 16, 5, 'topic'],
  ),
  row(
    'msgpack',
    '94100580a1ff',
    'BAD_UTF8',
    'cannot decode PUBLISH from msgpack: the text is not UTF-8 in topic (byte 5)',
    [16, 16, 5, 'topic'],
  ),
  row(
    'msgpack',
    '9410058101a0a161',
    'KEY_TYPE',
    'cannot decode PUBLISH from msgpack: a key that is not a string in options (byte 4)',
    [16, 16, 5, 'options'],
  ),
  row(
    'msgpack',
    '95100580a161d40101',
    'BAD_MESSAGE',
    'cannot decode PUBLISH from msgpack: expected a list for args, got an extension or simple value (byte 6)',
    [16, 16, 5, 'args'],
  ),
  row(
    'msgpack',
    '96100580a16190810101',
    'KEY_TYPE',
    'cannot decode PUBLISH from msgpack: a key that is not a string in kwargs (byte 8)',
    [16, 16, 5, 'kwargs'],
  ),
  row(
    'cbor',
    '83046161a1f500',
    'KEY_TYPE',
    'cannot decode CHALLENGE from cbor: a key that is not a string in extra (byte 5)',
    [4, null, null, 'extra'],
  ),
  row(
    'cbor',
    '841005a080',
    'BAD_URI',
    'cannot decode PUBLISH from cbor: expected a string for topic, got an array (byte 4)',
    [16, 16, 5, 'topic'],
  ),
  row(
    'cbor',
    '831005a0',
    'BAD_MESSAGE',
    'cannot decode PUBLISH from cbor: expected a list of 4 to 6 elements (byte 4)',
    [16, 16, 5, 'the list'],
  ),
  row(
    'cbor',
    `851005a06161${'81'.repeat(200)}80`,
    'DEPTH_LIMIT',
    'cannot decode PUBLISH from cbor: nested deeper than 128 in args (byte 134)',
    [16, 16, 5, 'args'],
  ),
]
