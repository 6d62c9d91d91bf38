/**
 * The octets of WAMP-over-RawSocket, without any state: the four of the handshake, and the four before each frame.
 * raw-socket.ts reads and writes a connection with them. WAMP, "RawSocket Transport".
 */
import type { RawSocketRefusal } from './raw-socket-close.ts'

/** The first octet of both handshakes; no HTTP request begins with it, so one port can serve both. */
export const MAGIC = 0x7f

/** The shortest and the longest maximum that a handshake can name: 512 bytes and 16 MiB, as powers of two. */
export const MIN_LENGTH_EXPONENT = 9
export const MAX_LENGTH_EXPONENT = 24

/** What follows a prefix: its TTT bits. The numbers 3 to 7 are reserved. */
export const FrameType = { MESSAGE: 0, PING: 1, PONG: 2 } as const

/** One of the three frame types. */
export type FrameType = (typeof FrameType)[keyof typeof FrameType]

/** Octets of a prefix, and of a handshake. */
export const PREFIX_BYTES = 4

/**
 * The request of a client, and the reply that accepts it: the longest frame that the sender takes, and the serializer.
 */
export function handshakeOctets(lengthExponent: number, serializer: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(MAGIC, ((lengthExponent - MIN_LENGTH_EXPONENT) << 4) | serializer, 0, 0)
}

/** The reply that refuses: no serializer, and the error where the length would be. */
export function refusalOctets(error: RawSocketRefusal): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(MAGIC, error << 4, 0, 0)
}

/** Writes the prefix of a frame. Its lengths, 0 to 2^24, have 25 bits: the last, X, is bit 3 of the first octet. */
export function writePrefix(target: Uint8Array, type: FrameType, length: number): void {
  target[0] = ((length >>> 24) << 3) | type
  target[1] = length >>> 16
  target[2] = length >>> 8
  target[3] = length
}

/** The four octets of a prefix as one integer; they must be there. */
export function readPrefix(bytes: Uint8Array, at: number): number {
  const upper = ((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16)
  return upper | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number)
}

/** The payload length of a prefix in bytes, X included; more than 2^24 when X is set wrongly. */
export function prefixLength(prefix: number): number {
  return (prefix & 0xffffff) | ((prefix & 0x08000000) >>> 3)
}

/** The type of a prefix, or null for a reserved type and for reserved bits. */
export function prefixType(prefix: number): FrameType | null {
  const type = (prefix >>> 24) & 0xf7
  return type <= FrameType.PONG ? (type as FrameType) : null
}
