/**
 * Holds the writers against the model: the same bytes or the same error, each getter and `toJSON` called once, in
 * messages as in payloads, whatever was encoded before or meanwhile, and read by others as the value that it was.
 */
import { FORMATS } from '../../../src/formats/full.ts'
import { type Codec, type CodecOptions, createCodec, EncodeError, Publish } from '../../../src/index.ts'
import { DEFAULT_POLICY } from '../../../src/limits.ts'
import { exactRules } from '../../../src/payload/decode-rules.ts'
import type { PayloadFormatName } from '../../../src/payload/format-names.ts'
import type { Random } from '../../support/random.ts'
import { serializerOf } from '../../support/vectors.ts'
import { build, Own } from './build.ts'
import { bytesOf } from './bytes.ts'
import { type Expected, expectedOf } from './model.ts'
import { OTHERS } from './others.ts'
import { type Item, partsOf, type Spec, smaller, some, textOf } from './spec.ts'
import { isOurs, isPeculiar, loose, looseOf, shown, type Wire, wireOf } from './wire.ts'

/** How a value is encoded: by itself, or in a message. */
export type Way = 'payload' | 'message'

/** A codec, and what it was made with. */
export interface Chosen {
  readonly codec: Codec
  readonly options: CodecOptions & { unrepresentable: 'throw' | 'json'; maxDepth: number }
}

const EXACT = exactRules({ ...DEFAULT_POLICY, tags: 'tagged', maxDepth: 1000 })
/** How many results are looked at again later. */
const KEPT = 32
/** Steps of shrinking. */
const TRIES = 3000

/** A codec with random options; most of them mean nothing to a writer, which is a part of the test. */
export function randomCodec(random: Random, module: WebAssembly.Module): Chosen {
  const options = {
    unrepresentable: random.pick(['throw', 'throw', 'json'] as const),
    maxDepth: random.pick([128, 128, 1, 2, 3, 5, 11, 12, 13, 20, 1000]),
    maps: random.pick(['object', 'map'] as const),
    integers: random.pick(['auto', 'number', 'bigint'] as const),
    tags: random.pick(['plain', 'tagged'] as const),
    binary: random.pick(['copy', 'view', 'buffer'] as const),
    duplicateKeys: random.pick(['last', 'refuse'] as const),
    peers: random.pick(['strict', 'lenient'] as const),
    ownership: random.pick(['borrow', 'copy'] as const),
    cache: random.int(0, 1) === 0,
    maxNodes: random.pick([4_194_304, 1, 30]),
    maxBigIntBytes: random.pick([1024, 1]),
    maxMessageBytes: random.pick([16_777_215, 1000]),
  }
  return { codec: createCodec({ ...options, module }), options }
}

/** Judges the writer of one format. */
export class Judge {
  readonly #format: PayloadFormatName
  readonly #codecs: readonly Chosen[]
  /** A value that was written well, which is written again after an error, and results that must stay as they are. */
  #control: { spec: Spec; codec: number; bytes: Buffer } | null = null
  readonly #kept: { bytes: Uint8Array; copy: Buffer }[] = []
  /** How many values there were of each outcome. */
  readonly counts: Record<string, number> = {}

  constructor(format: PayloadFormatName, codecs: readonly Chosen[]) {
    this.#format = format
    this.#codecs = codecs
  }

  /** What is wrong with the value; null for nothing. */
  judge(spec: Spec, codec: number, way: Way): string | null {
    const found = way === 'payload' ? this.#payload(spec, codec) : this.#message(spec, codec)
    return found ?? this.#keptChange()
  }

  /** The smallest value with a fault that is found from this one, and its fault. */
  shrunk(spec: Spec, codec: number, way: Way): { spec: Spec; found: string } | null {
    let left = TRIES
    let best: { spec: Spec; found: string } | null = null
    const fault = (one: Spec): string | null => {
      try {
        return this.judge(one, codec, way)
      } catch (error) {
        return String(error)
      }
    }
    for (let from: Spec | null = spec; from !== null; ) {
      const found = fault(from)
      if (found !== null) best = { spec: from, found }
      const base: Spec = from
      from = null
      for (const less of smaller(base)) {
        if (left-- <= 0) break
        if (!isSound(less) || fault(less) === null) continue
        from = less
        break
      }
    }
    return best
  }

  #payload(spec: Spec, codec: number): string | null {
    const { codec: one, options } = this.#codecs[codec] as Chosen
    const expected = expectedOf([spec], this.#format, options)
    const payload = one.payload(this.#format)
    const found = this.#compare(
      expected,
      spec,
      (wire) => bytesOf(wire, this.#format),
      (live) => payload.encode(live),
    )
    if (found !== null) return found
    if (expected.is !== 'wire') return this.#controlChange()
    const bytes = bytesOf(expected.wire, this.#format)
    if (bytes.length < 2000) this.#control = { spec, codec, bytes }
    return this.#readings(expected.wire, bytes)
  }

  #message(spec: Spec, codec: number): string | null {
    const format = this.#format
    const { codec: one, options } = this.#codecs[codec] as Chosen
    const extra: Spec = { is: 'value', value: true }
    // What is in args is in kwargs, too: `up` must mean the same in both.
    const args: Spec = { is: 'array', how: 'plain', id: -1, items: [spec] }
    const kwargs: Spec = {
      is: 'object',
      how: 'plain',
      id: -2,
      entries: [
        ['b', spec],
        ['c', extra],
      ],
    }
    const expected = expectedOf([args, kwargs], format, options, ['args', 'kwargs'])
    const serializer =
      format === 'flexbuffers'
        ? one.serializer('flatbuffers', { payloadSerializer: 'flexbuffers' })
        : serializerOf(one, format)
    const head: readonly Wire[] = [16n, 1n, wireOf(new Map()), 'a.b']
    const both: Spec = { is: 'array', how: 'plain', id: -3, items: [args, kwargs] }
    const found = this.#compare(
      expected,
      both,
      (wires) => {
        const parts = wires as readonly Wire[]
        return format === 'flexbuffers'
          ? parts.map((part) => bytesOf(part, format))
          : bytesOf([...head, ...parts], format)
      },
      (live) => {
        const [list, dict] = live as [unknown[], Record<string, unknown>]
        return serializer.encode(new Publish({ request: 1, topic: 'a.b', args: list, kwargs: dict }))
      },
    )
    return found ?? (expected.is === 'wire' ? null : this.#controlChange())
  }

  /** What differs between what must happen and what happens. */
  #compare(
    expected: Expected,
    spec: Spec,
    write: (wire: Wire) => Buffer | readonly Buffer[],
    encode: (live: unknown) => Uint8Array,
  ): string | null {
    let aside: string | null = null
    const record: string[] = []
    const isCyclic = some(spec, ({ is }) => is === 'up')
    const live = build(spec, {
      record,
      isCyclic,
      aside: (given) => {
        aside ??= this.judge(given.spec, given.codec, 'payload')
      },
    })
    const outcome = outcomeOf(() => encode(live))
    this.#count(expected)
    if (aside !== null) return `meanwhile: ${aside}`
    const said = textOfExpected(expected)
    if (outcome.is === 'bytes' && expected.is === 'wire') {
      const bytes = write(expected.wire)
      const isSame = Array.isArray(bytes)
        ? bytes.every((part) => Buffer.from(outcome.bytes).includes(part))
        : Buffer.compare(outcome.bytes, bytes as Buffer) === 0
      if (!isSame) return `bytes ${hexOf(outcome.bytes)}, expected ${hexOf(...[bytes].flat())}`
      this.#keep(outcome.bytes)
    } else if (outcome.text !== said) return `${outcome.text}, expected ${said}`
    // What contains itself is asked again on every level until that is noticed.
    const calls = expected.is === 'refused' && expected.refusal.code === 'CYCLE' ? null : expected.calls
    if (calls !== null && calls.join() !== record.join()) return `calls ${record}, expected ${calls}`
    return null
  }

  /** What others, and our own readers, read of the bytes. */
  #readings(wire: Wire, bytes: Buffer): string | null {
    if (isPeculiar(wire)) return null
    const format = this.#format
    const own = wireOf(FORMATS[format].decode(bytes, 0, bytes.length, EXACT))
    if (shown(own) !== shown(wire)) return `our reader has ${shown(own)}, expected ${shown(wire)}`
    const peer = OTHERS[format]
    if (peer === undefined || isOurs(wire) || peer.errs?.(wire) === true) return null
    let read: unknown
    try {
      read = peer.decode(bytes)
    } catch (error) {
      return peer.refuses.test(String(error)) ? null : `${peer.name} refuses ${hexOf(bytes)}: ${error}`
    }
    return looseOf(read) === loose(wire) ? null : `${peer.name} has ${looseOf(read)}, expected ${loose(wire)}`
  }

  /** An error has left nothing behind. */
  #controlChange(): string | null {
    if (this.#control === null) return null
    const { spec, codec, bytes } = this.#control
    const { codec: one } = this.#codecs[codec] as Chosen
    const live = build(spec, { record: [], isCyclic: false, aside: () => {} })
    const outcome = outcomeOf(() => one.payload(this.#format).encode(live))
    if (outcome.is === 'bytes' && Buffer.compare(outcome.bytes, bytes) === 0) return null
    return `after an error ${textOf(spec)} is ${outcome.text}, expected ${hexOf(bytes)}`
  }

  #keep(bytes: Uint8Array): void {
    if (this.#kept.length >= KEPT) this.#kept.shift()
    this.#kept.push({ bytes, copy: Buffer.from(bytes) })
  }

  #keptChange(): string | null {
    const changed = this.#kept.find(({ bytes, copy }) => Buffer.compare(bytes, copy) !== 0)
    return changed === undefined ? null : `an earlier result has changed: ${hexOf(changed.copy)}`
  }

  #count(expected: Expected): void {
    const name = expected.is === 'refused' ? expected.refusal.code : expected.is
    this.counts[name] = (this.counts[name] ?? 0) + 1
  }
}

/** False for a value in which a container is meant that is not there any more. */
function isSound(spec: Spec): boolean {
  const check = (part: Item, open: number): boolean => {
    if (part.is === 'up') return part.levels <= open
    const inner = open + (part.is === 'array' || part.is === 'object' || part.is === 'map' ? 1 : 0)
    return partsOf(part).every((each) => check(each, inner))
  }
  return check(spec, 0)
}

type Outcome =
  | { readonly is: 'bytes'; readonly bytes: Uint8Array; readonly text: string }
  | { readonly is: 'error'; readonly text: string }

function outcomeOf(encode: () => Uint8Array): Outcome {
  try {
    const bytes = encode()
    return { is: 'bytes', bytes, text: `bytes ${hexOf(bytes)}` }
  } catch (error) {
    if (error instanceof Own) return { is: 'error', text: `own error ${error.id}` }
    if (!(error instanceof EncodeError)) return { is: 'error', text: `${(error as Error).stack}` }
    return { is: 'error', text: `${error.code} at ${error.path}: ${error.message}` }
  }
}

function textOfExpected(expected: Expected): string {
  if (expected.is === 'own') return `own error ${expected.id}`
  if (expected.is === 'wire') return shown(expected.wire)
  const { code, path, message } = expected.refusal
  return `${code} at ${path}: ${message}`
}

function hexOf(...bytes: readonly Uint8Array[]): string {
  return bytes.map((each) => Buffer.from(each.subarray(0, 2000)).toString('hex')).join(' ... ')
}
