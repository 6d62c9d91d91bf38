/** A publisher and a subscriber of autobahn-js, unmodified, both with one serializer. */
import { isDeepStrictEqual } from 'node:util'
import autobahn from 'autobahn'
import { WebSocket } from 'ws'

// It warns of every connection that ends.
autobahn.log.warn = () => {}
// autobahn 26 takes the global one, which Node has since 22.
globalThis.WebSocket ??= WebSocket

/** Where args and kwargs stand in a PUBLISH. */
const ARGS = 4
const KWARGS = 5

function join(url, serializer) {
  const connection = new autobahn.Connection({
    url,
    realm: 'bench',
    serializers: [serializer],
    max_retries: 0,
  })
  return new Promise((resolve, reject) => {
    connection.onopen = (session) => resolve({ session, close: () => connection.close() })
    connection.onclose = (reason) => {
      reject(new Error(`the router did not let autobahn in: ${reason}`))
      return true
    }
    connection.open()
  })
}

/** Opens a lane. `serializer` makes one for each end. */
export async function openLane(url, topic, serializer) {
  const [publisher, subscriber] = await Promise.all([join(url, serializer()), join(url, serializer())])
  let onEvent
  await subscriber.session.subscribe(topic, (args, kwargs) => onEvent(args, kwargs))
  const publish = (list) => publisher.session.publish(topic, list[ARGS], list[KWARGS])

  return {
    /** Publishes each message and compares what arrives. */
    async prove(lists) {
      for (const list of lists) {
        const event = new Promise((resolve) => {
          onEvent = (args, kwargs) => resolve([args, kwargs])
        })
        publish(list)
        if (!isDeepStrictEqual(plain(await event), [list[ARGS], list[KWARGS]]))
          throw new Error(`${topic}: another event than was published`)
      }
    },

    /** Publishes so many messages at once, and waits for their events: nanoseconds of the wall and of this process. */
    async run(lists, count) {
      const cpu = process.cpuUsage()
      const began = process.hrtime.bigint()
      await new Promise((resolve) => {
        let left = count
        onEvent = () => {
          if (--left === 0) resolve()
        }
        for (let i = 0; i < count; i++) publish(lists[i % lists.length])
      })
      const wall = Number(process.hrtime.bigint() - began)
      const { user, system } = process.cpuUsage(cpu)
      return { wall: wall / count, cpu: ((user + system) * 1000) / count }
    },

    close() {
      publisher.close()
      subscriber.close()
    },
  }
}

/** autobahn's own CBOR gives dictionaries of its own making. */
function plain(value) {
  return structuredClone(value)
}
