/** The help texts. What the options do in full is in docs/cli.md. */

const SOURCES = `Where the frame comes from (one of these; without any, standard input):
  FILE               raw bytes, hex text, base64 text, or a recorded session: a .jsonl file with lines
                     {"serializer": "cbor", "hex": "8318..."}
  -                  standard input, in any of these forms
  --hex TEXT         hex digits, with or without spaces
  --base64 TEXT      base64 or base64url`

const SERIALIZERS = `Serializers: json, msgpack, cbor, ubjson, ubjson-draft12, and each of them with .batched; flatbuffers, which
is flatbuffers+cbor, and flatbuffers+json and so on: the format of args and kwargs in it.`

/** Help by command; `''` is that of `wamp-codec` alone. */
export const USAGE: Readonly<Record<'' | 'inspect' | 'convert', string>> = {
  '': `wamp-codec looks into WAMP frames and converts them.

  wamp-codec inspect [FILE]                    every field of a frame with its bytes and its value
  wamp-codec convert --to Y [FILE]             the same message in another serializer

  wamp-codec COMMAND --help                    all options of a command; also --help COMMAND
  wamp-codec --version

Exit codes: 0 success, 1 a frame is broken, 2 wrong usage.
`,
  inspect: `wamp-codec inspect [FILE]

Shows each field of a frame with its bytes and value, the payload, and the size in every serializer.
A broken frame is shown up to the error. A recorded session becomes a table with a summary.

${SOURCES}

Options:
  --serializer X     do not guess the serializer; with a session, instead of what its lines say
  --frame N          only frame N of a session, in full
  --json             machine-readable
  --ubjson-dialect D what ubjson means: bjdata (default) or draft12
  --payload-serializer X
                     format of args and kwargs in flatbuffers: cbor (default), json, msgpack, ...
  --help

${SERIALIZERS}
`,
  convert: `wamp-codec convert [--from X] --to Y [FILE]

Writes the message of a frame in another serializer; all lines of a recorded session, as a session.
A broken frame is refused, and then nothing is written.

${SOURCES}

Options:
  --from X           serializer of the frame, otherwise guessed; of a session, converts only lines of this one
  --to Y             serializer to write
  --out FILE         instead of standard output, which is also -
  --as FORM          raw (default; on a terminal hex for binary serializers), hex or base64
  --ubjson-dialect D what ubjson means: bjdata (default) or draft12
  --payload-serializer X
                     format of args and kwargs in flatbuffers: cbor (default), json, msgpack, ...
  --profile P        how flatbuffers is written: schema (default), or autobahn for the same bytes as that peer
  --json             a session line, {"serializer": ..., "hex": ...}, instead of the bytes
  --help

${SERIALIZERS}
`,
}
