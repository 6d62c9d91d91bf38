/** The options of connections and servers, checked when one is made: a wrong one shall not wait for the first peer. */
import { nameOf, wrongArgument } from '../arguments.ts'

/** Options of every connection. Limits are positive integers. */
export interface ConnectionOptions {
  /**
   * Bytes that may wait for a peer that reads slowly; one more, and the connection is cut. Each frame counts 500 more
   * than it has, which is about the memory that it takes while it waits. Default 64 MiB: three messages of the largest
   * size, or 130,000 small ones.
   */
  maxBufferedBytes?: number | null | undefined
  /**
   * Milliseconds between two PINGs. A peer from which no byte comes between two of them is cut off: one that is gone is
   * noticed within two intervals. Default 0: no PINGs, so a peer whose network is gone is not noticed.
   */
  pingInterval?: number | null | undefined
  /** Milliseconds that the handshake may take, and the peer's part of closing. Default 10,000. */
  timeout?: number | null | undefined
}

/** The names of `ConnectionOptions`. @internal */
export const LIMIT_OPTIONS: readonly (keyof ConnectionOptions)[] = [
  'maxBufferedBytes',
  'pingInterval',
  'timeout',
]

/** The longest time of a timer, in milliseconds: about 25 days. */
const MAX_DELAY = 2 ** 31 - 1

/** The limits of a connection, with their defaults. @internal */
export type ConnectionLimits = Record<keyof ConnectionOptions, number>

/** The options of a connection with their defaults. Throws RangeError for a limit that is none. @internal */
export function connectionLimits(options: ConnectionOptions): ConnectionLimits {
  const { maxBufferedBytes, pingInterval, timeout } = options
  return {
    maxBufferedBytes: limitOf('maxBufferedBytes', maxBufferedBytes ?? 64 * 1024 * 1024, 1),
    pingInterval: limitOf('pingInterval', pingInterval ?? 0, 0, MAX_DELAY),
    timeout: limitOf('timeout', timeout ?? 10_000, 1, MAX_DELAY),
  }
}

/** How many connections a server takes, by default any number. Throws RangeError for a limit that is none. @internal */
export function connectionCount(maxConnections: number | null | undefined): number {
  const count = maxConnections ?? Number.POSITIVE_INFINITY
  return count === Number.POSITIVE_INFINITY ? count : limitOf('maxConnections', count, 0)
}

function limitOf(name: string, value: number, least: number, most: number = Number.MAX_SAFE_INTEGER): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new RangeError(`${name} is an integer from ${least} to ${most}, got ${nameOf(value)}`)
}

/** Throws TypeError for a function of the application that is none; `where` names the option. @internal */
export function checkOptionalFunction(where: string, value: unknown): void {
  if (value != null && typeof value !== 'function') throw wrongArgument(where, 'a function', value)
}
