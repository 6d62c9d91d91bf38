/**
 * The table that gives equal URIs equal numbers, so that the façade decodes the same topic to a JavaScript string only
 * once (a URI costs 90-170 ns to decode, a whole lazy message about 200 ns; Node 20, 2026).
 *
 * Strangers choose the URIs, so the table must not fill up for ever: when it is full, `sweep` forgets those that were
 * not seen since the last sweep. A number is a place and a generation, and a place that is given to another URI gets
 * the next generation: a number that was given out once never means another URI.
 */
import {
  INTERNED_BYTES,
  INTERNED_NUMBER,
  INTERNED_PATTERNS,
  INTERNED_SEEN,
  INTERNED_STATE,
  URI_PLACES,
} from './generated/abi'
import { hashText } from './keys'
import { sameBytes } from './text'
import { classify } from './uri'

/** Longer URIs are decoded each time: real ones are short, and the arena is shared. */
const MAX_LENGTH: u32 = 255
const PLACES: u32 = URI_PLACES
const SLOTS: u32 = 4096
/** Slot -> place + 1; 0 is empty. */
const TABLE: usize = memory.data(4096 * 2, 16)

// Place -> an entry, which the façade looks at (src/message/uri-lookup.ts). Of a free place only the number is kept,
// and TEXT is the next free place.
export const ENTRIES: usize = memory.data(2048 * 12, 16)
const TEXT: usize = 0 //     address in the arena
const LENGTH: usize = 4 //   one byte
const PATTERNS: usize = <usize>INTERNED_PATTERNS
const STATE: usize = <usize>INTERNED_STATE //   SEEN, PINNED
const NUMBER: usize = <usize>INTERNED_NUMBER // place and generation: what `intern` returns

/** Seen since the last sweep. */
const SEEN: u32 = <u32>INTERNED_SEEN
/** The application knows it: no sweep forgets it. */
const PINNED: u32 = 2

/** Texts one after the other, each behind a word with its place; a multiple of four bytes each. */
const ARENA_BYTES: u32 = 131072
const ARENA: usize = memory.data(131072 + 16, 16)
const ARENA_END: usize = ARENA + ARENA_BYTES
const HEADER: u32 = 4

/** Pinned URIs may have a quarter of the table, and a sweep keeps three quarters at most: it always makes room. */
const MAX_PINNED: u32 = PLACES >> 2
const MAX_PINNED_BYTES: u32 = ARENA_BYTES >> 2
const MAX_KEPT: u32 = MAX_PINNED * 3
const MAX_KEPT_BYTES: u32 = MAX_PINNED_BYTES * 3
/** The last generation: its place is not given to another URI. */
const LAST_NUMBER: u32 = <u32>i32.MAX_VALUE - PLACES

/** Places that were never used, from here on. */
let fresh: u32 = 0
/** The first free place that was used before, plus 1. */
let free: u32 = 0
let arenaTop: usize = ARENA
let pinned: u32 = 0
let pinnedBytes: u32 = 0

/** Patterns of the URI that `intern` saw last. */
export let patterns: i32 = 0

/** Number of the URI, the same for equal bytes; -1 when it is not interned: too long, or not valid. */
export function intern(p: usize, length: u32, isPinned: bool): i32 {
  if (length > MAX_LENGTH) {
    patterns = classify(p, length)
    return -1
  }
  let slot = slotOf(p, length)
  let place = <u32>load<u16>(TABLE + (slot << 1))
  if (place == 0) {
    patterns = classify(p, length)
    if (patterns == 0) return -1
    if (!hasRoom(length)) {
      sweep()
      if (!hasRoom(length)) return -1
      slot = slotOf(p, length)
    }
    place = add(p, length) + 1
    store<u16>(TABLE + (slot << 1), <u16>place)
  }
  const entry = entryOf(place - 1)
  patterns = <i32>load<u8>(entry, PATTERNS)
  if (isPinned) pin(entry)
  return load<i32>(entry, NUMBER)
}

/** The slot that has the URI, or the one where it belongs. Ends whatever the table holds. */
function slotOf(p: usize, length: u32): u32 {
  let slot = hashText(p, length) & (SLOTS - 1)
  for (let i: u32 = 0; i < SLOTS; i++) {
    const place = <u32>load<u16>(TABLE + (slot << 1))
    if (place == 0) break
    const entry = entryOf(place - 1)
    if (load<u8>(entry, LENGTH) == length && sameBytes(load<u32>(entry, TEXT), p, length)) {
      store<u8>(entry, load<u8>(entry, STATE) | <u8>SEEN, STATE)
      break
    }
    slot = (slot + 1) & (SLOTS - 1)
  }
  return slot
}

function entryOf(place: u32): usize {
  return ENTRIES + (place & (PLACES - 1)) * INTERNED_BYTES
}

/** Bytes of the arena that a text takes. */
function sizeOf(length: u32): u32 {
  return (HEADER + length + 3) & ~3
}

function hasRoom(length: u32): bool {
  return (free != 0 || fresh < PLACES) && ARENA_END - arenaTop >= sizeOf(length)
}

/** Takes a place for the URI, whose patterns were found; there is room. */
function add(p: usize, length: u32): u32 {
  let place = fresh
  if (free != 0) {
    place = free - 1
    free = load<u32>(entryOf(place), TEXT)
  } else {
    fresh++
    store<u32>(entryOf(place), place, NUMBER)
  }
  store<u32>(arenaTop, place)
  memory.copy(arenaTop + HEADER, p, length)
  const entry = entryOf(place)
  store<u32>(entry, <u32>arenaTop + HEADER, TEXT)
  store<u8>(entry, <u8>length, LENGTH)
  store<u8>(entry, <u8>patterns, PATTERNS)
  store<u8>(entry, 0, STATE)
  arenaTop += sizeOf(length)
  return place
}

/** Keeps the URI through every sweep, as long as not too many are pinned. */
function pin(entry: usize): void {
  const state = <u32>load<u8>(entry, STATE)
  const size = sizeOf(load<u8>(entry, LENGTH))
  if ((state & PINNED) != 0 || pinned == MAX_PINNED || pinnedBytes + size > MAX_PINNED_BYTES) return
  pinned++
  pinnedBytes += size
  store<u8>(entry, <u8>(state | PINNED), STATE)
}

/** Forgets what was not seen since the last sweep, and of what was seen what would leave too little room. */
function sweep(): void {
  let kept = pinned
  let keptBytes = pinnedBytes
  let to = ARENA
  memory.fill(TABLE, 0, SLOTS << 1)
  for (let p = ARENA; p < arenaTop; ) {
    const place = load<u32>(p)
    const entry = entryOf(place)
    const state = <u32>load<u8>(entry, STATE)
    const length = <u32>load<u8>(entry, LENGTH)
    const size = sizeOf(length)
    let isKept = (state & PINNED) != 0
    if (!isKept && (state & SEEN) != 0 && kept < MAX_KEPT && keptBytes + size <= MAX_KEPT_BYTES) {
      isKept = true
      kept++
      keptBytes += size
    }
    if (isKept) {
      memory.copy(to, p, size)
      store<u32>(entry, <u32>to + HEADER, TEXT)
      store<u8>(entry, <u8>(state & PINNED), STATE)
      store<u16>(TABLE + (emptySlot(to + HEADER, length) << 1), <u16>(place + 1))
      to += size
    } else {
      release(place)
    }
    p += size
  }
  arenaTop = to
}

/** Where a URI belongs that is not in the table. */
function emptySlot(p: usize, length: u32): u32 {
  let slot = hashText(p, length) & (SLOTS - 1)
  for (let i: u32 = 0; i < SLOTS && load<u16>(TABLE + (slot << 1)) != 0; i++) slot = (slot + 1) & (SLOTS - 1)
  return slot
}

/** Gives the place to the next URI, under another number; a place without numbers stays empty. */
function release(place: u32): void {
  const entry = entryOf(place)
  const number = load<u32>(entry, NUMBER)
  if (number > LAST_NUMBER) return
  store<u32>(entry, number + PLACES, NUMBER)
  store<u32>(entry, free, TEXT)
  free = place + 1
}
