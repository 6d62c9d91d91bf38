/** What routers do all day: fan-out, calls, heads without objects, other threads, statistics. */
import {
  Cancel,
  type CodecStats,
  createCodec,
  ErrorMessage,
  FanOut,
  type FieldSpan,
  HEAD_FIRST_ID,
  HEAD_RECORD_WORDS,
  HEAD_TYPE,
  headId,
  Interrupt,
  type Publish,
  Result,
  type Transferred,
  type Yield,
} from 'wamp-codec'

const codec = createCodec()
const cbor = codec.serializer('cbor')

export function fanOut(publish: Publish, subscriptions: readonly number[]): Uint8Array<ArrayBuffer>[] {
  const out = new FanOut(codec, publish, { publication: 1, publisher: 2, publisher_authid: null })
  const first: readonly Uint8Array<ArrayBuffer>[] = out.parts(cbor, { subscription: 1, disclose: true })
  const size: number = out.byteLength(cbor, { subscription: 1, topic: false, retained: null })
  return size === 0 ? [...first] : subscriptions.map((subscription) => out.bytes(cbor, { subscription }))
}

export function answers(message: Yield, failed: ErrorMessage): (Result | ErrorMessage | Interrupt)[] {
  return [
    Result.from(message, { request: 1, progress: false, callee: 2 }),
    ErrorMessage.from(failed, { request_type: 48, request: 1 }),
    ErrorMessage.reply(new Cancel({ request: 1 }), 'com.example.no', { args: null }),
    Interrupt.from(new Cancel({ request: 1, mode: 'kill' }), { request: 2, reason: 'wamp.error.timeout' }),
  ]
}

const head = new Int32Array(HEAD_RECORD_WORDS)
export function idOf(frame: Uint8Array): number {
  const type: number = cbor.scanInto(frame, head)
  return head[HEAD_TYPE] === type ? headId(head, HEAD_FIRST_ID) : -1
}

export function elsewhere(transferred: Transferred): readonly FieldSpan[] {
  const message = codec.fromTransferable(transferred)
  const moved: Transferred = message.detach().toTransferable()
  return message.retainedBytes === 0 ? [] : codec.trace(moved.bytes, cbor)
}

codec.setStatsAutoReset({ ratedMessages: 1000, callback: (stats: CodecStats) => void stats.in.bytes })
codec.setStatsAutoReset(null)
