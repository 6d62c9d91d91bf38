/**
 * The FlatBuffers peer: the npm runtime with the code that flatc generates from our schema. It verifies nothing. What
 * it writes are also the frames that everybody reads.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const COMPILER = fileURLToPath(new URL('../../build/flatc.mjs', import.meta.url))

/** What is missing for the generated code; `null` when it can be made. */
export const missingCompiler = existsSync(COMPILER) ? null : 'build/flatc.mjs'

let generated = null

/**
 * Readers and writers of generated code, and that code; made once, in a temporary folder: generated code is not
 * committed.
 */
export async function generatedFlatBuffers() {
  if (generated !== null) return generated
  const folder = mkdtempSync(join(tmpdir(), 'wamp-codec-bench-'))
  try {
    execFileSync(process.execPath, [COMPILER, folder], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
    })
    const code = await import(pathToFileURL(join(folder, 'readers.mjs')).href)
    generated = { code, event: eventOf(code), publish: publishOf(code) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return generated
}

/**
 * By message: `table` finds it in a frame, `head` reads what a router looks at, `write` makes a frame of it in a
 * builder, and `newBuilder` makes that.
 */
function eventOf({ AnyMessage, Builder, ByteBuffer, Event, Message }) {
  return {
    newBuilder: () => new Builder(1024),
    table: (frame) => Message.getRootAsMessage(new ByteBuffer(frame)).msg(new Event()),
    head: (event) => [event.subscription(), event.publication(), event.publisher()],
    write(builder, { head: [subscription, publication, publisher], args, kwargs, payload }) {
      const argsAt = args === null ? 0 : Event.createArgsVector(builder, args)
      const kwargsAt = kwargs === null ? 0 : Event.createKwargsVector(builder, kwargs)
      const payloadAt = payload === null ? 0 : Event.createPayloadVector(builder, payload)
      Event.startEvent(builder)
      Event.addSubscription(builder, BigInt(subscription))
      Event.addPublication(builder, BigInt(publication))
      if (argsAt !== 0) Event.addArgs(builder, argsAt)
      if (kwargsAt !== 0) Event.addKwargs(builder, kwargsAt)
      if (payloadAt !== 0) Event.addPayload(builder, payloadAt)
      if (publisher !== null) Event.addPublisher(builder, BigInt(publisher))
      const table = Event.endEvent(builder)
      Message.finishMessageBuffer(builder, Message.createMessage(builder, AnyMessage.Event, table))
      return builder.asUint8Array()
    },
  }
}

function publishOf({ AnyMessage, Builder, ByteBuffer, Message, Publish }) {
  return {
    newBuilder: () => new Builder(1024),
    table: (frame) => Message.getRootAsMessage(new ByteBuffer(frame)).msg(new Publish()),
    head: (publish) => [publish.request(), publish.topic(), publish.acknowledge(), publish.excludeMe()],
    write(builder, { head: [request, topic, acknowledge, excludeMe], args, kwargs, payload }) {
      const argsAt = args === null ? 0 : Publish.createArgsVector(builder, args)
      const kwargsAt = kwargs === null ? 0 : Publish.createKwargsVector(builder, kwargs)
      const payloadAt = payload === null ? 0 : Publish.createPayloadVector(builder, payload)
      const topicAt = builder.createString(topic)
      Publish.startPublish(builder)
      Publish.addRequest(builder, BigInt(request))
      Publish.addTopic(builder, topicAt)
      if (argsAt !== 0) Publish.addArgs(builder, argsAt)
      if (kwargsAt !== 0) Publish.addKwargs(builder, kwargsAt)
      if (payloadAt !== 0) Publish.addPayload(builder, payloadAt)
      if (acknowledge !== null) Publish.addAcknowledge(builder, acknowledge)
      if (excludeMe !== null) Publish.addExcludeMe(builder, excludeMe)
      const table = Publish.endPublish(builder)
      Message.finishMessageBuffer(builder, Message.createMessage(builder, AnyMessage.Publish, table))
      return builder.asUint8Array()
    },
  }
}
