/**
 * The two readers of FlatBuffers, held against each other: the one in JavaScript, which reads a frame where it lies,
 * and the kernel's, which is the authority. Frames of all 25 messages, with every option, as they are and changed: what
 * the first accepts, the second accepts and finds the same in it; what the façade then refuses, it refuses with the
 * same code, offset and text. What the first leaves to the second is refused there, or rare.
 *
 * Run with 10,000,000 frames (WAMP_CODEC_FLAT_FRAMES, seed 20261129) on 2026-11-29. There was one difference, a flag
 * that nothing reads any more; those under the rules where it was found have been run again since.
 */
import { describe, expect, test } from 'vitest'
import { createCodec, Message, ProtocolError } from '../../src/index.ts'
import * as abi from '../../src/kernel/abi.ts'
import type { Kernel } from '../../src/kernel/kernel.ts'
import type { PolicyOptions } from '../../src/limits.ts'
import { FLATBUFFERS } from '../../src/message/flatbuffers-read.ts'
import type { Receiver } from '../../src/message/receive.ts'
import { TABLES } from '../../src/message/tables.ts'
import type { Findings } from '../../src/payload/findings.ts'
import type { PayloadFormatName } from '../../src/payload/format-names.ts'
import type { Payload } from '../../src/payload/payload.ts'
import { randomMessage } from '../support/flatbuffers-random.ts'
import { createRandom, type Random } from '../support/random.ts'
import { canonical, hex } from '../support/vectors.ts'
import { CLASSES } from '../unit/message/classes.ts'

const SEED = Number(process.env.WAMP_CODEC_FUZZ_SEED) || 20_261_129
const FRAMES =
  Number(process.env.WAMP_CODEC_FLAT_FRAMES) || (process.env.WAMP_CODEC_DEEP === '1' ? 1_000_000 : 12_000)

/** Frames that are made of one message. */
const ROUNDS = FRAMES > 100_000 ? 200 : 40

/** As many bytes as the longest frame has that is small. */
const SPARE = new Uint8Array(2048)

/** Codecs whose rules change what is accepted, or when it is checked. */
const RULES: readonly (readonly [name: string, format: PayloadFormatName, options: PolicyOptions])[] = [
  ['eager cbor', 'cbor', {}],
  ['eager json', 'json', { maxNodes: 12 }],
  ['deferred msgpack', 'msgpack', { payloadValidation: 'deferred' }],
  ['strict ubjson', 'ubjson', { uri: 'strict', payloadRules: 'strict', duplicateKeys: 'refuse' }],
  ['without URI rules, flexbuffers', 'flexbuffers', { uri: 'none', ownership: 'copy' }],
]

/** A frame with one to three changes, mostly of offsets and lengths, which stand everywhere. */
function changed(frame: Uint8Array, random: Random): Uint8Array {
  let bytes = frame.slice()
  for (let i = random.int(1, 3); i > 0 && bytes.length > 0; i--) {
    const at = random.int(0, bytes.length - 1)
    const old = bytes[at] as number
    switch (random.int(0, 9)) {
      case 0:
        bytes[at] = random.int(0, 255)
        break
      case 1:
        bytes[at] = old ^ (1 << random.int(0, 7))
        break
      case 2:
        bytes[at] = random.pick([0, 0xff, 0x7f, 0x80])
        break
      case 3:
        // A place that another offset leads to.
        bytes.copyWithin(random.int(0, bytes.length - 1) & ~3, at & ~3, (at & ~3) + 4)
        break
      case 4:
        bytes = bytes.slice(0, random.pick([at, bytes.length - 1, bytes.length - 4]))
        break
      case 5:
        bytes = Uint8Array.from([...bytes, ...random.bytes(8)])
        break
      default:
        bytes[at] = old + random.pick([-8, -4, -2, -1, 1, 2, 4, 8])
    }
  }
  return bytes
}

/** All that a message and its frame say. */
function said(message: Message): unknown[] {
  const { argsStart, argsEnd, kwargsStart, kwargsEnd, ...frame } = message._frame as Payload
  const { mode, textStart, textEnd } = frame
  const spans = [
    argsEnd > argsStart ? [argsStart, argsEnd] : [],
    kwargsEnd > kwargsStart ? [kwargsStart, kwargsEnd] : [],
  ]
  const found = [mode, textStart, textEnd, spans, message._index]
  const { topicRef, procedureRef } = message as unknown as Record<string, unknown>
  let values: string
  try {
    values = canonical(message.marshal())
  } catch (error) {
    // A deferred payload.
    values = refusal(error)
  }
  return [message.constructor.name, found, topicRef, procedureRef, values]
}

function refusal(error: unknown): string {
  if (!(error instanceof ProtocolError)) throw error
  const { code, message, offset, path, messageType, request_type, request } = error
  return JSON.stringify([code, message, offset, path, messageType, request_type, request])
}

function outcome(decode: () => Message): string {
  try {
    return JSON.stringify(said(decode()))
  } catch (error) {
    return refusal(error)
  }
}

/** The same of what the reader in JavaScript has found, and of what the kernel's record and index have, as numbers. */
function numbersOf(found: Findings): number[] {
  const { words, messageIndex, flags, requestType, first, second, ref, uriClass } = found
  return [
    messageIndex,
    flagsOf(messageIndex, flags),
    requestType,
    first,
    second,
    ref,
    uriClass,
    ...spansOf(words, 0),
    ...FLATBUFFERS.index(),
  ]
}

function kernelNumbers(kernel: Kernel): number[] {
  const { words, record, ids, firstId } = kernel
  const word = (place: number): number => words[record + place] as number
  return [
    word(abi.RECORD_MESSAGE),
    flagsOf(word(abi.RECORD_MESSAGE), word(abi.RECORD_FLAGS)),
    word(abi.RECORD_REQUEST_TYPE),
    ...[ids[firstId] as number, ids[firstId + 1] as number],
    ...[abi.RECORD_TEXT_REF, abi.RECORD_URI_CLASS].map(word),
    ...spansOf(words, record),
    ...kernel.readIndex(word(abi.RECORD_FIELDS)),
  ]
}

/** Whether the request is known counts only for messages that may have one. */
function flagsOf(messageIndex: number, flags: number): number {
  const hasIds = TABLES[messageIndex]?.positions.some(({ kind }) => kind === 'id') === true
  return hasIds ? flags : flags & ~abi.FLAG_REQUEST
}

/** Mode, text, args and kwargs; where there are none nobody looks at their place. */
function spansOf(words: Int32Array, record: number): number[] {
  const word = (place: number): number => words[record + place] as number
  const spans = [word(abi.RECORD_MODE), word(abi.RECORD_TEXT_START), word(abi.RECORD_TEXT_END)]
  for (const place of [abi.RECORD_ARGS_START, abi.RECORD_KWARGS_START]) {
    if (word(place + 1) > word(place)) spans.push(word(place), word(place + 1))
    else spans.push(0, 0)
  }
  return spans
}

describe.each(RULES)('%s', (_name, payloadSerializer, options) => {
  const codec = createCodec({ cache: false, ...options })
  const serializer = codec.serializer('flatbuffers', { payloadSerializer })
  const first = serializer.decode(serializer.encode(Message.parse([17, 1, 2])))
  const receiver = (first._frame as Payload).context as Receiver
  const { kernel, policy } = receiver
  const { format } = first._frame as Payload
  const flags = options.payloadValidation === 'deferred' ? abi.SCAN_DEFERRED : 0

  const byKernel = (bytes: Uint8Array<ArrayBuffer>): string =>
    outcome(() => {
      kernel.load(bytes)
      return receiver.receive(format, bytes, 0, bytes.length, 0, FLATBUFFERS)
    })
  const inPlace = (bytes: Uint8Array<ArrayBuffer>): string =>
    outcome(() => receiver.receiveInPlace(format, bytes, FLATBUFFERS))

  test(`both readers say the same of ${FRAMES / RULES.length} frames from seed ${SEED}`, () => {
    const random = createRandom(SEED)
    const counts = { accepted: 0, inPlace: 0 }
    for (let i = 0; i < FRAMES / RULES.length; ) {
      const { name } = random.pick(CLASSES)
      const message = randomMessage(name, random, random.pick([0, 0.2, 0.6, 1]), random.int(0, 1) === 0)
      const frame = serializer.encode(message)
      for (let round = 0; round < ROUNDS; round++, i++) {
        const some = round === 0 ? frame : changed(frame, random)
        // Bytes that nothing leads to make a small frame a large one.
        const bytes = round % 2 === 1 ? Uint8Array.from([...some, ...SPARE]) : new Uint8Array(some)
        const isRead = FLATBUFFERS.scan(receiver, bytes, format, flags) !== null
        const { found } = FLATBUFFERS
        kernel.load(bytes)
        const status = kernel.scanFlatBuffers(0, bytes.length, format.id, flags, policy)
        const hasValues = kernel.words[kernel.record + abi.RECORD_MODE] === abi.MODE_ARGS
        // args that are checked at once are left to the kernel where that takes less time.
        if (status === abi.OK && !(hasValues && bytes.length <= SPARE.length)) {
          counts.accepted++
          if (isRead) counts.inPlace++
        }
        if (isRead && status !== abi.OK) expect.fail(`accepted in place, status ${status}: ${hex(bytes)}`)
        if (isRead && String(numbersOf(found)) !== String(kernelNumbers(kernel))) {
          expect.fail(`${numbersOf(found)}\n  by the kernel ${kernelNumbers(kernel)}: ${hex(bytes)}`)
        }
        // Whole messages and errors: of every eighth frame.
        if (i % 8 !== 0) continue
        const wanted = byKernel(bytes)
        const got = inPlace(bytes)
        if (got !== wanted) expect.fail(`${hex(bytes)}\n  in place ${got}\n  by the kernel ${wanted}`)
      }
    }
    // What the kernel accepts is hardly ever left to it.
    expect(counts.inPlace).toBeGreaterThan(0.97 * counts.accepted)
    expect(counts.inPlace).toBeGreaterThan(0.08 * (FRAMES / RULES.length))
  })
})
