/**
 * One client in the terms of this suite, whatever the library: what autobahn.ts, wampy.ts and others here implement.
 */
import type { ListCodec } from '../../src/index.ts'

export interface Payload {
  readonly args: unknown[]
  readonly kwargs: Record<string, unknown>
}

/** Gives a result before the last one. */
export type Progress = (part: Payload) => void

/** Throws a Failure to answer with ERROR. */
export type Procedure = (payload: Payload, progress: Progress) => Promise<Payload>

export interface PendingCall {
  /** Rejects with a Failure. */
  readonly result: Promise<Payload>
  cancel(): void
}

export interface Peer {
  subscribe(topic: string, onEvent: (payload: Payload) => void): Promise<void>
  /** Settles when the router has acknowledged it. */
  publish(topic: string, payload: Payload): Promise<void>
  register(procedure: string, endpoint: Procedure): Promise<void>
  call(procedure: string, payload: Payload, onProgress?: (part: Payload) => void): PendingCall
  /** Says GOODBYE. */
  close(): Promise<void>
}

/** Joins a realm of the router at a URL. */
export type Join = (url: string, realm: string, lists: ListCodec) => Promise<Peer>

/** An ERROR. */
export class Failure extends Error {
  readonly uri: string
  /** Null where the client does not tell. */
  readonly payload: Payload | null

  constructor(uri: string, payload: Payload | null) {
    super(uri)
    this.uri = uri
    this.payload = payload
  }
}
