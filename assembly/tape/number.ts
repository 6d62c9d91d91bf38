/**
 * The number that a format has read last, and how it goes onto the tape: alone, or in a run of numbers, which the
 * façade copies to an array without a look at each.
 */
import { TAPE_DOUBLES, TAPE_INTS } from '../generated/abi'
import * as words from './words'

/** From so many elements on an array is tried as a run of numbers. */
export const RUN: u32 = 3

/** The largest magnitude that a double holds exactly whether it stands for itself or for -1 - itself. */
const EXACT: u64 = 9007199254740991

let isInteger: bool = false
let isNegative: bool = false
let magnitude: u64 = 0
let float: f64 = 0

/** An integer: `absolute`, or -1 - `absolute`. */
export function setInteger(negative: bool, absolute: u64): void {
  isInteger = true
  isNegative = negative
  magnitude = absolute
}

export function setFloat(value: f64): void {
  isInteger = false
  float = value
}

/** Puts the number onto the tape. */
export function put(): void {
  if (isInteger) words.integer(isNegative, magnitude)
  else words.double(float)
}

/** The run: where its next integer and double go, and how many there are; the first ones are tried as integers. */
let to: usize = 0
let double: usize = 0
let count: u32 = 0
let isInts: bool = true

export function beginRun(): void {
  to = words.tape + 4
  double = words.doubles
  count = 0
  isInts = true
}

/** Puts the number into the run; false when it does not fit into a double. */
export function add(): bool {
  if (isInts) {
    if (isInteger && magnitude < 0x80000000) {
      store<u32>(to, isNegative ? ~(<u32>magnitude) : <u32>magnitude)
      to += 4
      count++
      return true
    }
    for (let at = words.tape + 4; at < to; at += 4) {
      double -= 8
      store<f64>(double, <f64>load<i32>(at))
    }
    isInts = false
  }
  if (isInteger) {
    if (magnitude > EXACT) return false
    float = isNegative ? -1.0 - <f64>magnitude : <f64>magnitude
  }
  double -= 8
  store<f64>(double, float)
  count++
  return true
}

/** The run is whole. */
export function endRun(): void {
  words.word(isInts ? TAPE_INTS : TAPE_DOUBLES, count)
  if (isInts) words.setTape(to)
  else words.setDoubles(double)
}
