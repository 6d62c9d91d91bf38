/**
 * The retained events of a realm: for each topic the last one that everybody may have, and a later one that only some
 * may have. WAMP, "Event Retention".
 */
import { PatternTable } from './matching.mjs'

/** @import { Publication } from './publication.mjs' */
/** @import { Entry, Limits, Session } from './types.d.ts' */

export class Retained {
  /** @type {Map<string, Publication[]>} The last one first; topics are in the order of their oldest ones. */
  #topics = new Map()
  #bytes = 0
  /** How many events have been retained so far. */
  #count = 0
  #limits

  /** @param {Limits} limits */
  constructor(limits) {
    this.#limits = limits
  }

  /** @type {(topic: string, publication: Publication) => void} */
  add(topic, publication) {
    const before = this.#topics.get(topic) ?? []
    // An event that only some may have does not replace the one that everybody may have.
    const staying = publication.isForAll ? [] : before.filter(({ isForAll }) => isForAll)
    const kept = [publication, ...staying]
    this.#bytes -= bytesOf(before)
    const bytes = this.#bytes + bytesOf(kept)
    const isOneMore = before.length === 0 && this.#topics.size >= this.#limits.maxRetained
    // What is kept of other topics stays: a flood must not wash it away.
    const isKept = bytes <= this.#limits.maxRetainedBytes && !isOneMore
    // The one before is not the last any more, even if this one cannot be kept.
    if (!isKept || staying.length === 0) this.#topics.delete(topic)
    if (!isKept) return
    publication.keep(++this.#count)
    this.#topics.set(topic, kept)
    this.#bytes = bytes
  }

  /**
   * Sends a session what is retained for its subscription. Each step looks at one topic, and gives the bytes of the
   * event that it has tried to send. What is retained from now on comes as an event.
   *
   * @type {(session: Session, subscription: Entry) => Iterator<number, void>}
   */
  send(session, subscription) {
    return this.#send(session, subscription, this.#count)
  }

  /** @type {(session: Session, subscription: Entry, last: number) => Generator<number, void>} */
  *#send(session, subscription, last) {
    const { match, uri, sessions } = subscription
    const pattern = new PatternTable()
    pattern.add(subscription)
    for (const topic of match === 'exact' ? [uri] : this.#topics.keys()) {
      const publications = this.#topics.get(topic) ?? []
      const oldest = publications.at(-1)
      // The session has unsubscribed, or left; or what this topic and all further ones have is later.
      if (!sessions.has(session) || (oldest !== undefined && oldest.number > last)) return
      const isMatching = pattern.matches(topic).length > 0
      const publication = isMatching ? publications.find((one) => one.isFor(session)) : undefined
      if (publication === undefined || publication.number > last) yield 0
      else {
        publication.sendTo(session, { ...publication.receiver(subscription), retained: true })
        yield publication.retainedBytes
      }
    }
  }
}

/** @param {Publication[]} publications */
function bytesOf(publications) {
  return publications.reduce((sum, { retainedBytes }) => sum + retainedBytes, 0)
}
