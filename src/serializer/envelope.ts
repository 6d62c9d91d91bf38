/**
 * A message that goes to many receivers, each with its own first id (the subscription of an EVENT): written once, with
 * the place of the id left open. The fan-out of a broker makes and fills it.
 *
 *     before | id | after | payload | tail
 */
import type { Message } from '../message/message.ts'
import { acquireOutput, type Output, releaseOutput } from '../payload/output.ts'
import { acquireParts, releaseParts } from '../payload/output-parts.ts'
import type { Serializer } from './serializer.ts'
import type { Landmarks } from './spec.ts'

/** Writes an id where the format of the frame has it. */
export type WriteId = (out: Output, id: number) => void

/** What an envelope is made of. */
export interface EnvelopeParts {
  readonly before: Uint8Array<ArrayBuffer>
  readonly after: Uint8Array<ArrayBuffer>
  /** What all receivers share: empty when it is all in `after`. */
  readonly payload: Uint8Array<ArrayBuffer>
  readonly tail: Uint8Array<ArrayBuffer>
  readonly writeId: WriteId
  /** Binary batches have the length of the message in the first four bytes. */
  readonly hasLength: boolean
}

const NOTHING = new Uint8Array(0)

export class Envelope {
  private readonly encoded: EnvelopeParts
  /** Bytes of the payload at first. */
  private readonly size: number
  /** All that stands behind the id, once it is asked for in one piece. */
  private rest: Uint8Array | null

  constructor(parts: EnvelopeParts) {
    this.encoded = parts
    this.size = parts.payload.length
    this.rest = null
  }

  /** True when a part is gone: a borrowed frame, or a slab of which a receiver was handed a piece, was detached. */
  get isGone(): boolean {
    const { before, payload } = this.encoded
    // The head of a list is not empty, nor that of a frame; all around the payload is of one buffer.
    return before.length === 0 || payload.length !== this.size
  }

  /** The frame for an id. */
  bytes(id: number): Uint8Array<ArrayBuffer> {
    const { after, payload, tail } = this.encoded
    this.rest ??= joined([after, payload, tail])
    const out = acquireOutput()
    try {
      this.begin(out, id, this.rest.length)
      out.raw(this.rest)
      return out.finish()
    } finally {
      releaseOutput(out)
    }
  }

  /** The frame in one to three parts; all but the first are the same for all ids. */
  parts(id: number): readonly Uint8Array<ArrayBuffer>[] {
    const { after, payload, tail } = this.encoded
    if (payload.length === 0) return [this.bytes(id)]
    const out = acquireOutput()
    try {
      this.begin(out, id, after.length + payload.length + tail.length)
      out.raw(after)
      const head = out.finish()
      return tail.length === 0 ? [head, payload] : [head, payload, tail]
    } finally {
      releaseOutput(out)
    }
  }

  /** Bytes of the frame for an id. */
  byteLength(id: number): number {
    const { after, payload, tail } = this.encoded
    const out = acquireOutput()
    try {
      this.begin(out, id, 0)
      return out.mark() + after.length + payload.length + tail.length
    } finally {
      releaseOutput(out)
    }
  }

  private begin(out: Output, id: number, more: number): void {
    const { before, writeId, hasLength } = this.encoded
    const start = out.mark()
    out.raw(before)
    writeId(out, id)
    if (!hasLength) return
    const end = out.mark()
    out.resume(start)
    out.u32(end - start - 4 + more)
    out.resume(end)
  }
}

/** A message with its first id left open; null when it has no place of its own. Throws EncodeError. */
export function envelopeOf(serializer: Serializer, message: Message): Envelope | null {
  const landmarks: Landmarks = { idStart: 0, idEnd: 0, headEnd: 0 }
  const out = acquireParts()
  try {
    serializer._write(out, message, landmarks)
    const parts = out.finishParts()
    const { idStart, idEnd, headEnd } = landmarks
    if (idStart === idEnd) return null
    const [head = NOTHING, payload = NOTHING, tail = NOTHING] = parts
    const isWhole = parts.length === 1 && headEnd < head.length
    return new Envelope({
      before: head.subarray(0, idStart),
      after: head.subarray(idEnd, isWhole ? headEnd : head.length),
      // A payload of values was encoded for this, and is shared from now on.
      payload: isWhole ? head.subarray(headEnd) : payload,
      tail,
      writeId: (to, id) => serializer._writer.id(to, id),
      hasLength: serializer.isBatched && serializer.isBinary,
    })
  } finally {
    releaseParts(out)
  }
}

/** The same bytes in one piece. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const filled = parts.filter(({ length }) => length > 0)
  if (filled.length < 2) return filled[0] ?? NOTHING
  const bytes = new Uint8Array(filled.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of filled) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
