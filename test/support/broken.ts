/**
 * Frames that are cut at every byte and changed at every byte in turn: refused with a ProtocolError, or read to values
 * inside of the frame. Nothing traps, and no getter throws.
 */
import { expect } from 'vitest'
import { type Message, ProtocolError, type Serializer } from '../../src/index.ts'
import { INDEX_ENTRY_WORDS } from '../../src/kernel/abi.ts'
import { hex } from './vectors.ts'

export const isDeep: boolean = process.env.WAMP_CODEC_DEEP === '1'

/** How many broken frames were read, and how many refused. */
export interface Counts {
  read: number
  refused: number
}

/** What a byte becomes: everything else in deep runs, or ends, neighbours and flipped bits. */
function values(old: number): number[] {
  const all = isDeep
    ? Array.from({ length: 256 }, (_, i) => i)
    : [0, old ^ 1, old ^ 8, old ^ 0x80, 0xff, old + 1]
  return [...new Set(all.map((value) => value & 0xff))].filter((value) => value !== old)
}

/** Spans of a message: the entries of its index, its text, and its payload. */
function* spansOf(message: Message): Generator<readonly [number, number]> {
  const { _index: index, _frame: frame } = message
  for (let i = 0; i < index.length; i += INDEX_ENTRY_WORDS) {
    yield [index[i + 1] as number, index[i + 2] as number]
  }
  if (frame === null) return
  if (frame.textEnd !== -1) yield [frame.textStart, frame.textEnd]
  yield [frame.argsStart, frame.argsEnd]
  yield [frame.kwargsStart, frame.kwargsEnd]
}

/** True when the frame was read, with every value of it; false when it was refused. */
function isRead(serializer: Serializer, frame: Uint8Array, what: () => string): boolean {
  let message: Message
  try {
    message = serializer.decode(frame)
  } catch (error) {
    if (error instanceof ProtocolError) return false
    throw new Error(what(), { cause: error })
  }
  for (const [start, end] of spansOf(message)) {
    if (start < 0 || end < start || end > frame.length) expect.fail(`${what()}: [${start}, ${end})`)
  }
  try {
    message.marshal()
  } catch (error) {
    expect.fail(`${what()}: a getter threw ${error}`)
  }
  return true
}

/** Breaks one frame in every way. */
export function breakFrame(serializer: Serializer, id: string, bytes: Uint8Array, counts: Counts): void {
  const count = (wasRead: boolean): void => {
    if (wasRead) counts.read++
    else counts.refused++
  }
  for (let length = 0; length < bytes.length; length++) {
    count(isRead(serializer, bytes.subarray(0, length), () => `${id} cut at ${length}`))
  }
  const changed = bytes.slice()
  for (const [at, old] of bytes.entries()) {
    for (const value of values(old)) {
      changed[at] = value
      count(isRead(serializer, changed, () => `${id} ${at}=${value} ${hex(changed)}`))
    }
    changed[at] = old
  }
}
