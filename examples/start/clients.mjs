/**
 * The clients of the demonstration, as they are published, each with a serializer of its own: autobahn and wampy behind
 * the same few functions, so that the scenario reads the same for both.
 */
import published from 'autobahn'
import { Wampy } from 'wampy'
import { CborSerializer } from 'wampy/CborSerializer.js'
import { MsgpackSerializer } from 'wampy/MsgpackSerializer.js'
import WebSocket from 'ws'

/**
 * @typedef {object} Client
 * @property {string} name
 * @property {number} session
 * @property {(topic: string, onEvent: () => void) => Promise<unknown>} subscribe
 * @property {(topic: string, args: unknown[], kwargs: object) => Promise<unknown>} publish
 * @property {(procedure: string, endpoint: (args: unknown[]) => unknown[]) => Promise<unknown>} register
 * @property {(procedure: string, args: unknown[]) => Promise<unknown>} call gives the first result
 * @property {() => Promise<unknown>} leave
 */

/** Its types know neither serializers nor the log. @type {any} */
const autobahn = published
autobahn.log.warn = () => {} // it warns of every connection that is closed, also by us

/** @type {(url: string, realm: string) => Promise<Client>[]} */
export const joinAll = (url, realm) => [
  joinAutobahn(url, realm, new autobahn.serializer.JSONSerializer()),
  joinAutobahn(url, realm, new autobahn.serializer.CBORSerializer()),
  joinWampy(url, realm, new MsgpackSerializer()),
  joinWampy(url, realm, new CborSerializer()),
]

/** @type {(url: string, realm: string, serializer: any) => Promise<Client>} */
async function joinAutobahn(url, realm, serializer) {
  const connection = new autobahn.Connection({ url, realm, serializers: [serializer], max_retries: 0 })
  const session = await new Promise((resolve, reject) => {
    connection.onopen = resolve
    connection.onclose = (/** @type {string} */ reason) =>
      reject(new Error(`autobahn did not join: ${reason}`))
    connection.open()
  })
  return {
    name: `autobahn ${serializer.SERIALIZER_ID}`,
    session: session.id,
    subscribe: (topic, onEvent) => session.subscribe(topic, onEvent),
    publish: (topic, args, kwargs) => session.publish(topic, args, kwargs, { acknowledge: true }),
    register: (procedure, endpoint) =>
      session.register(procedure, (/** @type {unknown[]} */ args) => new autobahn.Result(endpoint(args))),
    call: (procedure, args) => session.call(procedure, args),
    leave() {
      const closed = new Promise((resolve) => {
        connection.onclose = resolve
      })
      connection.close()
      return closed
    },
  }
}

/** @type {(url: string, realm: string, serializer: any) => Promise<Client>} */
async function joinWampy(url, realm, serializer) {
  const wampy = new Wampy(url, {
    realm,
    serializer,
    ws: /** @type {any} */ (WebSocket),
    autoReconnect: false,
  })
  await wampy.connect()
  return {
    name: `wampy ${serializer.protocol}`,
    // With its MsgPack an id is a BigInt.
    session: Number(wampy.getSessionId()),
    subscribe: (topic, onEvent) => wampy.subscribe(topic, onEvent),
    publish: (topic, argsList, argsDict) => wampy.publish(topic, { argsList, argsDict }),
    register: (procedure, endpoint) =>
      wampy.register(procedure, ({ argsList = [] }) => ({ argsList: endpoint(argsList) })),
    call: async (procedure, argsList) => (await wampy.call(procedure, { argsList })).argsList?.[0],
    leave: () => wampy.disconnect(),
  }
}
