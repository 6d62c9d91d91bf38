/**
 * What the readers of the binary formats say of the item that they have passed: nothing more when it is on the tape, or
 * that it has opened a container.
 */

/** Neither, or what was opened. */
export const SCALAR: i32 = 0
export const OPENED_ARRAY: i32 = 1
export const OPENED_MAP: i32 = 2

/** One of these. */
export let opened: i32 = SCALAR
/** Elements or pairs of the container; UNKNOWN when its end is marked. */
export let count: u32 = 0
export const UNKNOWN: u32 = 0xffffffff

/** From so many elements on an array is tried as a run of numbers. */
export const RUN: u32 = 3

/** Nothing was opened. */
export function scalar(): void {
  opened = SCALAR
}

export function open(what: i32, elements: u32): void {
  opened = what
  count = elements
}
