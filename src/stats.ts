/** What a codec has counted (counters.ts), for applications: read at one moment, reset, or told when it is due. */
import { wrongArgument } from './arguments.ts'
import type { Counters } from './counters.ts'

/** Messages of one direction. */
export interface Traffic {
  /** Bytes of the messages, with what frames each in a batch. */
  readonly bytes: number
  /** Number of messages. */
  readonly messages: number
  /** Every 512 bytes begun of a message count as one. */
  readonly ratedMessages: number
}

/** The statistics of a codec, as they were at one moment. */
export interface CodecStats {
  /** When counting began: milliseconds since the epoch. */
  readonly timestamp: number
  /** Milliseconds since then. */
  readonly duration: number
  /** Decoded messages. */
  readonly in: Traffic
  /** Encoded messages: by any of the ways, each time that they are asked for. */
  readonly out: Traffic
  /** Messages out whose payload was passed on untouched, in the format that it came in. */
  readonly spliced: number
  /** Payloads that were put into another format, once for each format. */
  readonly transcoded: number
  /** Received payloads of which values were made. A router has none. */
  readonly decodedPayloads: number
  /** Messages out that had been encoded before. */
  readonly cacheHits: number
}

/** When statistics start over by themselves: whichever comes first. */
export interface StatsAutoReset {
  /** After so many rated messages, in and out together. Default: never. */
  ratedMessages?: number | undefined
  /**
   * After so many milliseconds, at the next message: there is no timer, which could keep a process alive. Default:
   * never.
   */
  milliseconds?: number | undefined
  /**
   * Gets what was counted. It may encode and decode, which is counted for the next time; it must not throw, an error
   * becomes an unhandled one.
   */
  callback(stats: CodecStats): void
}

/** The statistics of one codec. @internal */
export class Statistics {
  readonly #counters: Counters
  #since: number
  /** Rated messages at which the statistics start over. */
  #ratedLimit: number
  #milliseconds: number
  /** The same in milliseconds since the epoch. */
  #deadline: number
  #callback: ((stats: CodecStats) => void) | null
  /** The callback runs: what it encodes or decodes is counted, and reported with the next message. */
  #isReporting: boolean

  constructor(counters: Counters) {
    this.#counters = counters
    this.#since = Date.now()
    this.#ratedLimit = this.#milliseconds = this.#deadline = Number.POSITIVE_INFINITY
    this.#callback = null
    this.#isReporting = false
  }

  read(): CodecStats {
    const counters = this.#counters
    return {
      timestamp: this.#since,
      duration: Date.now() - this.#since,
      in: { bytes: counters.inBytes, messages: counters.inMessages, ratedMessages: counters.inRated },
      out: { bytes: counters.outBytes, messages: counters.outMessages, ratedMessages: counters.outRated },
      spliced: counters.spliced,
      transcoded: counters.transcoded,
      decodedPayloads: counters.decodedPayloads,
      cacheHits: counters.cacheHits,
    }
  }

  /** Everything is zero again, and counting begins now. */
  reset(): void {
    const counters = this.#counters
    counters.inBytes = counters.inMessages = counters.inRated = 0
    counters.outBytes = counters.outMessages = counters.outRated = 0
    counters.spliced = counters.transcoded = counters.decodedPayloads = counters.cacheHits = 0
    this.#since = Date.now()
    this.#deadline = this.#since + this.#milliseconds
  }

  /** Throws TypeError for options of the wrong type, RangeError for numbers that are not more than 0; null ends it. */
  setAutoReset(options: StatsAutoReset | null): void {
    if (options !== null && typeof options.callback !== 'function') {
      throw wrongArgument('callback', 'a function', options.callback)
    }
    const { ratedMessages = Number.POSITIVE_INFINITY, milliseconds = Number.POSITIVE_INFINITY } =
      options ?? {}
    if (typeof ratedMessages !== 'number' || typeof milliseconds !== 'number') {
      throw new TypeError('ratedMessages and milliseconds must be numbers')
    }
    if (!(ratedMessages > 0) || !(milliseconds > 0)) {
      throw new RangeError('ratedMessages and milliseconds must be more than 0')
    }
    this.#ratedLimit = ratedMessages
    this.#milliseconds = milliseconds
    this.#deadline = this.#since + milliseconds
    this.#callback = options === null ? null : (stats) => options.callback(stats)
    this.#counters.counted = options === null ? null : () => this.#startOverWhenDue()
  }

  #startOverWhenDue(): void {
    if (this.#isReporting) return
    const isFull = this.#counters.inRated + this.#counters.outRated >= this.#ratedLimit
    if (!isFull && (this.#deadline === Number.POSITIVE_INFINITY || Date.now() < this.#deadline)) return
    const stats = this.read()
    this.reset()
    this.#isReporting = true
    try {
      this.#callback?.(stats)
    } catch (error) {
      // The message is good: its decoding or encoding did not fail.
      queueMicrotask(() => {
        throw error
      })
    } finally {
      this.#isReporting = false
    }
  }
}
