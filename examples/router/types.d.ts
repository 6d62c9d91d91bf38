/** What the files of the router hand to each other. */
import type { AnyMessage, Call, Challenge, Hop, Invocation, Invoke, Match, Publish } from 'wamp-codec'
import type { Connection } from 'wamp-codec/ws'
import type { LIMITS } from './limits.mjs'
import type { Session } from './session.mjs'

export type { AnyMessage, Connection, Hop, Match, Publish, Session }
export type Limits = typeof LIMITS

/** What is done with a message of a client. */
export type Handle<M> = (session: Session, message: M) => void

/** A frame that was refused, a message that a receiver goes without, a peer that does not read, or says no HELLO. */
export type Incident = 'refused' | 'unsendable' | 'slow' | 'late' | 'failed'

export interface RouterOptions {
  /** By name, each with who may join. */
  realms: Record<string, Rules>
  /** `lenient` also reads what published clients send against the rules. Default `strict`. */
  peers?: 'strict' | 'lenient'
  limits?: Partial<Limits>
  /** For logs. */
  observe?: (what: Incident, session: Session, error?: Error) => void
}

export interface Rules {
  /** The role of clients that do not log in; null refuses them. Default `anonymous`. */
  anonymous?: string | null
  /** For WAMP-CRA: clients derive their keys from their secrets by PBKDF2. Default: the secrets are the keys. */
  salting?: { iterations: number; keylen: number } | null
  /** By authid. */
  users?: Record<string, User>
}

/** Who may log in: with a ticket, or with a secret that never travels. */
export interface User {
  role: string
  ticket?: string
  secret?: string
}

export interface Identity {
  authid: string
  authrole: string
  authmethod: string
}

/** What a client must pass. */
export interface Trial {
  challenge: Challenge
  /** Null for a wrong answer. */
  check(signature: string): Identity | null
}

/** Subscriptions and registrations alike. */
export interface Entry {
  id: number
  match: Match
  uri: string
  sessions: Set<Session>
}

export interface Registration extends Entry {
  invoke: Invoke
  /** In the order in which they came. */
  callees: Callee[]
  /** The next of `roundrobin`. */
  turn: number
}

export interface Callee {
  session: Session
  wantsCaller: boolean
  /** It keeps the time limit itself. */
  wantsTimeout: boolean
}

/** A call that is not answered yet. */
export interface Running {
  caller: Session
  /** Of the caller. */
  request: number
  registration: Registration
  callee: Callee
  /** The request that the callee got. */
  invocation: number
  /** Callees that could not serve it. */
  tried: ReadonlySet<Session>
  /** One of them serves the procedure, at another time. */
  isServed: boolean
  /** For another callee, should this one not be available; null when that is too late, or there is none. */
  again: Call | null
  /** What a call in parts has begun with; null for others. */
  frozen: Frozen | null
  /** What either costs. */
  keptBytes: number
  /** More of the call follows. */
  isOpen: boolean
  /** The caller takes results in parts. */
  isProgressive: boolean
  /** The way of a reply, when a router has forwarded the call. */
  back: Hop[] | null
  /** Its time limit, on the clock of `performance.now()`. */
  endsAt: number | null
  timer: NodeJS.Timeout | null
}

/** All of an invocation but its payload, and whether more follow. */
export type Frozen = ConstructorParameters<typeof Invocation>[0]

export interface LinkOptions {
  /** To one router, and to the other. */
  connect: [() => Promise<Connection>, () => Promise<Connection>]
  /** The same one at both. */
  realm: string
  /** A user of both, whose role is `router`. */
  authid: string
  ticket: string
  /** Milliseconds from the loss of the connection to the next attempt. Default 1,000. */
  retryMs?: number
  /** Bytes of a message that both routers take. Default 4 MiB, as they do. */
  maxMessageBytes?: number
}
