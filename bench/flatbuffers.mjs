/**
 * FlatBuffers against the npm runtime with the TypeScript that flatc generates from schema/*.fbs.
 * `node bench/flatbuffers.mjs [filter...] [--full]` runs the cases; a case is `flatbuffers/job/message-size/shape`.
 *
 *     read-opaque   the frame verified, what a router looks at is read | the same fields, nothing verified
 *     read-nested   the same, args and kwargs checked in CBOR          | the same, args and kwargs decoded by cbor-x
 *     build         message with encoded args and kwargs -> frame      | the same by generated code
 *     build-opaque  message with an opaque payload -> frame            | the same by generated code
 */
import { deepStrictEqual } from 'node:assert'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { createCodec, EventMessage, Publish } from '../build/dist/index.js'
import { messagesOf, SHAPES, SIZES } from './fixtures.mjs'
import { BUDGETS, measure, rowOf } from './measure.mjs'
import { PEERS } from './peers.mjs'
import { COLUMNS, cellsOf, line } from './report.mjs'

const SEED = 20261122
/** The fewest operations in a sample. */
const OPERATIONS = 64

const codec = createCodec({ cache: false })
const flat = codec.serializer('flatbuffers')
const cbor = codec.serializer('cbor')
const [{ decode: decodeCbor }] = PEERS.cbor

/** Ratios that issue 3 demands. */
function targetOf(job, size) {
  if (job === 'build-opaque' && size === '16k') return 20
  return { 'read-opaque': 4, 'read-nested': 5, build: 8, 'build-opaque': 8 }[job]
}

/** The runtime and the generated classes. They are made in a temporary folder: generated code is not committed. */
async function generatedCode() {
  const folder = mkdtempSync(join(tmpdir(), 'wamp-codec-bench-'))
  try {
    const cwd = resolve(import.meta.dirname, '..')
    execFileSync(process.execPath, ['build/flatc.mjs', folder], { cwd })
    return await import(pathToFileURL(join(folder, 'readers.mjs')).href)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const generated = await generatedCode()
const { AnyMessage, Builder, ByteBuffer, Event, Message } = generated

/** What a router has read of a frame; absent options are the schema's defaults, and of lists it looks at the length. */
const seen = {
  first: 0n,
  second: 0n,
  text: null,
  flags: 0,
  lists: 0,
  publisher: 0n,
  authid: null,
  authrole: null,
}

/**
 * By message: the envelope that a router looks at before it passes the payload on, by us and by generated code. For
 * PUBLISH these are all options that decide who gets the event, for EVENT what says where it comes from.
 */
const READ = {
  event: {
    ours(frame) {
      const event = flat.decode(frame)
      seen.first = event.subscription
      seen.second = event.publication
      seen.publisher = event.publisher ?? 0
      seen.authid = event.publisher_authid
      seen.authrole = event.publisher_authrole
      seen.text = event.topic
      seen.flags = event.retained === true ? 1 : 0
      seen.lists = event.forward_for?.length ?? 0
    },
    generated(frame) {
      const event = Message.getRootAsMessage(new ByteBuffer(frame)).msg(new Event())
      seen.first = event.subscription()
      seen.second = event.publication()
      seen.publisher = event.publisher()
      seen.authid = event.publisherAuthid()
      seen.authrole = event.publisherAuthrole()
      seen.text = event.topic()
      seen.flags = event.retained() ? 1 : 0
      seen.lists = event.forwardForLength()
      return event
    },
  },
  publish: {
    ours(frame) {
      const publish = flat.decode(frame)
      seen.first = publish.request
      seen.text = publish.topic
      seen.flags =
        (publish.acknowledge === true ? 1 : 0) +
        (publish.exclude_me === false ? 2 : 0) +
        (publish.retain === true ? 4 : 0)
      seen.lists =
        (publish.exclude?.length ?? 0) +
        (publish.exclude_authid?.length ?? 0) +
        (publish.exclude_authrole?.length ?? 0) +
        (publish.eligible?.length ?? 0) +
        (publish.eligible_authid?.length ?? 0) +
        (publish.eligible_authrole?.length ?? 0) +
        (publish.forward_for?.length ?? 0)
    },
    generated(frame) {
      const publish = Message.getRootAsMessage(new ByteBuffer(frame)).msg(new generated.Publish())
      seen.first = publish.request()
      seen.text = publish.topic()
      seen.flags =
        (publish.acknowledge() ? 1 : 0) + (publish.excludeMe() ? 0 : 2) + (publish.retain() ? 4 : 0)
      seen.lists =
        publish.excludeLength() +
        publish.excludeAuthidLength() +
        publish.excludeAuthroleLength() +
        publish.eligibleLength() +
        publish.eligibleAuthidLength() +
        publish.eligibleAuthroleLength() +
        publish.forwardForLength()
      return publish
    },
  },
}

/** The payload as values, which is the least that checks it. */
function decodePayload(table) {
  const args = table.argsArray()
  if (args !== null) decodeCbor(args)
  const kwargs = table.kwargsArray()
  if (kwargs !== null) decodeCbor(kwargs)
}

/** By message: how generated code writes it. */
const WRITE = {
  event(builder, { message, args, kwargs, payload }) {
    const argsAt = args === null ? 0 : Event.createArgsVector(builder, args)
    const kwargsAt = kwargs === null ? 0 : Event.createKwargsVector(builder, kwargs)
    const payloadAt = payload === null ? 0 : Event.createPayloadVector(builder, payload)
    Event.startEvent(builder)
    Event.addSubscription(builder, BigInt(message.subscription))
    Event.addPublication(builder, BigInt(message.publication))
    if (argsAt !== 0) Event.addArgs(builder, argsAt)
    if (kwargsAt !== 0) Event.addKwargs(builder, kwargsAt)
    if (payloadAt !== 0) Event.addPayload(builder, payloadAt)
    if (message.publisher !== null) Event.addPublisher(builder, BigInt(message.publisher))
    return Event.endEvent(builder)
  },
  publish(builder, { message, args, kwargs, payload }) {
    const Table = generated.Publish
    const argsAt = args === null ? 0 : Table.createArgsVector(builder, args)
    const kwargsAt = kwargs === null ? 0 : Table.createKwargsVector(builder, kwargs)
    const payloadAt = payload === null ? 0 : Table.createPayloadVector(builder, payload)
    const topicAt = builder.createString(message.topic)
    Table.startPublish(builder)
    Table.addRequest(builder, BigInt(message.request))
    Table.addTopic(builder, topicAt)
    if (argsAt !== 0) Table.addArgs(builder, argsAt)
    if (kwargsAt !== 0) Table.addKwargs(builder, kwargsAt)
    if (payloadAt !== 0) Table.addPayload(builder, payloadAt)
    if (message.acknowledge !== null) Table.addAcknowledge(builder, message.acknowledge)
    if (message.exclude_me !== null) Table.addExcludeMe(builder, message.exclude_me)
    return Table.endPublish(builder)
  },
}

const CODES = { event: AnyMessage.Event, publish: AnyMessage.Publish }

function finish(builder, type, input) {
  const table = WRITE[type](builder, input)
  Message.finishMessageBuffer(builder, Message.createMessage(builder, CODES[type], table))
  return builder.asUint8Array()
}

const pooled = new Builder(1024)

/** Generated code with a builder for each message, and with one for all, which needs a copy of the result. */
const BUILDERS = {
  'npm Builder': (type, input) => finish(new Builder(1024), type, input),
  'npm Builder, kept': (type, input) => {
    pooled.clear()
    return finish(pooled, type, input).slice()
  },
}

/** A message as an application makes it, its payload encoded already: args and kwargs, or opaque bytes. */
function builtMessage(type, size, list, isOpaque) {
  const Class = { event: EventMessage, publish: Publish }[type]
  const received = cbor.decode(cbor.encode(Class.parse(list)))
  const { type: _type, args, kwargs, ...head } = received.toJSON()
  if (args === undefined && kwargs === undefined) return new Class(head)
  if (!isOpaque) return new Class({ ...head, rawPayload: received.rawPayload })
  return new Class({ ...head, payload: new Uint8Array(SIZES[size]).map((_, i) => i * 7) })
}

/** What contenders write: a message, and for those that take bytes those of its payload. */
function inputOf(message) {
  const { payload } = message
  const [args, kwargs] = payload === null ? (message.rawPayload?.bytes ?? []) : []
  const orNull = (bytes) => (bytes === undefined || bytes.length === 0 ? null : bytes)
  return { message, args: orNull(args), kwargs: orNull(kwargs), payload }
}

/** Contenders by job: `make` gives each its inputs, `run` is one operation, `check` what has to be the same for all. */
function contendersOf(job, type) {
  if (job.startsWith('build')) {
    const ours = { name: 'wamp-codec', role: 'ours', run: ({ message }) => flat.encode(message) }
    const peers = Object.entries(BUILDERS).map(([name, build]) => {
      return { name, role: 'peer', run: (input) => build(type, input) }
    })
    return [ours, ...peers]
  }
  const { ours, generated: read } = READ[type]
  const withPayload = (frame) => decodePayload(read(frame))
  const isNested = job === 'read-nested'
  const peer = { name: 'npm flatbuffers', role: 'peer', run: isNested ? withPayload : read }
  return [{ name: 'wamp-codec', role: 'ours', run: ours }, peer]
}

/** What has to be equal after `run`: the fields that were read, or what we read out of the frame that was written. */
function outcome(job, run, input) {
  const result = run(input)
  if (job.startsWith('build')) return flat.decode(result).marshal()
  return {
    ...seen,
    first: BigInt(seen.first),
    second: BigInt(seen.second),
    publisher: BigInt(seen.publisher),
  }
}

/** The last result: what nobody reads, an optimiser may leave out. */
let sink = null

function build(job, type, size, shape) {
  const messages = messagesOf(type, size, shape, SEED).map((list) =>
    builtMessage(type, size, list, job.endsWith('opaque')),
  )
  const frames = messages.map((message) => flat.encode(message))
  const inputs = job.startsWith('build') ? messages.map(inputOf) : frames
  const all = contendersOf(job, type)
  for (const input of inputs) {
    const [ours, ...peers] = all.map(({ run }) => outcome(job, run, input))
    for (const peer of peers) deepStrictEqual(peer, ours)
  }
  const contenders = all.map(({ name, role, run }) => {
    let at = 0
    const call = (operations) => {
      for (let i = 0; i < operations; i++) {
        sink = run(inputs[at])
        at = at + 1 < inputs.length ? at + 1 : 0
      }
    }
    return { name, role, call, prepare: null }
  })
  const bytes = frames.reduce((sum, frame) => sum + frame.length, 0) / frames.length
  return { contenders, operations: OPERATIONS, bytes }
}

/** All cases, with the ratio that is demanded of them; `build` makes their contenders, proved to do the same. */
export const cases = ['read-opaque', 'read-nested', 'build', 'build-opaque'].flatMap((job) =>
  Object.keys(READ).flatMap((type) =>
    Object.keys(SIZES).flatMap((size) =>
      Object.keys(SHAPES).map((shape) => ({
        name: `flatbuffers/${job}/${type}-${size}/${shape}`,
        target: targetOf(job, size),
        build: () => build(job, type, size, shape),
      })),
    ),
  ),
)

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const options = { full: { type: 'boolean', default: false } }
  const { values, positionals } = parseArgs({ allowPositionals: true, options })
  const chosen = cases.filter(({ name }) => positionals.every((filter) => name.includes(filter)))
  console.log(line(COLUMNS))
  for (const each of chosen) {
    const built = each.build()
    const budget = values.full ? BUDGETS.full : BUDGETS.quick
    console.log(line(cellsOf(rowOf(each, built, measure(built.contenders, built.operations, budget)))))
  }
  if (sink === null) process.exitCode = 1
}
