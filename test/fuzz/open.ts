/**
 * Breaches of the invariant that are known and not yet repaired: the random tests pass over them,
 * `findings.test.ts` holds a frame for each and fails as soon as one is repaired. Then its row here goes.
 */
import { hasAppPayload, type Message } from '../../src/index.ts'

/** A cause, and how its breaches are called. */
export interface Open {
  readonly cause: string
  readonly pattern: RegExp
}

export const OPEN: readonly Open[] = [
  {
    cause: 'depth: the kernel counts each value of Options by itself, and no tags at all before scalars',
    pattern: /ProtocolError DEPTH_LIMIT cannot decode a value/,
  },
  {
    cause: 'tagged keys: the kernel takes them in Options and hops, the decoder never',
    pattern: /KEY_TYPE cannot decode a value from cbor: expected a string as map key, got a tag/,
  },
  {
    cause:
      'extensions: the kernel takes them in attributes when tags are wanted, attributes are read without',
    pattern: /UNSUPPORTED_TAG cannot decode a value from msgpack: an extension/,
  },
  {
    cause: 'integers as numbers: the kernel does not know that one is beyond a double',
    pattern: /BAD_NUMBER cannot decode a value from \w+: the integer is beyond a double/,
  },
  {
    cause: 'digits: a big integer of 1024 bytes has 2467 digits, the kernel reads 2457',
    pattern: /SIZE_LIMIT cannot decode [A-Z_]+ from json: a big integer/,
  },
  {
    cause: 'digits: below 16 the kernel does not compare with maxBigIntBytes, the decoder does',
    pattern: /SIZE_LIMIT cannot decode a value from json: an integer of N digits/,
  },
  {
    cause: 'nodes: custom keys and hops are counted differently when they are read',
    pattern: /NODE_LIMIT cannot decode a value/,
  },
  {
    cause: 'resume_token: an empty one satisfies the rule but is not written',
    pattern: /cannot decode WELCOME from \w+: resumable needs resume_token/,
  },
  {
    cause: 'NUL: a text position that begins with it becomes bytes in JSON',
    pattern: /BAD_(?:TOKEN|MESSAGE|URI) cannot decode [A-Z_]+ from json: .* (?:in|for) (?:\w+)/,
  },
]

/**
 * Open too: args of one byte string with empty kwargs, beside ppt_scheme, are written as an opaque payload.
 */
export function isEmptyPpt(message: Message): boolean {
  if (!hasAppPayload(message) || message.ppt_scheme === null) return false
  return message.args?.length === 1
}
