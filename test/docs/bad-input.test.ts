/**
 * docs/bad-input.md: its function `answer` does for a real error of every code what its table says, in a session and
 * before. The function is taken out of the document and run on the sources.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ERROR_CODES } from '../../src/errors.ts'
import {
  Abort,
  Call,
  createCodec,
  ErrorMessage,
  EventMessage,
  type Message,
  type Publish,
  RawSocketCodec,
  WampCodecError,
} from '../../src/index.ts'
import { anyKernel } from '../../src/kernel/load.ts'

type Answer = (error: unknown, isInSession: boolean) => { send: Message | null; close: boolean }

const ROOT = resolve(import.meta.dirname, '../..')
const DOCUMENT = readFileSync(resolve(ROOT, 'docs/bad-input.md'), 'utf8')
const FILE = resolve(ROOT, 'out/docs/bad-input-answer.mjs')
let answer: Answer

beforeAll(async () => {
  const [code = ''] = /^\/\*\* What a router does[\s\S]*?^\}$/m.exec(DOCUMENT) ?? []
  const source = JSON.stringify(resolve(ROOT, 'src/index.ts'))
  mkdirSync(resolve(FILE, '..'), { recursive: true })
  writeFileSync(
    FILE,
    `import { Abort, EncodeError, ErrorMessage, ProtocolError } from ${source}\nexport ${code.slice(code.indexOf('function'))}`,
  )
  ;({ answer } = (await import(pathToFileURL(FILE).href)) as { answer: Answer })
})
afterAll(() => rmSync(FILE, { force: true }))

const codec = createCodec()
const json = codec.serializer('json')
const cbor = codec.serializer('cbor')
const flat = codec.serializer('flatbuffers')
const call = new Call({ request: 1, procedure: 'a.b' })

const hex = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits.replaceAll(' ', ''), 'hex'))
const text =
  (list: string): (() => unknown) =>
  () =>
    json.decode(list)
const callWith = (args: unknown[]): Call => new Call({ request: 1, procedure: 'a.b', args })

/** Decodes a FlatBuffers frame of CALL with one byte changed. */
function changed(at: number, byte: number): () => unknown {
  return () => flat.decode(flat.encode(call).with(at, byte))
}

function cycle(): unknown {
  const list: unknown[] = []
  list.push(list)
  return json.encode(callWith(list))
}

function longFrame(): unknown {
  const client = new RawSocketCodec({ serializer: cbor, side: 'client' })
  client.push(Uint8Array.of(0x7f, 0x03, 0, 0))
  return client.frame(new Uint8Array(513))
}

function released(): unknown {
  const frame = cbor.encode(callWith(['x'.repeat(100)])).slice()
  const borrowed = cbor.decode(frame) as Call
  structuredClone(frame, { transfer: [frame.buffer] })
  return borrowed.args
}

async function noKernel(): Promise<unknown> {
  vi.resetModules()
  vi.stubGlobal('WebAssembly', undefined)
  try {
    const { createCodec: create } = await import('../../src/core.ts')
    return create().serializer('json')
  } finally {
    vi.unstubAllGlobals()
  }
}

/** The kernel whose engine refuses more memory. */
function noMemory(): unknown {
  const kernel = anyKernel()
  const { exports } = kernel
  try {
    Object.assign(kernel, { exports: { ...exports, reserve: () => 0 } })
    return codec.serializer('json').decode(`[48,1,{},"a.b",["${'x'.repeat(2_000_000)}"]]`)
  } finally {
    Object.assign(kernel, { exports })
  }
}

const refusing = createCodec({ unknownKeys: 'refuse', maxNodes: 5, maxMessageBytes: 100 }).serializer('json')

/** What brings each code about; the first way is that of the table's example. */
const WAYS: Readonly<Record<string, readonly (() => unknown)[]>> = {
  BAD_URI: [text('[48,1,{},"a b"]'), text('[6,{},"a b"]')],
  PAYLOAD_RULE: [text('[48,1,{"enc_key":"k"},"a.b","\\u0000AAEC"]')],
  BAD_MESSAGE: [
    text('[99,1]'),
    text('[48,1,{"timeout":-1},"a.b"]'),
    () => ErrorMessage.reply(json.decode('[36,4,5,{}]'), 'a.b'),
  ],
  TRUNCATED: [text('[48,1,{},"a.b"')],
  TRAILING_BYTES: [text('[48,1,{},"a.b"]]')],
  LENGTH_OVERRUN: [() => cbor.decode(hex('84 1830 01 a0 64 6162'))],
  BAD_TOKEN: [text('[48,1,{},"a.b",[?]]')],
  BAD_UTF8: [() => cbor.decode(hex('84 1830 01 a0 62 61ff'))],
  BAD_NUMBER: [text('[48,1,{},"a.b",[1e999]]')],
  KEY_TYPE: [() => cbor.decode(hex('84 1830 01 a1 01 02 63 612e62'))],
  DUPLICATE_KEY: [text('[48,1,{"timeout":1,"timeout":2},"a.b"]')],
  FORBIDDEN_KEY: [() => refusing.decode('[48,1,{"foo":1},"a.b"]')],
  DEPTH_LIMIT: [text(`[48,1,{},"a.b",${'['.repeat(200)}${']'.repeat(200)}]`)],
  NODE_LIMIT: [() => refusing.decode('[48,1,{},"a.b",[1,2,3,4,5,6]]')],
  SIZE_LIMIT: [() => refusing.decode(`[48,1,{},"a.b",["${'x'.repeat(100)}"]]`)],
  BATCH_LENGTH: [() => codec.serializer('cbor.batched').decodeAll(hex('00000009 80'))],
  BAD_OFFSET: [changed(0, 0xf0)],
  MISALIGNED: [changed(0, 0x0d)],
  MISSING_FIELD: [changed(8, 0)],
  UNKNOWN_UNION: [changed(21, 0x51)],
  UNENCODABLE: [() => json.encode(callWith([Number.NaN]))],
  CYCLE: [cycle],
  FRAME_TOO_LARGE: [longFrame],
  RELEASED: [released],
  MEMORY_LIMIT: [noMemory],
  KERNEL_UNAVAILABLE: [noKernel],
}
const RESERVED = ['FRAME_RESERVED', 'UNSUPPORTED_TAG', 'REENTRANT']

const ROWS = [...DOCUMENT.matchAll(/^\| `([A-Z_0-9]+)` \| `(\w+)` \| .* \| ([^|]+) \| (\w+) \|$/gm)].map(
  ([, code, type, inSession, before]) => ({
    code: code as string,
    type: type as string,
    inSession: inSession as string,
    before: before as string,
  }),
)

async function errorOf(run: () => unknown): Promise<WampCodecError> {
  try {
    await run()
  } catch (error) {
    return error as WampCodecError
  }
  throw new Error('nothing was thrown')
}

/** An answer in the words of the table. */
function words({ send, close }: ReturnType<Answer>): string {
  if (send === null) return close ? 'close' : 'skip'
  expect(close).toBe(send instanceof Abort)
  return send.table.name
}

test('the table has a row for every code that is thrown, and names the others', () => {
  expect(ROWS.map(({ code }) => code).sort()).toEqual(
    ERROR_CODES.filter((code) => !RESERVED.includes(code)).sort(),
  )
  for (const code of RESERVED) expect(DOCUMENT).toContain(`\`${code}\``)
})

describe.each(ROWS)('$code', ({ code, type, inSession, before }) => {
  test.each((WAYS[code] ?? []).map((run, i) => [i, run] as const))(
    'is answered as the table says, way %s',
    async (_, run) => {
      const error = await errorOf(run)
      expect(error).toMatchObject({ name: type, code })
      expect(inSession.split(', or ')).toContain(
        `${words(answer(error, true))}${isBare(error) ? ' without a request' : ''}`,
      )
      expect(words(answer(error, false))).toBe(before)
    },
  )

  test('has a way', () => {
    expect(WAYS[code]?.length).toBeGreaterThan(0)
  })
})

/** True for the second half of the row of BAD_URI. */
function isBare({ code, request }: WampCodecError): boolean {
  return code === 'BAD_URI' && request === null
}

test('an ERROR names the request and tells what was wrong, an ABORT tells it too', async () => {
  const badUri = await errorOf(text('[48,1,{},"a b"]'))
  expect(answer(badUri, true).send?.marshal()).toEqual([
    8,
    48,
    1,
    {},
    'wamp.error.invalid_uri',
    [badUri.message],
  ])
  expect(answer(badUri, false).send?.marshal()).toEqual([
    3,
    { message: badUri.message },
    'wamp.error.invalid_uri',
  ])
})

test('a deferred payload that is bad when it is forwarded is the fault of the publisher, whose request is named', async () => {
  const deferred = createCodec({ payloadValidation: 'deferred' })
  const publish = deferred.serializer('json').decode('[16,9,{},"a.b",[?]]') as Publish
  const event = EventMessage.from(publish, { subscription: 1, publication: 2 })
  const error = await errorOf(() => deferred.serializer('cbor').encode(event))
  expect(error).toMatchObject({ name: 'ProtocolError', request_type: 16, request: 9 })
  expect(words(answer(error, true))).toBe('ABORT')
})

test('what is not ours is not the fault of the peer', () => {
  expect(words(answer(new TypeError('a bug'), true))).toBe('close')
  expect(words(answer(new WampCodecError('RELEASED', ''), false))).toBe('close')
})
