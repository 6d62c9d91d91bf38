/**
 * The types of known keys: one value against what its option wants. Enumerations, roles and URIs in options are the
 * façade's (FLAG_SEMANTIC); they are rare, and their rules are the same as those of the setters.
 */

import * as any from './formats/any'
import {
  BAD_MESSAGE,
  DUPLICATE_KEY,
  FLAG_SEMANTIC,
  KIND_ARRAY,
  KIND_BIGINT,
  KIND_FALSE,
  KIND_FLOAT,
  KIND_MAP,
  KIND_NINT,
  KIND_NULL,
  KIND_TEXT,
  KIND_TRUE,
  KIND_UINT,
  WANT_ANY,
  WANT_BOOL,
  WANT_DICT,
  WANT_DICT_OR_NULL,
  WANT_HOPS,
  WANT_INT,
  WANT_INTS,
  WANT_TEXT,
  WANT_TEXT_OR_NULL,
  WANT_UINT,
} from './generated/abi'
import { flag } from './record'
import * as status from './status'
import { sameBytes } from './text'
import * as token from './token'

/** The keys of a hop, one after the other. */
const HOP_KEYS: usize = memory.data<u8>([
  // session authid authrole
  115, 101, 115, 115, 105, 111, 110, 97, 117, 116, 104, 105, 100, 97, 117, 116, 104, 114, 111, 108, 101,
])

/** The end of the value that `checkValue` has refused, which is well-formed; 0 when it is not. */
export let refusedEnd: usize = 0

/** Refuses the value that the token is about; returns 0. */
export function refuse(want: i32, at: usize): usize {
  status.errorWant = want
  status.errorKind = token.kind
  return status.fail(BAD_MESSAGE, at)
}

function isInteger(kind: i32): bool {
  return kind == KIND_UINT || kind == KIND_NINT || kind == KIND_BIGINT
}

/** The largest WAMP id, 2^53. */
const MAX_ID: f64 = 9007199254740992

/** With SCAN_LENIENT: makes the float in the token an integer when its value is an id. */
export function mendId(): bool {
  if (!status.lenient || token.kind != KIND_FLOAT) return false
  const value = any.floatValue()
  // -0 is no id; NaN is not less than anything.
  if (reinterpret<i64>(value) < 0 || !(value <= MAX_ID)) return false
  const id = <u64>value
  if (<f64>id != value) return false
  token.setInteger(KIND_UINT, id)
  return true
}

/**
 * Checks the value at `p`; `areIds` says that integers are ids. The token holds its kind afterwards. Returns the
 * position after it.
 */
export function checkValue(p: usize, want: i32, areIds: bool): usize {
  refusedEnd = 0
  const at = any.valueStart(p)
  const after = any.head(p)
  if (after == 0) return 0
  const kind = token.kind
  let good = true
  if (want == WANT_BOOL) good = kind == KIND_TRUE || kind == KIND_FALSE
  else if (want == WANT_TEXT) good = kind == KIND_TEXT
  else if (want == WANT_TEXT_OR_NULL) good = kind == KIND_TEXT || kind == KIND_NULL
  else if (want == WANT_INT) good = isInteger(kind) || (areIds && mendId())
  else if (want == WANT_UINT) {
    good = kind == KIND_UINT || kind == KIND_BIGINT
    // The sign of a big integer is the façade's to see.
    if (kind == KIND_BIGINT) flag(FLAG_SEMANTIC)
  } else if (want == WANT_DICT) good = kind == KIND_MAP
  else if (want == WANT_DICT_OR_NULL) good = kind == KIND_MAP || kind == KIND_NULL
  else if (want != WANT_ANY) {
    if (kind != KIND_ARRAY) return refuseWhole(p, after, want, at)
    const count = token.count
    // Depth and number of all that is in it, then what it is.
    const whole = any.skip(p)
    if (whole == 0) return 0
    const end = want == WANT_HOPS ? hops(after, count) : elements(after, count, want, areIds)
    token.setScalar(KIND_ARRAY)
    if (end != 0) return whole
    refusedEnd = whole
    return 0
  }
  if (!good) return refuseWhole(p, after, want, at)
  if (kind != KIND_ARRAY && kind != KIND_MAP) return after
  // What an attribute that is a dictionary has for keys is WAMP's, and text; its values are the application's.
  const isNamed = want == WANT_DICT || want == WANT_DICT_OR_NULL
  const end = isNamed ? any.skipNamed(p) : any.skip(p)
  token.setScalar(kind)
  return end
}

/** Refuses the value at `p`, whose head ends at `after` and is in the token, and finds its end. */
function refuseWhole(p: usize, after: usize, want: i32, at: usize): usize {
  const kind = token.kind
  refuse(want, at)
  refusedEnd = kind == KIND_ARRAY || kind == KIND_MAP ? any.skip(p) : after
  token.setScalar(kind)
  return 0
}

/** The elements of a list of integers or texts; `p` is after its head. */
function elements(p: usize, count: i32, want: i32, areIds: bool): usize {
  let i = 0
  while (true) {
    p = any.next(p, i++, count, KIND_ARRAY)
    if (p == 0 || any.closed) return p
    const at = any.valueStart(p)
    p = any.head(p)
    if (p == 0) return 0
    const kind = token.kind
    if (want == WANT_INTS ? !isInteger(kind) && !(areIds && mendId()) : kind != KIND_TEXT)
      return refuse(want, at)
  }
}

/** The hops of forward_for; `p` is after the head of the list. */
function hops(p: usize, count: i32): usize {
  let i = 0
  while (true) {
    p = any.next(p, i++, count, KIND_ARRAY)
    if (p == 0 || any.closed) return p
    const at = any.valueStart(p)
    p = any.head(p)
    if (p == 0) return 0
    if (token.kind != KIND_MAP) return refuse(WANT_HOPS, at)
    p = hop(p, token.count, at)
    if (p == 0) return 0
  }
}

/** One hop: an integer session, a text or null authid, a text authrole, and whatever else it carries. */
function hop(p: usize, pairs: i32, at: usize): usize {
  let seen = 0
  for (let i = 0; ; i++) {
    p = any.next(p, i, pairs, KIND_MAP)
    if (p == 0) return 0
    if (any.closed) break
    const keyAt = p
    p = any.key(p)
    if (p == 0) return 0
    any.plainText()
    const which = hopKey(any.text, any.textLength)
    if (which == 0) {
      p = any.skip(p)
      if (p == 0) return 0
      continue
    }
    if ((seen & which) != 0) return status.fail(DUPLICATE_KEY, keyAt)
    seen |= which
    const valueAt = any.valueStart(p)
    p = any.head(p)
    if (p == 0) return 0
    const kind = token.kind
    const isNull = which == 2 && kind == KIND_NULL
    const good = which == 1 ? isInteger(kind) || mendId() : kind == KIND_TEXT || isNull
    if (!good) return refuse(WANT_HOPS, valueAt)
  }
  return seen == 7 ? p : refuse(WANT_HOPS, at)
}

/** 1 session, 2 authid, 4 authrole, 0 another key. */
function hopKey(key: usize, length: u32): i32 {
  if (length == 7) return sameBytes(key, HOP_KEYS, 7) ? 1 : 0
  if (length == 6) return sameBytes(key, HOP_KEYS + 7, 6) ? 2 : 0
  if (length == 8) return sameBytes(key, HOP_KEYS + 13, 8) ? 4 : 0
  return 0
}
