/**
 * What a codec counts: plain numbers on one object, added to at every message; nothing is allocated for it. Messages
 * that are refused are not counted. `stats.ts` tells the numbers, in codecs that have the tool for it.
 */

/** A rated message is so many bytes begun: a message of 513 bytes counts as two. Source: autobahn-python. */
const RATED_BYTES = 512

/** The numbers of one codec. @internal */
export class Counters {
  inBytes: number
  inMessages: number
  inRated: number
  outBytes: number
  outMessages: number
  outRated: number
  spliced: number
  transcoded: number
  decodedPayloads: number
  cacheHits: number
  /** Called after each message that was counted, once statistics are to start over by themselves. */
  counted: (() => void) | null

  constructor() {
    this.inBytes = this.inMessages = this.inRated = 0
    this.outBytes = this.outMessages = this.outRated = 0
    this.spliced = this.transcoded = this.decodedPayloads = this.cacheHits = 0
    this.counted = null
  }

  /** A message was decoded; `bytes` with what frames it in a batch. */
  countIn(bytes: number): void {
    this.inBytes += bytes
    this.inMessages++
    this.inRated += Math.ceil(bytes / RATED_BYTES)
    if (this.counted !== null) this.counted()
  }

  /** A message was encoded. */
  countOut(bytes: number): void {
    this.outBytes += bytes
    this.outMessages++
    this.outRated += Math.ceil(bytes / RATED_BYTES)
    if (this.counted !== null) this.counted()
  }

  /** Does work that is not traffic: nothing of it is counted. */
  uncounted<T>(work: () => T): T {
    const counted = { ...this }
    this.counted = null
    try {
      return work()
    } finally {
      Object.assign(this, counted)
    }
  }
}
