/** What the servers of both transports have: a place to listen, their connections, and an end. */
/// <reference types="node" preserve="true" />
import { once } from 'node:events'
import type { AddressInfo, Server, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { checkOptions, wrongArgument } from '../arguments.ts'
import { CloseCode } from './answer.ts'
import { type Connection, ignore } from './connection.ts'
import {
  type ConnectionLimits,
  type ConnectionOptions,
  connectionCount,
  connectionLimits,
  LIMIT_OPTIONS,
} from './options.ts'

/** Options of every server. */
export interface ServerOptions extends ConnectionOptions {
  /** More connections than these, an integer, are refused. Default Infinity. */
  maxConnections?: number | null | undefined
}

/** A server of connections that carry WAMP messages. */
export abstract class ConnectionServer {
  /** Connections after their handshake. */
  readonly connections: ReadonlySet<Connection>
  /** @internal */ protected readonly _limits: ConnectionLimits
  /** Sockets before the end of their handshake. @internal */
  protected readonly _newcomers: Set<Duplex>
  readonly #closing: AbortController
  readonly #connections: Set<Connection>
  readonly #maxConnections: number
  #isStarting: boolean

  /** Throws TypeError for options that are not among `known`, RangeError for limits that are none. @internal */
  constructor(where: string, options: ServerOptions & { onconnection: unknown }, known: readonly string[]) {
    checkOptions(where, options, [
      ...LIMIT_OPTIONS,
      'maxConnections',
      'serializers',
      'onconnection',
      ...known,
    ])
    if (typeof options.onconnection !== 'function') {
      throw wrongArgument(`${where}: onconnection`, 'a function', options.onconnection)
    }
    this._limits = connectionLimits(options)
    this._newcomers = new Set()
    this.#closing = new AbortController()
    this.#connections = new Set()
    this.connections = this.#connections
    this.#maxConnections = connectionCount(options.maxConnections)
    this.#isStarting = false
  }

  /**
   * Listens, by default on 127.0.0.1, which is this machine only; port 0 is any free one. Gives the port. Rejects with
   * the error of `net`, and when the server listens or was closed.
   */
  async listen(port: number, host: string = '127.0.0.1'): Promise<number> {
    const server = this._server
    const { signal } = this.#closing
    signal.throwIfAborted()
    // `net` knows of the first call only when it has looked up the host.
    if (this.#isStarting) throw new Error('the server has begun to listen already')
    this.#isStarting = true
    try {
      server.listen(port, host)
      await once(server, 'listening', { signal })
    } catch (error) {
      throw signal.aborted ? signal.reason : error
    } finally {
      this.#isStarting = false
    }
    // A connection that could not be accepted concerns no other one.
    server.on('error', ignore)
    return (server.address() as AddressInfo).port
  }

  /** Takes a socket that was accepted elsewhere and has not been read from. */
  abstract accept(socket: Socket): void

  /** Stops listening, closes all connections in order, and settles when they have ended. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('the server was closed'))
    this._server.close()
    for (const socket of this._newcomers) socket.destroy()
    const ends = [...this.#connections].map((connection) => {
      connection.close(CloseCode.GOING_AWAY)
      return connection._ended
    })
    await Promise.all(ends)
  }

  /** What listens. @internal */
  protected abstract get _server(): Server

  /** It takes no more connections. @internal */
  protected get _isClosed(): boolean {
    return this.#closing.signal.aborted
  }

  /** @internal */ protected get _isFull(): boolean {
    return this.#connections.size >= this.#maxConnections
  }

  /** @internal */ protected _add(connection: Connection): void {
    this.#connections.add(connection)
    connection._ended.then(() => this.#connections.delete(connection))
  }
}
