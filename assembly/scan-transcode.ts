/**
 * List frame -> record, and its args and kwargs in another format: the one pass over a payload whose check was
 * deferred. A call of its own, because scans without it are the rule.
 */
import { hasParts } from './formats/traits'
import { BAD_RANGE, FALLBACK, OK, RECORD_OUT_ARGS_END, RECORD_OUT_END } from './generated/abi'
import { input } from './memory'
import { put } from './record'
import { scan } from './scan'
import { areFormats, areWindows, begin, beginPayload, endPayload, firstOut, payloadOut } from './transcode'

/**
 * Scans a frame as `scan` does, and transcodes as `transcode` does: the parameters are those of the latter. Beside the
 * record it writes, with OK, RECORD_OUT_ARGS_END, behind what came first of args and kwargs, and RECORD_OUT_END.
 */
export function scanTranscoding(
  at: usize,
  length: usize,
  from: i32,
  to: i32,
  scratch: usize,
  out: usize,
  maxDepth: i32,
  maxNodes: i32,
  maxBigIntBytes: u32,
  flags: i32,
): i32 {
  if (!areWindows(at, length, scratch, out) || !areFormats(from, to, maxDepth)) return BAD_RANGE
  if (!hasParts(to)) return FALLBACK
  const base = input()
  begin(length, flags)
  beginPayload(from, to, base + at + length, base + scratch, base + out)
  const status = scan(at, length, from, flags, maxDepth, maxNodes, maxBigIntBytes)
  if (status == OK) {
    put(RECORD_OUT_ARGS_END, <i32>(firstOut - base))
    put(RECORD_OUT_END, <i32>(payloadOut - base))
  }
  endPayload()
  return status
}
