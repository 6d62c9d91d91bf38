/** Rows that several messages have, and the groups of attributes that messages are made with from others. */
import type { OptionRow } from '../table.ts'

export const FORWARDING: readonly OptionRow[] = [['forward_for', 'hops']]

export const PASSTHRU: readonly OptionRow[] = [
  ['enc_algo', 'encAlgo'],
  ['enc_key', 'encKey'],
  ['enc_serializer', 'encSerializer'],
  ['ppt_scheme', 'text'],
  ['ppt_serializer', 'text'],
  ['ppt_cipher', 'text'],
  ['ppt_keyid', 'text'],
]

export const CALLER: readonly OptionRow[] = [
  /** The session id of the caller. @see Caller Identification */
  ['caller', 'int'],
  /** The authentication id of the caller. @see Caller Identification */
  ['caller_authid', 'text'],
  /** The authentication role of the caller. @see Caller Identification */
  ['caller_authrole', 'text'],
]

export const CALLEE: readonly OptionRow[] = [
  /** The session id of the callee. @see autobahn */
  ['callee', 'int'],
  /** The authentication id of the callee. @see autobahn */
  ['callee_authid', 'text'],
  /** The authentication role of the callee. @see autobahn */
  ['callee_authrole', 'text'],
]

/** Attributes of PASSTHRU and FORWARDING, which go along whatever a message is made of. */
export const FORWARDED: readonly string[] = [...FORWARDING, ...PASSTHRU].map(([key]) => key)

export const CALLER_NAMES: readonly string[] = CALLER.map(([key]) => key)
export const CALLEE_NAMES: readonly string[] = CALLEE.map(([key]) => key)
