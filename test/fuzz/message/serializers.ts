/** The codecs and serializers that programs use, by number. */
import { readFileSync } from 'node:fs'
import {
  type Codec,
  type CodecOptions,
  createCodec,
  type Message,
  type SerializerId,
  type SerializerOptions,
} from '../../../src/index.ts'
import type { Kernel } from '../../../src/kernel/kernel.ts'
import { kernelOf } from '../../../src/kernel/load.ts'
import { StaticImage } from '../../support/image.ts'
import { FORMATS, type Format, type ReadRules } from './plain.ts'

/** A serializer with its options, and what the model must know of it. */
export interface Wire {
  readonly id: SerializerId
  readonly options: SerializerOptions
  /** Of the list, or of args and kwargs in FlatBuffers. */
  readonly format: Format
  readonly isFlat: boolean
  readonly isBatched: boolean
}

function list(format: Format, isBatched: boolean, more: SerializerOptions = {}): Wire {
  const id = (format === 'ubjson-draft12' ? 'ubjson' : format) as 'ubjson'
  const dialect: SerializerOptions = format === 'ubjson-draft12' ? { ubjsonDialect: 'draft12' } : {}
  return {
    id: isBatched ? `${id}.batched` : id,
    options: { ...dialect, ...more },
    format,
    isFlat: false,
    isBatched,
  }
}

function flat(payloadSerializer: Format, more: SerializerOptions = {}): Wire {
  return {
    id: 'flatbuffers',
    options: { payloadSerializer, ...more },
    format: payloadSerializer,
    isFlat: true,
    isBatched: false,
  }
}

const LISTS = FORMATS.filter((format) => format !== 'flexbuffers')

/** All serializers. */
export const WIRES: readonly Wire[] = [
  ...LISTS.map((format) => list(format, false)),
  ...FORMATS.map((format) => flat(format)),
  ...LISTS.map((format) => list(format, true)),
  ...FORMATS.map((format) => flat(format, { profile: 'autobahn' })),
  list('json', true, { batchSeparator: 0x18 }),
  list('cbor', false, { passthru: 'ppt' }),
  list('json', false, { passthru: 'enc' }),
  flat('cbor', { passthru: 'enc' }),
]

/** The policies of the codecs. */
export const POLICIES: readonly CodecOptions[] = [
  {},
  { payloadValidation: 'deferred' },
  { ownership: 'copy' },
  { payloadValidation: 'deferred', cache: false },
  { maps: 'map', integers: 'bigint', binary: 'view', cache: false },
  { integers: 'number', payloadValidation: 'deferred' },
  { duplicateKeys: 'refuse', maps: 'map' },
  { tags: 'tagged', unknownKeys: 'custom' },
  { unknownKeys: 'drop', ownership: 'copy', payloadValidation: 'deferred' },
]

/** How a codec of these policies reads values. */
export function rulesOf(policy: CodecOptions): ReadRules {
  return { integers: policy.integers ?? 'auto', maps: policy.maps ?? 'object' }
}

type AnySerializer = ReturnType<Codec['serializer']> & { encodeText?(message: Message): string }

/** A kernel with codecs of all policies. */
export class Codecs {
  readonly kernel: Kernel
  readonly image: StaticImage
  readonly all: readonly Codec[]
  /** Another codec of the same kernel, for frames that must always be read. */
  readonly victim: Codec

  constructor(file: string) {
    const wasm = readFileSync(file)
    const module = new WebAssembly.Module(wasm)
    this.kernel = withoutChance(() => kernelOf(module))
    this.image = new StaticImage(wasm, this.kernel.exports.memory)
    this.all = POLICIES.map((policy) => createCodec({ ...policy, module }))
    this.victim = createCodec({ module })
  }

  /** The serializer of a wire and a policy, both by number. */
  serializer(codec: number, wire: number): AnySerializer {
    const { id, options } = WIRES[wire] as Wire
    return (this.all[codec] as Codec).serializer(id, options)
  }
}

/** A kernel draws the seed of its hashes; a program must run in the same way each time. */
function withoutChance<T>(action: () => T): T {
  const { random } = Math
  Math.random = () => 0.5
  try {
    return action()
  } finally {
    Math.random = random
  }
}
