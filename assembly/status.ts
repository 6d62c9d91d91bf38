/**
 * The outcome of a call, in one place. A scanner that fails returns 0 in place of the position after the value, and
 * has said here why; the first reason is not overwritten.
 */
import { FIELD_NONE, OK } from './generated/abi'

export let status: i32 = OK
/** Address of the byte that shows the mistake. */
export let errorAt: usize = 0
export let errorField: i32 = FIELD_NONE
export let errorWant: i32 = 0
export let errorKind: i32 = 0

// Limits of this call, set from its arguments.
export let maxDepth: i32 = 0
/** Values that may still be produced. */
export let nodesLeft: i32 = 0
export let maxBigIntBytes: u32 = 0
/** The next `skip` is of a dictionary whose own keys must be text: kwargs, an attribute. Others may have any. */
export let wantsNames: bool = false

export function setWantsNames(value: bool): void {
  wantsNames = value
}

/** With SCAN_LENIENT: what published clients send against the rules is read. */
export let lenient: bool = false

export function setLenient(value: bool): void {
  lenient = value
}

/** Starts a call. */
export function begin(depth: i32, nodes: i32, bigIntBytes: u32): void {
  status = OK
  errorAt = 0
  errorField = FIELD_NONE
  errorWant = 0
  errorKind = 0
  maxDepth = depth
  nodesLeft = nodes
  maxBigIntBytes = bigIntBytes
  wantsNames = false
  lenient = false
}

/** Digits of an integer in text: as many as the largest one of so many bytes has, 8 * log10(2) each. */
export function maxDigits(): u64 {
  return 1 + (<u64>maxBigIntBytes * 240824) / 100000
}

/** Counts produced values; false when the budget is used up. */
export function countNodes(nodes: i32): bool {
  nodesLeft -= nodes
  return nodesLeft >= 0
}

/** Takes back a failure in what was only looked at: reading it fails again. */
export function retract(): void {
  status = OK
  errorAt = 0
}

/** Records the first failure; returns 0 so that scanners can `return fail(...)`. */
export function fail(code: i32, at: usize): usize {
  if (status == OK) {
    status = code
    errorAt = at
  }
  return 0
}
