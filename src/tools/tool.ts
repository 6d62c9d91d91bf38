/**
 * The tools of a codec: what it can do beside decoding and encoding. Each is an import of its own
 * (`wamp-codec/tools/*`), so that a bundle has the code of those that are named; the entries `wamp-codec` and
 * `wamp-codec/core` have all of them (all.ts).
 */
import type { Toolbox } from './toolbox.ts'

/** The methods of a codec that each tool is for. */
export interface ToolMethods {
  /** The fields of a frame with their bytes. */
  readonly dissect: 'trace'
  /** No method: values are read faster. */
  readonly fastValues: never
  /** Lists in, frames out. */
  readonly lists: 'lists'
  /** What a serializer cannot carry. */
  readonly losses: 'lossReport'
  /** Codecs of single values. */
  readonly payloads: 'payload' | 'decodePayload'
  /** What the codec has counted. */
  readonly statistics: 'stats' | 'setStatsAutoReset'
  /** Values and frames from one format to another. */
  readonly transcode: 'transcode' | 'transcodeMessage'
  /** Messages from other threads; `message.toTransferable` needs it too. */
  readonly transfer: 'fromTransferable'
  /** No method of the codec: `message.payloadView` of received messages, and `view` of payload codecs. */
  readonly views: never
}

/** The names of the tools. */
export type ToolName = keyof ToolMethods

/** A tool, as a module `wamp-codec/tools/...` exports it. */
export interface Tool<Name extends ToolName = ToolName> {
  /** What `createCodec` knows it by. */
  readonly name: Name
  /** @internal */
  readonly parts: Toolbox[Name]
}
