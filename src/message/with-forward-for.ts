/**
 * The forward_for mixin: the chain of routers that a message has come through on router-to-router links. It holds
 * accessors and methods; the slots belong to the constructors of the concrete classes.
 */
import { isObject, wrongArgument } from '../arguments.ts'
import { ProtocolError } from '../errors.ts'
import { saidOf } from './check.ts'
import { copyOf, setOption } from './derive.ts'
import { isId } from './ids.ts'
import { KINDS } from './kinds.ts'
import type { Message } from './message.ts'
import { readOption, sentOption, writeOption } from './options.ts'
import { FORWARD_FOR } from './table.ts'
import type { Given, Hop } from './values.ts'

/** What the mixin gives. */
export interface WithForwardFor {
  /** The chain of hops, the origin first; null when the message was not forwarded. Wire key `forward_for`. */
  forward_for: Hop[] | null
  /**
   * Checks that every hop has a session id and texts or null beside it, and that no session is in the chain twice, nor
   * is the given one in it (the router's own: a message that would come back). Throws ProtocolError BAD_MESSAGE.
   */
  validateForwardChain(session?: number): void
  /** The same message with a hop more, for the next router: the payload is shared, this message does not change. */
  forward(hop: Hop): this
  /** Appends a hop. */
  addHop(hop: Hop): void
  /** A copy of the chain in the order in which a reply goes back. */
  reverseChain(): Hop[]
  /** The first hop: where the message came into the network of routers; null without a chain. */
  forwardOrigin(): Hop | null
}

// biome-ignore lint/suspicious/noExplicitAny: TypeScript requires any[] of a mixin's constructor (TS2545)
type Mixin<Instance> = abstract new (...args: any[]) => Instance

/** Adds forward_for to a class. Apply it once for each category of messages, not once for each message. */
export function withForwardFor<B extends Mixin<object>>(Base: B): B & Mixin<WithForwardFor> {
  if (typeof Base !== 'function' || Base.prototype === undefined)
    throw wrongArgument('withForwardFor', 'a class', Base)
  abstract class Forwarding extends Base implements WithForwardFor {
    get forward_for(): Hop[] | null {
      return readOption(this as unknown as Message, FORWARD_FOR) as Hop[] | null
    }

    set forward_for(hops: Hop[] | null) {
      writeOption(this as unknown as Message, FORWARD_FOR, hops)
    }

    validateForwardChain(session?: number): void {
      const seen = new Set<number>()
      if (session !== undefined && !isId(session)) {
        throw wrongArgument('validateForwardChain', KINDS.id.expected, session)
      }
      if (session !== undefined) seen.add(session)
      for (const [i, hop] of (this.forward_for ?? []).entries()) {
        if (!isId(hop?.session)) throw chainError(i, 'has no session id')
        if (!KINDS.hops.check([hop])) throw chainError(i, 'has an authid or authrole that is not a string')
        if (seen.has(hop.session)) throw chainError(i, `closes a loop at session ${hop.session}`)
        seen.add(hop.session)
      }
    }

    forward(hop: Hop): this {
      const message = copyOf(this as unknown as Message)
      setOption(message, FORWARD_FOR, [...sentHops(this as unknown as Message), hop])
      return message as unknown as this
    }

    addHop(hop: Hop): void {
      this.forward_for = [...sentHops(this as unknown as Message), hop]
    }

    reverseChain(): Hop[] {
      return [...(this.forward_for ?? [])].reverse()
    }

    forwardOrigin(): Hop | null {
      return this.forward_for?.[0] ?? null
    }
  }
  return Forwarding as unknown as B & Mixin<WithForwardFor>
}

/** The hops that are sent, whatever became of the list that was read. */
function sentHops(message: Message): readonly Hop[] {
  const hops = saidOf(sentOption(message, FORWARD_FOR), '')
  // What a `toJSON` makes of them is refused when it is set.
  return Array.isArray(hops) ? hops : hops === null ? [] : [hops as Hop]
}

function chainError(i: number, text: string): ProtocolError {
  return new ProtocolError('BAD_MESSAGE', `forward_for[${i}] ${text}`, { path: `forward_for[${i}]` })
}

/** For constructors of applications' own classes: gives the mixin its slots, and the chain when there is one. */
export function initForwardFor(message: object, attributes: Given<WithForwardFor, 'forward_for'>): void {
  if (!isObject(message)) throw wrongArgument('initForwardFor', 'a message', message)
  if (!isObject(attributes)) throw wrongArgument('initForwardFor', 'an object with attributes', attributes)
  const target = message as Message
  target._options ??= null
  if (attributes.forward_for != null) writeOption(target, FORWARD_FOR, attributes.forward_for)
}

/** True for the 13 messages that carry forward_for. */
export function hasForwardFor(message: Message): message is Message & WithForwardFor {
  return isObject(message) && 'validateForwardChain' in message
}
